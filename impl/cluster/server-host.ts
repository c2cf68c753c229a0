import type { Message, Role } from '../../traces/trace-format.ts';
import type { Input, RaftServer } from '../raft/raft-server.ts';
import type { Effects, Write } from '../raft/state.ts';
import { Random } from '../random.ts';
import type { FileCalls, StableStorage } from '../storage/stable-storage.ts';
import { ClientService } from './client-service.ts';
import type { Crash } from './crash-point.ts';
import { LineServer } from './line-server.ts';
import { isMessage } from './message-check.ts';
import { PeerLinks } from './peer-links.ts';
import type { ServerOptions } from './process-messages.ts';
import { recoverServer } from './recover-server.ts';
import type { ServerTrace } from './server-trace.ts';

/** Whom a host tells what happens to it. */
export interface HostListener {
  readonly onRole: (role: Role, term: number) => void;
  /** The server cannot keep its promises any more; the process must end. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * What a Raft server needs to live: time, chance, storage and a network. It hands inputs to the core and carries out
 * the effects in their order. Each effect of a step comes after the step's events are in the trace, for the core
 * records an event while it performs it.
 */
export class ServerHost {
  readonly #options: ServerOptions;
  readonly #crash: Crash;
  readonly #listener: HostListener;
  readonly #raft: RaftServer;
  readonly #storage: StableStorage;
  readonly #trace: ServerTrace;
  readonly #links: PeerLinks;
  readonly #random: Random;
  readonly #clients: ClientService;
  #applied = 0;
  #role: Role = 'follower';
  #term = 0;
  #electionTimer: NodeJS.Timeout | undefined;
  #retryTimer: NodeJS.Timeout | undefined;
  #syncing: Promise<void> | undefined;
  #unsyncedWrites = 0;
  #failed = false;

  /** Recovers the server; `run` brings it to life. Throws what recoverServer throws. */
  constructor(options: ServerOptions, crash: Crash, listener: HostListener, calls?: FileCalls) {
    this.#options = options;
    this.#crash = crash;
    this.#listener = listener;
    const { raft, storage, trace } = recoverServer(options, crash, calls);
    this.#raft = raft;
    this.#storage = storage;
    this.#trace = trace;
    this.#links = new PeerLinks(options.peerPorts);
    this.#random = new Random(options.seed);
    this.#clients = new ClientService({
      isLeader: () => raft.state.role === 'leader',
      leader: () => raft.leaderHint ?? null,
      clientRequest: (command) => this.#step({ type: 'clientRequest', command }),
    });
  }

  /** Starts to listen and to count time. The ports are the kernel's choice. */
  async run(): Promise<{
    readonly peerPort: number;
    readonly clientPort: number;
    readonly stop: () => Promise<void>;
  }> {
    const peers = await LineServer.listen((value) => {
      if (isMessage(value) && this.#isForMe(value)) this.#receive(value);
    });
    const clients = await LineServer.listen((value, answer) => this.#clients.receive(value, answer));
    this.#restartElectionTimer();
    this.#retryTimer = setInterval(() => this.#step({ type: 'retry' }), this.#options.timing.heartbeatMs);
    const stop = async () => {
      peers.close();
      clients.close();
      await this.#finish();
    };
    return { peerPort: peers.port, clientPort: clients.port, stop };
  }

  #isForMe({ from, to }: Message): boolean {
    const { server, servers } = this.#options;
    return to === server && from !== server && servers.includes(from);
  }

  #receive(message: Message): void {
    this.#step({ type: 'message', message });
    if (this.#isReasonToWait(message)) this.#restartElectionTimer();
  }

  /** A follower waits for an election timeout after it "hears from the leader or grants its vote" (Figure 2). */
  #isReasonToWait(message: Message): boolean {
    const { currentTerm, votedFor } = this.#raft.state;
    if (message.term !== currentTerm) return false;
    if (message.type === 'AppendEntriesRequest') return true;
    return message.type === 'RequestVoteRequest' && votedFor === message.from;
  }

  #restartElectionTimer(): void {
    const { electionTimeoutMs } = this.#options.timing;
    clearTimeout(this.#electionTimer);
    this.#electionTimer = setTimeout(
      () => {
        this.#restartElectionTimer();
        this.#step({ type: 'electionTimeout' });
      },
      this.#random.between(electionTimeoutMs, 2 * electionTimeoutMs),
    );
  }

  #step(input: Input): void {
    if (this.#failed) return;
    try {
      this.#carryOut(this.#raft.step(input));
    } catch (error) {
      this.#fail(error);
    }
  }

  /** From here on nothing leaves this server: the disk may lack what it would promise. */
  #fail(error: unknown): void {
    this.#failed = true;
    this.#links.close();
    this.#listener.onFailure(error);
  }

  #carryOut({ writes, sends }: Effects): void {
    if (writes.length > 0) this.#write(writes);
    for (const message of sends) this.#links.send(message);
    this.#applyCommitted();
    this.#noticeRole();
  }

  #write(writes: readonly Write[]): void {
    this.#crash.reach('write');
    for (const write of writes) {
      const record = { number: this.#storage.nextNumber, ...write };
      if (this.#crash.isArmed('torn-write')) {
        this.#storage.appendTorn(record);
        this.#crash.reach('torn-write');
      }
      this.#storage.append(record);
    }
    this.#unsyncedWrites += writes.length;
    this.#syncing ??= this.#sync();
  }

  /** Group commit: one fsync for all that was written while the one before it was under way. */
  async #sync(): Promise<void> {
    try {
      while (this.#unsyncedWrites > 0) {
        const writes = this.#unsyncedWrites;
        this.#unsyncedWrites = 0;
        this.#crash.reach('fsync');
        await this.#storage.sync();
        this.#crash.reach('persist-record');
        const effects = this.#raft.step({ type: 'persisted', writes });
        if (effects.sends.length > 0) this.#crash.reach('release');
        this.#carryOut(effects);
      }
      this.#syncing = undefined;
    } catch (error) {
      this.#fail(error);
    }
  }

  #applyCommitted(): void {
    const { commitIndex, log } = this.#raft.state;
    for (const entry of log.slice(this.#applied, commitIndex)) {
      if ('command' in entry) this.#clients.apply(entry.command);
    }
    this.#applied = commitIndex;
  }

  #noticeRole(): void {
    const { role, currentTerm } = this.#raft.state;
    if (role === this.#role && currentTerm === this.#term) return;
    if (this.#role === 'leader') this.#clients.stepDown();
    this.#role = role;
    this.#term = currentTerm;
    this.#listener.onRole(role, currentTerm);
  }

  /** Takes no more input, completes the writes under way, and ends the trace. */
  async #finish(): Promise<void> {
    clearTimeout(this.#electionTimer);
    clearInterval(this.#retryTimer);
    this.#links.close();
    await this.#syncing;
    this.#trace.end();
    this.#storage.close();
  }
}
