import type {
  Entry,
  Index,
  Message,
  MessageId,
  Role,
  Server,
  ServerTraceEvent,
  Term,
} from '../../traces/trace-format.ts';
import type { Configuration } from './configuration.ts';

/** The persistent state of a server (Figure 2), as a change: the log keeps `keep` entries and goes on with `append`. */
export interface Write {
  readonly currentTerm: Term;
  readonly votedFor: Server | null;
  readonly keep: Index;
  readonly append: readonly Entry[];
}

/** A write handed to storage, the length of the log after it, and the messages that wait for it. */
export interface PendingWrite {
  readonly write: Write;
  readonly length: Index;
  readonly promised: Message[];
}

/** What the host is to do, in this order: hand over the writes, send the messages. */
export interface Effects {
  readonly writes: readonly Write[];
  readonly sends: readonly Message[];
}

/** Where the events of a server go. */
export type TraceSink = (event: ServerTraceEvent) => void;

/** What does not change while a server runs. */
export interface ServerSetup {
  readonly server: Server;
  /** All servers, in a fixed order. */
  readonly servers: readonly Server[];
  readonly configuration: Configuration;
  /** Storage makes each write durable at once: nothing is ever pending. */
  readonly atomicPersistence: boolean;
  /** The most entries in one AppendEntries request; 64 if absent. */
  readonly maxEntries?: number;
  readonly trace?: TraceSink;
}

/**
 * The state of one server: the variables of spec/raft/State.tla that it owns, with their names. Sets and functions
 * are replaced, never changed in place, so that a step can tell what it has changed.
 */
export class ServerState {
  readonly setup: ServerSetup;
  readonly peers: readonly Server[];
  readonly noNextIndex: ReadonlyMap<Server, Index>;
  readonly noMatchIndex: ReadonlyMap<Server, Index>;

  currentTerm: Term = 0;
  votedFor: Server | null = null;
  readonly log: Entry[] = [];

  role: Role = 'follower';
  commitIndex: Index = 0;
  votesGranted: ReadonlySet<Server> = NO_VOTES;
  nextIndex: ReadonlyMap<Server, Index>;
  matchIndex: ReadonlyMap<Server, Index>;

  /** What of `disk` the protocol asks for: its term and vote, and how much of `log` it holds. */
  durableTerm: Term = 0;
  durableVote: Server | null = null;
  durableLength: Index = 0;
  readonly pending: PendingWrite[] = [];

  /** How many events this server has performed, in all its lives: the next one bears the number after it. */
  events = 0;
  /** What this step has made for the host; drained by RaftServer. */
  writes: Write[] = [];
  sends: Message[] = [];

  constructor(setup: ServerSetup) {
    this.setup = setup;
    this.peers = setup.servers.filter((server) => server !== setup.server);
    this.noNextIndex = new Map(this.peers.map((peer) => [peer, 1]));
    this.noMatchIndex = new Map(this.peers.map((peer) => [peer, 0]));
    this.nextIndex = this.noNextIndex;
    this.matchIndex = this.noMatchIndex;
  }

  /** The id of the message that the next event creates: no action creates more than one. */
  nextMessageId(): MessageId {
    return `${this.setup.server}:${this.events + 1}.0`;
  }
}

/** No vote has arrived: the value of votesGranted but for candidates. */
export const NO_VOTES: ReadonlySet<Server> = new Set();

/** The index of the last entry; 0 for an empty log. */
export function lastIndex(state: ServerState): Index {
  return state.log.length;
}

/** The term of the entry at an index; 0 for index 0, and for an index beyond the log. */
export function termAt(state: ServerState, index: Index): Term {
  return state.log[index - 1]?.term ?? 0;
}

/** The term of the last entry; 0 for an empty log. */
export function lastTerm(state: ServerState): Term {
  return termAt(state, state.log.length);
}
