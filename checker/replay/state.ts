import type {
  Entry,
  Header,
  Index,
  Message,
  MessageId,
  Role,
  Server,
  Term,
  Variable,
} from '../../traces/trace-format.ts';
import { entryOf, type LogNode } from './log-tree.ts';

/** One bit for each variable that a trace may observe: what an event changed, mentions or leaves out is a set of them. */
export const VARIABLE_BITS = {
  currentTerm: 1,
  votedFor: 2,
  role: 4,
  commitIndex: 8,
  votesGranted: 16,
  matchIndex: 32,
  nextIndex: 64,
  log: 128,
} as const satisfies Record<Variable, number>;

/** The bits of these variables. */
export function bitsOf(variables: readonly Variable[]): number {
  let bits = 0;
  for (const variable of variables) bits |= VARIABLE_BITS[variable];
  return bits;
}

/** currentTerm, votedFor and log as storage holds them: `Written` in Persistence.tla. */
export interface Written {
  readonly currentTerm: Term;
  readonly votedFor: Server | null;
  readonly tip: LogNode;
}

/** A write handed to storage. */
export interface PendingWrite extends Written {
  /** The event that handed it over: promises of this seq and later ride on this write or a later one. */
  readonly seq: number;
  /** The messages that ride on it; undefined: none. */
  promised: Message[] | undefined;
}

/** The variables of one server, mirrored: what the spec says that they are after the events so far. */
export class ServerState {
  readonly name: Server;
  /** Its place in the header's `servers`; functions of a server are arrays by this number. */
  readonly number: number;
  readonly isVoter: boolean;
  /** Whether the recording has its events; of another nothing is known but what it sent. */
  readonly isRecorded: boolean;
  currentTerm: Term = 0;
  votedFor: Server | null = null;
  /** By index, the root of the tree at 0; so the last index is its length - 1. */
  log: LogNode[];
  role: Role = 'follower';
  commitIndex: Index = 0;
  /** By server: whether its vote has arrived. */
  readonly votesGranted: boolean[];
  /** By server; the own place is never read. */
  readonly nextIndex: Index[];
  readonly matchIndex: Index[];
  disk: Written;
  /** Oldest first. */
  readonly pending: PendingWrite[] = [];
  /** The promises that waited when a crash came: they never left, and never will. */
  readonly lost = new Set<MessageId>();
  /** The peers whose nextIndex the trace has lost sight of, by number: `hidden` in RaftTrace.tla. */
  readonly hiddenNextIndex = new Set<number>();

  constructor(name: Server, number: number, header: Header, root: LogNode) {
    this.name = name;
    this.number = number;
    this.isVoter = header.configuration.voters.includes(name);
    this.isRecorded = !(header.unrecorded ?? []).includes(name);
    this.log = [root];
    this.votesGranted = header.servers.map(() => false);
    this.nextIndex = header.servers.map(() => 1);
    this.matchIndex = header.servers.map(() => 0);
    this.disk = { currentTerm: 0, votedFor: null, tip: root };
  }
}

export function lastIndex(server: ServerState): Index {
  return server.log.length - 1;
}

/** The entry at an index that the caller knows to be in the log; 0 is the root. */
export function nodeAt(server: ServerState, index: Index): LogNode {
  const node = server.log[index];
  if (node === undefined) throw new Error(`index ${index} is not in the log of ${server.name}`);
  return node;
}

export function lastNode(server: ServerState): LogNode {
  return nodeAt(server, server.log.length - 1);
}

/** The entries after index `from` up to index `to`, as a trace writes them. */
export function entriesBetween(server: ServerState, from: Index, to: Index): readonly Entry[] {
  return server.log.slice(from + 1, to + 1).map(entryOf);
}
