import { createConnection, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from '../../traces/trace-format.ts';
import { type ClientResponseLine, isClientResponse, requestLine } from './client-protocol.ts';
import { onJsonLines } from './json-lines.ts';
import type { Operation } from './kv-store.ts';

/** Where the servers answer clients just now, on 127.0.0.1; a server that is down is missing. */
export type ClientPorts = () => ReadonlyMap<Server, number>;

/** How long a client waits for an answer before it asks another server. */
const ANSWER_TIMEOUT_MS = 600;
/** While no leader is known a client asks no more often than this. */
const PAUSE_MS = 40;

/**
 * A client of the cluster. It finds the leader, follows redirects, and repeats a request under the same serial
 * number until somebody has executed it (thesis sections 6.2 and 6.3). One request at a time.
 */
export class ClusterClient {
  readonly name: string;
  readonly #ports: ClientPorts;
  #serial = 0;
  #leader: Server | undefined;
  #turn = -1;
  #connection: Connection | undefined;
  #redirects = 0;

  constructor(name: string, ports: ClientPorts) {
    this.name = name;
    this.#ports = ports;
  }

  /** How often a server named another one. */
  get redirects(): number {
    return this.#redirects;
  }

  /**
   * Has the cluster execute an operation, exactly once.
   *
   * @returns the key's value after the operation; `undefined` if `signal` ended the wait: then it is unknown whether
   *   the operation was or will be executed
   */
  async submit(operation: Operation, signal: AbortSignal): Promise<string | undefined> {
    this.#serial += 1;
    const request = requestLine({ client: this.name, serial: this.#serial, operation });
    while (!signal.aborted) {
      const answer = await this.#ask(request, signal);
      if (answer?.status === 'done') return answer.value;
      const named = answer?.status === 'redirect' ? answer.leader : null;
      if (named === null || named === this.#leader) {
        this.#leader = this.#next();
        await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
      } else {
        this.#redirects += 1;
        this.#leader = named;
      }
    }
    return undefined;
  }

  close(): void {
    this.#connection?.close();
  }

  /** One attempt at the server that is believed to lead; `undefined` if it does not answer in time. */
  async #ask(request: object, signal: AbortSignal): Promise<ClientResponseLine | undefined> {
    const server = this.#leader ?? this.#next();
    const port = server === undefined ? undefined : this.#ports().get(server);
    if (port === undefined) return undefined;
    this.#leader = server;
    if (this.#connection?.port !== port || !this.#connection.usable) {
      this.#connection?.close();
      this.#connection = new Connection(port);
    }
    return this.#connection.ask(request, this.#serial, signal);
  }

  /**
   * The servers in turn, whatever they were heard to say: one that is cut off may name a dead leader for ever.
   */
  #next(): Server | undefined {
    const servers = [...this.#ports().keys()].sort();
    this.#turn += 1;
    return servers[this.#turn % servers.length];
  }
}

/** A connection to one server; an answer to an earlier request that comes late is ignored. */
class Connection {
  readonly port: number;
  readonly #socket: Socket;
  #waiting: { readonly serial: number; readonly settle: (answer?: ClientResponseLine) => void } | undefined;

  constructor(port: number) {
    this.port = port;
    this.#socket = createConnection({ host: '127.0.0.1', port, noDelay: true });
    this.#socket.on('error', () => {});
    this.#socket.on('close', () => this.#waiting?.settle());
    onJsonLines(this.#socket, (value) => {
      if (isClientResponse(value) && value.serial === this.#waiting?.serial) this.#waiting.settle(value);
    });
  }

  get usable(): boolean {
    return !this.#socket.destroyed;
  }

  ask(request: object, serial: number, signal: AbortSignal): Promise<ClientResponseLine | undefined> {
    return new Promise((resolve) => {
      const settle = (answer?: ClientResponseLine) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        this.#waiting = undefined;
        resolve(answer);
      };
      const abort = () => settle();
      const timer = setTimeout(settle, ANSWER_TIMEOUT_MS);
      signal.addEventListener('abort', abort, { once: true });
      this.#waiting = { serial, settle };
      this.#socket.write(`${JSON.stringify(request)}\n`);
    });
  }

  close(): void {
    this.#socket.destroy();
  }
}
