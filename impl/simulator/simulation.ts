import type { Message, Server } from '../../traces/trace-format.ts';
import type { Input } from '../raft/raft-server.ts';
import type { Random } from '../random.ts';
import { EventQueue } from './event-queue.ts';
import type { FaultMix } from './faults.ts';
import { LinkFaults } from './link-faults.ts';
import type { SimulatedCluster } from './simulated-cluster.ts';

/** The range of election timeouts, and the time between two heartbeats, in virtual milliseconds (section 5.6, 9.3). */
const ELECTION_TIMEOUT_MS = { least: 150, greatest: 300 };
const RETRY_MS = 50;

/** A server that is down comes back within this time. */
const LONGEST_DOWNTIME_MS = 400;

type Happening =
  | { readonly type: 'arrival'; readonly message: Message }
  | { readonly type: 'electionTimeout'; readonly server: Server; readonly epoch: number }
  | { readonly type: 'retry'; readonly server: Server; readonly life: number }
  | { readonly type: 'synced'; readonly server: Server; readonly life: number; readonly writes: number }
  | { readonly type: 'command' }
  | { readonly type: 'crash' }
  | { readonly type: 'restart'; readonly server: Server }
  | { readonly type: 'partition'; readonly oneWay: boolean }
  | { readonly type: 'heal' };

interface Host {
  /** Counts the restarts: what was scheduled in an earlier life is void. */
  life: number;
  /** Counts the resets of the election timer. */
  epoch: number;
  syncing: boolean;
  /** How fast the server's clock runs. */
  readonly rate: number;
}

/** Drives a cluster through virtual time: timers, disks, clients and the faults of the mix, all from one generator. */
export class Simulation {
  readonly #cluster: SimulatedCluster;
  readonly #random: Random;
  readonly #mix: FaultMix;
  readonly #queue = new EventQueue<Happening>();
  readonly #hosts = new Map<Server, Host>();
  readonly #links: LinkFaults;
  #nowMs = 0;
  #commands = 0;

  constructor(cluster: SimulatedCluster, random: Random, mix: FaultMix) {
    this.#cluster = cluster;
    this.#random = random;
    this.#mix = mix;
    this.#links = new LinkFaults(cluster.servers, random, mix);
    for (const server of cluster.servers) {
      const rate = 1 + mix.clockDrift * (random.below(200) / 100 - 1);
      this.#hosts.set(server, { life: 0, epoch: 0, syncing: false, rate });
      this.#start(server);
    }
    this.#schedule(mix.commandEveryMs, { type: 'command' });
    this.#scheduleAround(mix.crashEveryMs, { type: 'crash' });
    this.#scheduleAround(mix.partitionEveryMs, { type: 'partition', oneWay: false });
    this.#scheduleAround(mix.oneWayPartitionEveryMs, { type: 'partition', oneWay: true });
  }

  /** Lets the next thing happen. */
  advance(): void {
    const next = this.#queue.next();
    if (next === undefined) throw new Error('nothing will ever happen again in this simulation');
    this.#nowMs = next.timeMs;
    this.#happen(next.item);
  }

  #happen(happening: Happening): void {
    switch (happening.type) {
      case 'arrival':
        this.#arrive(happening.message);
        break;
      case 'electionTimeout':
        if (this.#host(happening.server).epoch === happening.epoch) {
          this.#step(happening.server, { type: 'electionTimeout' });
          this.#resetElectionTimer(happening.server);
        }
        break;
      case 'retry':
        if (this.#host(happening.server).life === happening.life) {
          this.#step(happening.server, { type: 'retry' });
          this.#scheduleRetry(happening.server);
        }
        break;
      case 'synced':
        this.#synced(happening.server, happening.life, happening.writes);
        break;
      case 'command':
        this.#submitCommand();
        break;
      case 'crash':
        this.#crashSomeServer();
        break;
      case 'restart':
        this.#restart(happening.server);
        break;
      case 'partition':
        this.#links.partition(happening.oneWay);
        this.#schedule(this.#random.between(100, 2000), { type: 'heal' });
        this.#scheduleAround(
          happening.oneWay ? this.#mix.oneWayPartitionEveryMs : this.#mix.partitionEveryMs,
          happening,
        );
        break;
      case 'heal':
        this.#links.heal();
        break;
    }
  }

  #arrive(message: Message): void {
    if (this.#links.isCut(message.from, message.to)) {
      this.#cluster.drop(message);
      return;
    }
    const raft = this.#cluster.running(message.to);
    const termBefore = raft?.state.currentTerm;
    this.#after(message.to, this.#cluster.deliver(message));
    // Figure 2, rules for followers: a leader's request or a granted vote restarts the election timer.
    const isFromLeader = message.type === 'AppendEntriesRequest' && message.term >= (termBefore ?? 0);
    const grantsVote = message.type === 'RequestVoteRequest' && raft?.state.votedFor === message.from;
    if (isFromLeader || grantsVote) this.#resetElectionTimer(message.to);
  }

  #step(server: Server, input: Input): void {
    this.#after(server, this.#cluster.step(server, input));
  }

  /** What a step leaves to do: messages on their way, writes to sync. */
  #after(server: Server, sends: readonly Message[]): void {
    for (const message of sends) this.#send(message);
    this.#startSync(server);
  }

  #send(message: Message): void {
    if (this.#random.chance(this.#mix.loss)) {
      this.#cluster.drop(message);
      return;
    }
    this.#queue.schedule(this.#links.arrivalMs(message, this.#nowMs), { type: 'arrival', message });
    if (this.#random.chance(this.#mix.duplication)) {
      this.#cluster.duplicate(message);
      this.#queue.schedule(this.#links.arrivalMs(message, this.#nowMs), { type: 'arrival', message });
    }
  }

  #startSync(server: Server): void {
    const host = this.#host(server);
    const waiting = this.#cluster.disk(server).pending.length;
    if (host.syncing || waiting === 0 || this.#cluster.running(server) === undefined) return;
    host.syncing = true;
    // Group commit: a sync covers all that was handed over before it, or a part where the disk is slow to take it.
    const writes = this.#random.chance(0.8) ? waiting : this.#random.between(1, waiting);
    const syncMs = this.#mix.syncMs * (this.#random.below(100) / 50);
    this.#schedule(syncMs, { type: 'synced', server, life: host.life, writes });
  }

  #synced(server: Server, life: number, writes: number): void {
    const host = this.#host(server);
    if (host.life !== life) return;
    host.syncing = false;
    // What a failed sync has written is unknown, so the server stops: it must not go on as if it could tell.
    if (this.#random.chance(this.#mix.diskError)) this.#crash(server);
    else this.#step(server, { type: 'persisted', writes });
  }

  #submitCommand(): void {
    this.#schedule(this.#random.between(1, 2 * this.#mix.commandEveryMs), { type: 'command' });
    this.#commands += 1;
    const command = `x=${this.#commands}`;
    for (const server of this.#cluster.servers) {
      if (this.#cluster.running(server)?.state.role === 'leader') {
        this.#step(server, { type: 'clientRequest', command });
        return;
      }
    }
  }

  #crashSomeServer(): void {
    this.#scheduleAround(this.#mix.crashEveryMs, { type: 'crash' });
    const server = this.#cluster.servers[this.#random.below(this.#cluster.servers.length)];
    if (server !== undefined && this.#cluster.running(server) !== undefined) this.#crash(server);
  }

  #crash(server: Server): void {
    this.#cluster.crash(server);
    const host = this.#host(server);
    host.life += 1;
    host.epoch += 1;
    host.syncing = false;
    this.#schedule(this.#random.between(1, LONGEST_DOWNTIME_MS), { type: 'restart', server });
  }

  #restart(server: Server): void {
    const disk = this.#cluster.disk(server);
    const writes = this.#random.between(0, disk.pending.length);
    const whole = disk.pending[writes - 1]?.append.length ?? 0;
    const entries = this.#random.chance(this.#mix.tornWrite) ? this.#random.between(0, whole) : whole;
    this.#cluster.restart(server, { writes, entries, keepCommitIndex: this.#random.chance(0.5) });
    this.#start(server);
  }

  #start(server: Server): void {
    this.#resetElectionTimer(server);
    this.#scheduleRetry(server);
  }

  #resetElectionTimer(server: Server): void {
    const host = this.#host(server);
    host.epoch += 1;
    const { least, greatest } = ELECTION_TIMEOUT_MS;
    const timeoutMs = this.#random.between(least, greatest) * host.rate;
    this.#schedule(timeoutMs, { type: 'electionTimeout', server, epoch: host.epoch });
  }

  #scheduleRetry(server: Server): void {
    const { life, rate } = this.#host(server);
    this.#schedule(RETRY_MS * rate, { type: 'retry', server, life });
  }

  /** Schedules what happens on the average every `meanMs`, never if that is 0. */
  #scheduleAround(meanMs: number, happening: Happening): void {
    if (meanMs > 0) this.#schedule(this.#random.between(1, 2 * meanMs), happening);
  }

  #schedule(afterMs: number, happening: Happening): void {
    this.#queue.schedule(this.#nowMs + afterMs, happening);
  }

  #host(server: Server): Host {
    const host = this.#hosts.get(server);
    if (host === undefined) throw new RangeError(`${server} is no server of this cluster`);
    return host;
  }
}
