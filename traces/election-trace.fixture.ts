import type { Header, TraceEvent } from './trace-format.ts';

/** s1 is elected by s2, commits a command, crashes and comes back: every action of the format occurs. */
export const HEADER = {
  format: 'raftcheck-trace',
  version: 1,
  protocol: 'raft',
  run: 'election',
  servers: ['s1', 's2', 's3'],
  configuration: { voters: ['s1', 's2', 's3'] },
  features: [],
  observed: [
    'currentTerm',
    'votedFor',
    'log',
    'role',
    'commitIndex',
    'votesGranted',
    'nextIndex',
    'matchIndex',
  ],
} as const satisfies Header;

const FIRST = { term: 1, noop: true } as const;
const SECOND = { term: 1, command: 'x=1' } as const;

const VOTE_REQUEST = {
  id: 's1:2.0',
  from: 's1',
  to: 's2',
  type: 'RequestVoteRequest',
  term: 1,
  lastLogIndex: 0,
  lastLogTerm: 0,
} as const;
const VOTE = {
  id: 's2:1.0',
  from: 's2',
  to: 's1',
  type: 'RequestVoteResponse',
  term: 1,
  voteGranted: true,
} as const;
const APPEND = {
  id: 's1:9.0',
  from: 's1',
  to: 's2',
  type: 'AppendEntriesRequest',
  term: 1,
  prevLogIndex: 0,
  prevLogTerm: 0,
  entries: [FIRST, SECOND],
  leaderCommit: 0,
} as const;
const SUCCESS = {
  id: 's2:3.0',
  from: 's2',
  to: 's1',
  type: 'AppendEntriesResponse',
  term: 1,
  success: true,
  matchIndex: 2,
} as const;

export const EVENTS = [
  {
    server: 's1',
    seq: 1,
    action: 'Timeout',
    state: { currentTerm: 1, votedFor: 's1', role: 'candidate' },
    time: 0.5,
  },
  { server: 's1', seq: 2, action: 'RequestVote', sends: [VOTE_REQUEST] },
  { server: 's1', seq: 3, action: 'Persist', args: { writes: 1 }, releases: ['s1:2.0'] },
  { action: 'DuplicateMessage', args: { id: 's1:2.0' } },
  {
    server: 's2',
    seq: 1,
    action: 'HandleRequestVoteRequest',
    message: VOTE_REQUEST,
    sends: [VOTE],
    state: { currentTerm: 1, votedFor: 's1' },
  },
  { action: 'DropMessage', args: { id: 's1:2.0' }, time: 12 },
  { server: 's2', seq: 2, action: 'Persist', args: { writes: 1 }, releases: ['s2:1.0'] },
  {
    server: 's1',
    seq: 4,
    action: 'HandleRequestVoteResponse',
    message: VOTE,
    state: { votesGranted: ['s2'] },
  },
  {
    server: 's1',
    seq: 5,
    action: 'BecomeLeader',
    state: { role: 'leader', votesGranted: [], nextIndex: { s2: 1, s3: 1 } },
    unobserved: ['matchIndex'],
  },
  { server: 's1', seq: 6, action: 'AppendNoOp', log: { keep: 0, append: [FIRST] } },
  {
    server: 's1',
    seq: 7,
    action: 'ClientRequest',
    args: { command: 'x=1' },
    log: { keep: 1, append: [SECOND] },
  },
  { server: 's1', seq: 8, action: 'Persist', args: { writes: 2 } },
  { server: 's1', seq: 9, action: 'AppendEntries', sends: [APPEND], state: { nextIndex: { s2: 3, s3: 1 } } },
  {
    server: 's2',
    seq: 3,
    action: 'HandleAppendEntriesRequest',
    message: APPEND,
    sends: [SUCCESS],
    log: { keep: 0, append: [FIRST, SECOND] },
  },
  { server: 's2', seq: 4, action: 'Persist', args: { writes: 1 }, releases: ['s2:3.0'] },
  {
    server: 's1',
    seq: 10,
    action: 'HandleAppendEntriesResponse',
    message: SUCCESS,
    state: { matchIndex: { s2: 2, s3: 0 } },
  },
  { server: 's1', seq: 11, action: 'AdvanceCommitIndex', state: { commitIndex: 2 } },
  {
    server: 's1',
    seq: 12,
    action: 'Restart',
    args: { writes: 0, length: 2 },
    state: {
      currentTerm: 1,
      votedFor: 's1',
      role: 'follower',
      commitIndex: 0,
      votesGranted: [],
      nextIndex: { s2: 1, s3: 1 },
      matchIndex: { s2: 0, s3: 0 },
    },
    log: { keep: 0, append: [FIRST, SECOND] },
  },
] as const satisfies readonly TraceEvent[];

/** The text of a trace file; without an end line where `end` is null. */
export function traceText(
  header: unknown,
  events: readonly unknown[],
  end: unknown = { end: true, events: events.length },
) {
  return [header, ...events, ...(end === null ? [] : [end])]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
}
