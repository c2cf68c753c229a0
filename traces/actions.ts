import type { Action, Message, NetworkTraceEvent, Variable } from './trace-format.ts';

/** What the event of an action must carry, beyond what every event carries. */
export interface ActionShape {
  /** One line for people. */
  readonly meaning: string;
  /** The type of its `message`: the event receives one exactly if this is given. */
  readonly receives?: Message['type'];
  /** The type of the one message in its `sends`. */
  readonly sends?: Message['type'];
  /** The choices in its `args`. Several lists are alternatives. */
  readonly args?: readonly (readonly string[])[];
  /** Whether `args` must hold commitIndex where the source does not observe it. */
  readonly choosesCommitIndex?: true;
  /** Whether it may name messages in `releases`. */
  readonly releases?: true;
  /** The variables that the spec's action can change: `state` and `log` mention those that it did change. */
  readonly changes: readonly Variable[];
  /** Whose step it is. Events of the network have neither `server` nor `seq`. */
  readonly by: 'server' | 'network';
}

const STEP_DOWN = ['currentTerm', 'votedFor', 'role', 'votesGranted', 'nextIndex', 'matchIndex'] as const;

/** Every action of the format; docs/trace-format.md has its table from here. */
export const ACTIONS = {
  Timeout: {
    meaning: 'the election timeout elapses: a new term, a vote for oneself',
    changes: ['currentTerm', 'votedFor', 'role', 'votesGranted'],
    by: 'server',
  },
  RequestVote: {
    meaning: 'a candidate asks one peer for its vote',
    sends: 'RequestVoteRequest',
    changes: [],
    by: 'server',
  },
  HandleRequestVoteRequest: {
    meaning: 'a request for a vote arrives and is answered',
    receives: 'RequestVoteRequest',
    sends: 'RequestVoteResponse',
    changes: STEP_DOWN,
    by: 'server',
  },
  HandleRequestVoteResponse: {
    meaning: 'the answer to a request for a vote arrives',
    receives: 'RequestVoteResponse',
    changes: STEP_DOWN,
    by: 'server',
  },
  BecomeLeader: {
    meaning: 'a candidate has the votes of a majority, its own durable',
    changes: ['role', 'votesGranted', 'nextIndex', 'matchIndex'],
    by: 'server',
  },
  ClientRequest: {
    meaning: 'a leader appends the command of a client',
    args: [['command'], ['hash']],
    changes: ['log'],
    by: 'server',
  },
  AppendNoOp: { meaning: 'a leader appends an entry without a command', changes: ['log'], by: 'server' },
  AppendEntries: {
    meaning: 'a leader sends entries, or a heartbeat, to one peer',
    sends: 'AppendEntriesRequest',
    changes: ['nextIndex'],
    by: 'server',
  },
  HandleAppendEntriesRequest: {
    meaning: 'entries, or a heartbeat, arrive and are answered',
    receives: 'AppendEntriesRequest',
    sends: 'AppendEntriesResponse',
    changes: [...STEP_DOWN, 'log', 'commitIndex'],
    by: 'server',
  },
  HandleAppendEntriesResponse: {
    meaning: 'the answer of a follower arrives',
    receives: 'AppendEntriesResponse',
    changes: STEP_DOWN,
    by: 'server',
  },
  AdvanceCommitIndex: {
    meaning: 'a leader learns that entries are committed',
    choosesCommitIndex: true,
    changes: ['commitIndex'],
    by: 'server',
  },
  Persist: {
    meaning: 'the oldest pending writes are durable; what waited for them leaves',
    args: [['writes']],
    releases: true,
    changes: [],
    by: 'server',
  },
  Restart: {
    meaning: 'the server comes back after a crash',
    args: [['writes', 'length']],
    choosesCommitIndex: true,
    changes: [...STEP_DOWN, 'log', 'commitIndex'],
    by: 'server',
  },
  DropMessage: { meaning: 'the network loses a message', args: [['id']], changes: [], by: 'network' },
  DuplicateMessage: { meaning: 'the network copies a message', args: [['id']], changes: [], by: 'network' },
} as const satisfies {
  readonly [A in Action]: ActionShape & { readonly by: A extends NetworkAction ? 'network' : 'server' };
};

type NetworkAction = NetworkTraceEvent['action'];

/** Whether a text names an action of the format. */
export function isAction(name: unknown): name is Action {
  return typeof name === 'string' && Object.hasOwn(ACTIONS, name);
}

/** What the event of `action` must carry. */
export function shapeOf(action: Action): ActionShape {
  return ACTIONS[action];
}

/** Every variable of a server that a trace may observe. */
export const VARIABLES = [
  'currentTerm',
  'votedFor',
  'log',
  'role',
  'commitIndex',
  'votesGranted',
  'nextIndex',
  'matchIndex',
] as const satisfies readonly Variable[];
