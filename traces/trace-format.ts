/**
 * The trace format, version 1: the types of its lines.
 *
 * A trace is NDJSON: a header, one event a line, an end line. The JSON Schema
 * beside this file is the reference; docs/trace-format.md explains it to
 * people who write exporters.
 */

/** A server's name, one of the header's `servers`. */
export type Server = string;
/** A natural number below 2^31; term 0 is before any election. */
export type Term = number;
/** A natural number below 2^31; the first entry of a log has index 1. */
export type Index = number;
/** `server:seq.k`: the k-th message that the event `seq` of `server` created. */
export type MessageId = string;

export type Role = 'follower' | 'candidate' | 'leader';

/** An entry of a log: a term and a content, or a hash of it, compared as an opaque string. */
export type Entry =
  | { readonly term: Term; readonly command: string }
  | { readonly term: Term; readonly noop: true }
  | { readonly term: Term; readonly hash: string };

interface Envelope {
  readonly id: MessageId;
  readonly from: Server;
  readonly to: Server;
  readonly term: Term;
}
export interface RequestVoteRequest extends Envelope {
  readonly type: 'RequestVoteRequest';
  readonly lastLogIndex: Index;
  readonly lastLogTerm: Term;
}
export interface RequestVoteResponse extends Envelope {
  readonly type: 'RequestVoteResponse';
  readonly voteGranted: boolean;
}
export interface AppendEntriesRequest extends Envelope {
  readonly type: 'AppendEntriesRequest';
  readonly prevLogIndex: Index;
  readonly prevLogTerm: Term;
  readonly entries: readonly Entry[];
  readonly leaderCommit: Index;
}
export interface AppendEntriesResponse extends Envelope {
  readonly type: 'AppendEntriesResponse';
  readonly success: boolean;
  /** On success the last index known to match (prevLogIndex + entries), else 0. */
  readonly matchIndex: Index;
}
export type Message = RequestVoteRequest | RequestVoteResponse | AppendEntriesRequest | AppendEntriesResponse;

/** The variables of one server that a trace may observe, `log` aside. */
export interface ObservedState {
  readonly currentTerm: Term;
  readonly votedFor: Server | null;
  readonly role: Role;
  readonly commitIndex: Index;
  /** Candidate: the peers whose vote arrived, sorted; the own vote is not in it. Else empty. */
  readonly votesGranted: readonly Server[];
  /** Leader: for every peer. Else 1 for every peer. */
  readonly nextIndex: Readonly<Record<Server, Index>>;
  /** Leader: for every peer. Else 0 for every peer. */
  readonly matchIndex: Readonly<Record<Server, Index>>;
}
export type Variable = keyof ObservedState | 'log';

/** The log keeps its entries up to index `keep` and continues with `append`. */
export interface LogChange {
  readonly keep: Index;
  readonly append: readonly Entry[];
}

/** A server's state in mid-life: what a recording that starts there assumes. */
export interface InitialState extends Partial<ObservedState> {
  readonly log: readonly Entry[];
}

export interface Header {
  readonly format: 'raftcheck-trace';
  readonly version: 1;
  readonly protocol: 'raft';
  /** The run this file belongs to; files of different runs never merge. */
  readonly run: string;
  readonly servers: readonly Server[];
  readonly configuration: { readonly voters: readonly Server[] };
  readonly features: readonly Feature[];
  /** The spec that the source was written against, `sha256:...`; for people. */
  readonly spec?: string;
  /** The variables that the source can see; the others are not compared. */
  readonly observed: readonly Variable[];
  readonly source?: {
    readonly program: string;
    readonly version?: string;
    readonly seed?: string;
  };
  /** In a file of one server: that server. */
  readonly server?: Server;
  readonly initial?: Readonly<Record<Server, InitialState>>;
  /** Servers that recorded nothing: their messages are the environment's. */
  readonly unrecorded?: readonly Server[];
}

/** The optional parts of the protocol that a trace may switch on. */
export type Feature = 'atomicPersistence';

/** What every event of a server carries. */
interface ServerEvent {
  readonly server: Server;
  /** Counts the events of this server, from 1, without gaps. */
  readonly seq: number;
  /** Exactly the observed variables that changed, each given whole. */
  readonly state?: Partial<ObservedState>;
  /** Present exactly where the log changed. */
  readonly log?: LogChange;
  /** Observed variables that this event says nothing about. */
  readonly unobserved?: readonly Variable[];
  /** Milliseconds since the epoch, for people: no verdict depends on it. */
  readonly time?: number;
}
type Sends<M> = { readonly sends: readonly [M] };
type Receives<M> = { readonly message: M };

export type TimeoutEvent = ServerEvent & { readonly action: 'Timeout' };
export type RequestVoteEvent = ServerEvent & { readonly action: 'RequestVote' } & Sends<RequestVoteRequest>;
export type HandleRequestVoteRequestEvent = ServerEvent & {
  readonly action: 'HandleRequestVoteRequest';
} & Receives<RequestVoteRequest> &
  Sends<RequestVoteResponse>;
export type HandleRequestVoteResponseEvent = ServerEvent & {
  readonly action: 'HandleRequestVoteResponse';
} & Receives<RequestVoteResponse>;
export type BecomeLeaderEvent = ServerEvent & { readonly action: 'BecomeLeader' };
export type ClientRequestEvent = ServerEvent & {
  readonly action: 'ClientRequest';
  /** The request's content, or its hash: that of the appended entry. */
  readonly args: { readonly command: string } | { readonly hash: string };
};
export type AppendNoOpEvent = ServerEvent & { readonly action: 'AppendNoOp' };
export type AppendEntriesEvent = ServerEvent & {
  readonly action: 'AppendEntries';
} & Sends<AppendEntriesRequest>;
export type HandleAppendEntriesRequestEvent = ServerEvent & {
  readonly action: 'HandleAppendEntriesRequest';
} & Receives<AppendEntriesRequest> &
  Sends<AppendEntriesResponse>;
export type HandleAppendEntriesResponseEvent = ServerEvent & {
  readonly action: 'HandleAppendEntriesResponse';
} & Receives<AppendEntriesResponse>;
export type AdvanceCommitIndexEvent = ServerEvent & {
  readonly action: 'AdvanceCommitIndex';
  /** Needed only where commitIndex is not observed. */
  readonly args?: { readonly commitIndex: Index };
};
export type PersistEvent = ServerEvent & {
  readonly action: 'Persist';
  readonly args: { readonly writes: number };
  /** The ids of the messages that waited for these writes. */
  readonly releases?: readonly MessageId[];
};
export type RestartEvent = ServerEvent & {
  readonly action: 'Restart';
  readonly args: {
    /** How many of the pending writes survived, the last one possibly torn. */
    readonly writes: number;
    /** The length of the log that survived. */
    readonly length: Index;
    /** Needed only where commitIndex is not observed. */
    readonly commitIndex?: Index;
  };
};

/** What the network did; a recorder that sees it may say so, others need not. */
export type DropMessageEvent = {
  readonly action: 'DropMessage';
  readonly args: { readonly id: MessageId };
  readonly time?: number;
};
export type DuplicateMessageEvent = {
  readonly action: 'DuplicateMessage';
  readonly args: { readonly id: MessageId };
  readonly time?: number;
};

/** An event of a server; its name is that of the spec's action. */
export type ServerTraceEvent =
  | TimeoutEvent
  | RequestVoteEvent
  | HandleRequestVoteRequestEvent
  | HandleRequestVoteResponseEvent
  | BecomeLeaderEvent
  | ClientRequestEvent
  | AppendNoOpEvent
  | AppendEntriesEvent
  | HandleAppendEntriesRequestEvent
  | HandleAppendEntriesResponseEvent
  | AdvanceCommitIndexEvent
  | PersistEvent
  | RestartEvent;
export type NetworkTraceEvent = DropMessageEvent | DuplicateMessageEvent;
export type TraceEvent = ServerTraceEvent | NetworkTraceEvent;
export type Action = TraceEvent['action'];

export interface End {
  readonly end: true;
  /** How many event lines the file has. */
  readonly events: number;
}
