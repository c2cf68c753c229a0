import type { Index, Message, MessageId, Server, TraceEvent } from '../../traces/trace-format.ts';
import { ACTIONS, type Actions, type Input, RaftServer } from '../raft/raft-server.ts';
import type { Effects, ServerSetup, ServerState } from '../raft/state.ts';
import { SimulatedDisk, type Survivor } from './simulated-disk.ts';

/** How a crash ends: what survives of the pending writes, and what the server remembers of commitIndex. */
export interface CrashOutcome {
  readonly writes: number;
  /** How many entries of the last surviving write reached the disk; all if absent. */
  readonly entries?: number;
  readonly keepCommitIndex?: boolean;
}

/** What watches a cluster: told after each step of a server, and after a restart. */
export interface ClusterObserver {
  stepped(server: Server, raft: RaftServer, effects: Effects): void;
  restarted(server: Server, raft: RaftServer): void;
  persisted(server: Server, disk: SimulatedDisk): void;
}

export interface ClusterOptions {
  readonly servers: readonly Server[];
  readonly trace?: (event: TraceEvent) => void;
  readonly observer?: ClusterObserver;
  readonly actions?: Actions;
  readonly maxEntries?: number;
  /** A seeded bug: what a crash leaves is not what storage held. */
  readonly damage?: (survivor: Survivor) => Survivor;
}

/**
 * A cluster without time: servers, their disks, and the messages in flight. Whoever drives it decides what happens
 * next; each call is one step of a server or one action of the environment.
 */
export class SimulatedCluster {
  readonly #options: ClusterOptions;
  readonly #running = new Map<Server, RaftServer>();
  readonly #disks = new Map<Server, SimulatedDisk>();
  /** What crashed servers had come to. */
  readonly #crashed = new Map<Server, ServerState>();
  /** The messages in flight, with the number of their copies. */
  readonly #network = new Map<MessageId, { readonly message: Message; copies: number }>();

  constructor(options: ClusterOptions) {
    this.#options = options;
    for (const server of options.servers) {
      this.#disks.set(server, new SimulatedDisk());
      this.#running.set(server, new RaftServer(this.#setup(server), options.actions ?? ACTIONS));
    }
  }

  get servers(): readonly Server[] {
    return this.#options.servers;
  }

  /** The server if it runs; undefined between a crash and the restart. */
  running(server: Server): RaftServer | undefined {
    return this.#running.get(server);
  }

  disk(server: Server): SimulatedDisk {
    const disk = this.#disks.get(server);
    if (disk === undefined) throw new RangeError(`${server} is no server of this cluster`);
    return disk;
  }

  /** The messages in flight, in the order in which they were created. */
  inFlight(): readonly Message[] {
    return [...this.#network.values()].map(({ message }) => message);
  }

  /**
   * A running server takes an input. Its writes go to its disk, its messages into the network.
   *
   * @returns the messages that left; none if the server does not run
   */
  step(server: Server, input: Input): readonly Message[] {
    const raft = this.#running.get(server);
    if (raft === undefined) return [];
    if (input.type === 'persisted') {
      this.disk(server).complete(input.writes);
      this.#options.observer?.persisted(server, this.disk(server));
    }
    const effects = raft.step(input);
    this.disk(server).handOver(effects.writes);
    for (const message of effects.sends) this.#network.set(message.id, { message, copies: 1 });
    this.#options.observer?.stepped(server, raft, effects);
    return effects.sends;
  }

  /** A message arrives; if its receiver is down, it is lost. */
  deliver(message: Message): readonly Message[] {
    if (!this.#running.has(message.to)) {
      this.drop(message);
      return [];
    }
    this.#take(message);
    return this.step(message.to, { type: 'message', message });
  }

  /** A copy of the message is lost. */
  drop(message: Message): void {
    this.#take(message);
    this.#options.trace?.({ action: 'DropMessage', args: { id: message.id } });
  }

  /** There is one copy more of the message. */
  duplicate(message: Message): void {
    const flight = this.#network.get(message.id);
    if (flight === undefined) throw new RangeError(`message ${message.id} is not in flight`);
    flight.copies += 1;
    this.#options.trace?.({ action: 'DuplicateMessage', args: { id: message.id } });
  }

  #take(message: Message): void {
    const flight = this.#network.get(message.id);
    if (flight === undefined) throw new RangeError(`message ${message.id} is not in flight`);
    flight.copies -= 1;
    if (flight.copies === 0) this.#network.delete(message.id);
  }

  /** A server stops, at once and without a word. */
  crash(server: Server): void {
    const raft = this.#running.get(server);
    if (raft === undefined) return;
    this.#crashed.set(server, raft.state);
    this.#running.delete(server);
  }

  /** A crashed server comes back with what its disk kept. */
  restart(server: Server, outcome: CrashOutcome): void {
    const crashed = this.#crashed.get(server);
    if (crashed === undefined) throw new RangeError(`${server} has not crashed`);
    const disk = this.disk(server);
    const last = disk.pending[outcome.writes - 1];
    const survivor = disk.crash(outcome.writes, outcome.entries ?? last?.append.length ?? 0);
    const kept = this.#options.damage?.(survivor) ?? survivor;
    const commitIndex = outcome.keepCommitIndex === true ? coveredCommitIndex(crashed, kept) : 0;
    const raft = RaftServer.restart(
      this.#setup(server),
      { ...kept, commitIndex, events: crashed.events },
      this.#options.actions ?? ACTIONS,
    );
    this.#crashed.delete(server);
    this.#running.set(server, raft);
    this.#options.observer?.restarted(server, raft);
  }

  #setup(server: Server): ServerSetup {
    const { servers, trace, maxEntries } = this.#options;
    return {
      server,
      servers,
      configuration: { voters: servers },
      atomicPersistence: false,
      ...(maxEntries === undefined ? {} : { maxEntries }),
      ...(trace === undefined ? {} : { trace }),
    };
  }
}

/** The commitIndex before the crash, if the log that survived still covers it; else 0, as if it were forgotten. */
function coveredCommitIndex(before: ServerState, survivor: Survivor): Index {
  const { commitIndex, log } = before;
  return survivor.log[commitIndex - 1]?.term === log[commitIndex - 1]?.term ? commitIndex : 0;
}
