import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import type { Role, Server, Term } from '../../traces/trace-format.ts';
import { ClusterError } from './cluster-error.ts';
import type { CrashPoint } from './crash-point.ts';
import {
  isServerMessage,
  type ServerMessage,
  type ServerOptions,
  type SupervisorMessage,
} from './process-messages.ts';

/** The sources run as they are in a checkout, compiled where the package is installed. */
const PROGRAM = new URL(`./server-process${extname(import.meta.filename)}`, import.meta.url);

/** A server that takes longer than this to say that it listens is broken. */
const START_TIMEOUT_MS = 30_000;

/** Where a server listens, on 127.0.0.1. */
export interface ListeningPorts {
  readonly peerPort: number;
  readonly clientPort: number;
}

/** One life of a server process, from its start to its end. */
export class ServerHandle {
  readonly server: Server;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #role: Role = 'follower';
  #term: Term = 0;
  #failure: ClusterError | undefined;
  #expectedToEnd = false;

  private constructor(server: Server, child: ChildProcess, onRole: (handle: ServerHandle) => void) {
    this.server = server;
    this.#child = child;
    this.#ended = new Promise((resolve) => child.once('exit', () => resolve()));
    child.on('message', (message: unknown) => {
      if (!isServerMessage(message)) return;
      if (message.kind === 'failed')
        this.#failure = new ClusterError(message.code, `${server}: ${message.message}`);
      if (message.kind === 'role') {
        this.#role = message.role;
        this.#term = message.term;
        onRole(this);
      }
    });
    // A send to a process that dies this moment fails; its exit says all there is to say.
    child.on('error', () => {});
  }

  /**
   * Starts a server process and waits until it listens.
   *
   * @throws ClusterError if it cannot start
   */
  static async start(
    options: ServerOptions,
    onRole: (handle: ServerHandle) => void,
  ): Promise<[ServerHandle, ListeningPorts]> {
    const child = fork(PROGRAM, [], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
    const handle = new ServerHandle(options.server, child, onRole);
    let complaints = '';
    child.stderr?.on('data', (text: Buffer) => {
      complaints = (complaints + text.toString()).slice(-2000);
    });
    handle.#send({ kind: 'start', options });
    const ready = await handle.#firstReady();
    if (ready !== undefined) return [handle, ready];
    handle.kill();
    throw (
      handle.#failure ??
      new ClusterError('RC5203', `${options.server} did not start: ${complaints.trim() || 'no reason given'}`)
    );
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get role(): Role {
    return this.#role;
  }

  get term(): Term {
    return this.#term;
  }

  /** Resolves when the process is gone, whatever ended it. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Why the process ended, if nobody had asked for it. */
  get failure(): ClusterError | undefined {
    if (this.#failure !== undefined || this.isRunning || this.#expectedToEnd) return this.#failure;
    const reason = this.#child.signalCode ?? `exit code ${this.#child.exitCode}`;
    return new ClusterError('RC5203', `${this.server} ended unasked: ${reason}`);
  }

  /** SIGKILL: no handler runs, nothing is flushed. */
  kill(): void {
    this.#expectedToEnd = true;
    this.#child.kill('SIGKILL');
  }

  /** Has the process kill itself when it next comes to this point. */
  crashAt(point: CrashPoint): void {
    this.#expectedToEnd = true;
    this.#send({ kind: 'crashAt', point });
  }

  /**
   * Freezes the process for a while, as a long pause of the machine would. Another process wakes it up: if this one
   * is killed meanwhile, nobody stays frozen, and whoever wakes sees that he is orphaned.
   */
  async pause(durationMs: number): Promise<void> {
    const script = 'kill -STOP "$0"; sleep "$1"; kill -CONT "$0"';
    const waker = spawn('sh', ['-c', script, String(this.#child.pid), String(durationMs / 1000)], {
      stdio: 'ignore',
      // A Ctrl-C at the terminal must not end it.
      detached: true,
    });
    await once(waker, 'exit');
  }

  /** Asks the server to finish its trace and go. */
  stop(): void {
    this.#expectedToEnd = true;
    this.#send({ kind: 'stop' });
  }

  #send(message: SupervisorMessage): void {
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  async #firstReady(): Promise<ListeningPorts | undefined> {
    const timeout = AbortSignal.timeout(START_TIMEOUT_MS);
    const ready = new Promise<ServerMessage>((resolve) => {
      this.#child.on('message', (message: unknown) => {
        if (isServerMessage(message) && message.kind === 'ready') resolve(message);
      });
    });
    const message = await Promise.race([ready, this.#ended, once(timeout, 'abort').then(() => undefined)]);
    return message?.kind === 'ready' ? message : undefined;
  }
}
