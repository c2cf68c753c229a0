import type { RecordedEvent } from '../../traces/recording.ts';
import type {
  AppendEntriesRequest,
  AppendEntriesResponse,
  Entry,
  Header,
  RequestVoteRequest,
  RequestVoteResponse,
  TraceEvent,
} from '../../traces/trace-format.ts';
import type { ClusterState } from '../replay/cluster-state.ts';

/** The header of a recording of three servers that sees everything. */
export const HEADER: Header = {
  format: 'raftcheck-trace',
  version: 1,
  protocol: 'raft',
  run: 'test',
  servers: ['s1', 's2', 's3'],
  configuration: { voters: ['s1', 's2', 's3'] },
  features: [],
  observed: [
    'role',
    'currentTerm',
    'votedFor',
    'log',
    'commitIndex',
    'votesGranted',
    'nextIndex',
    'matchIndex',
  ],
};

/**
 * The events as a reader delivers them: an event at position p comes from line p + 2 of `run.ndjson`. What was not
 * sent in the recording comes from the environment.
 */
export function recordedEvents(events: readonly TraceEvent[]): RecordedEvent[] {
  const sent = new Set<string>();
  const received = new Set<string>();
  return events.map((event, position) => {
    let origin: RecordedEvent['origin'] = 'none';
    if ('message' in event) {
      const { id } = event.message;
      origin = received.has(id) ? 'repeated' : sent.has(id) ? 'sent' : 'environment';
      received.add(id);
    }
    if ('sends' in event) for (const { id } of event.sends) sent.add(id);
    return { event, position, file: 'run.ndjson', line: position + 2, origin };
  });
}

export const ENTRY: Entry = { term: 1, command: 'x=1' };
export const VOTE_REQUEST: RequestVoteRequest = {
  id: 's1:2.0',
  from: 's1',
  to: 's2',
  term: 1,
  type: 'RequestVoteRequest',
  lastLogIndex: 0,
  lastLogTerm: 0,
};
export const VOTE: RequestVoteResponse = {
  id: 's2:1.0',
  from: 's2',
  to: 's1',
  term: 1,
  type: 'RequestVoteResponse',
  voteGranted: true,
};
export const ENTRIES: AppendEntriesRequest = {
  id: 's1:8.0',
  from: 's1',
  to: 's2',
  term: 1,
  type: 'AppendEntriesRequest',
  prevLogIndex: 0,
  prevLogTerm: 0,
  entries: [ENTRY],
  leaderCommit: 0,
};
export const SUCCESS: AppendEntriesResponse = {
  id: 's2:3.0',
  from: 's2',
  to: 's1',
  term: 1,
  type: 'AppendEntriesResponse',
  success: true,
  matchIndex: 1,
};
const HEARTBEAT: AppendEntriesRequest = {
  ...ENTRIES,
  id: 's1:13.0',
  prevLogIndex: 1,
  prevLogTerm: 1,
  entries: [],
  leaderCommit: 1,
};

/**
 * s1 is elected, commits an entry with s2's help, and s2 restarts. One request for a vote is lost, one response is
 * delivered twice, and nobody receives the answer to the last heartbeat. Accepted by the spec.
 */
export const STORY: readonly TraceEvent[] = [
  {
    server: 's1',
    seq: 1,
    action: 'Timeout',
    state: { currentTerm: 1, votedFor: 's1', role: 'candidate' },
  },
  { server: 's1', seq: 2, action: 'RequestVote', sends: [VOTE_REQUEST] },
  { server: 's1', seq: 3, action: 'Persist', args: { writes: 1 }, releases: ['s1:2.0'] },
  {
    server: 's1',
    seq: 4,
    action: 'RequestVote',
    sends: [{ ...VOTE_REQUEST, id: 's1:4.0', to: 's3' }],
  },
  {
    server: 's2',
    seq: 1,
    action: 'HandleRequestVoteRequest',
    message: VOTE_REQUEST,
    sends: [VOTE],
    state: { currentTerm: 1, votedFor: 's1' },
  },
  { server: 's2', seq: 2, action: 'Persist', args: { writes: 1 }, releases: ['s2:1.0'] },
  {
    server: 's1',
    seq: 5,
    action: 'HandleRequestVoteResponse',
    message: VOTE,
    state: { votesGranted: ['s2'] },
  },
  { server: 's1', seq: 6, action: 'BecomeLeader', state: { role: 'leader', votesGranted: [] } },
  {
    server: 's1',
    seq: 7,
    action: 'ClientRequest',
    args: { command: 'x=1' },
    log: { keep: 0, append: [ENTRY] },
  },
  {
    server: 's1',
    seq: 8,
    action: 'AppendEntries',
    sends: [ENTRIES],
    state: { nextIndex: { s2: 2, s3: 1 } },
  },
  {
    server: 's2',
    seq: 3,
    action: 'HandleAppendEntriesRequest',
    message: ENTRIES,
    sends: [SUCCESS],
    log: { keep: 0, append: [ENTRY] },
  },
  { server: 's2', seq: 4, action: 'Persist', args: { writes: 1 }, releases: ['s2:3.0'] },
  {
    server: 's1',
    seq: 9,
    action: 'HandleAppendEntriesResponse',
    message: SUCCESS,
    state: { matchIndex: { s2: 1, s3: 0 } },
  },
  { server: 's1', seq: 10, action: 'HandleAppendEntriesResponse', message: SUCCESS },
  { server: 's1', seq: 11, action: 'Persist', args: { writes: 1 } },
  { server: 's1', seq: 12, action: 'AdvanceCommitIndex', state: { commitIndex: 1 } },
  { server: 's1', seq: 13, action: 'AppendEntries', sends: [HEARTBEAT] },
  {
    server: 's2',
    seq: 5,
    action: 'HandleAppendEntriesRequest',
    message: HEARTBEAT,
    sends: [{ ...SUCCESS, id: 's2:5.0' }],
    state: { commitIndex: 1 },
  },
  {
    server: 's2',
    seq: 6,
    action: 'Restart',
    args: { writes: 0, length: 1 },
    state: {
      currentTerm: 1,
      votedFor: 's1',
      role: 'follower',
      commitIndex: 0,
      votesGranted: [],
      nextIndex: { s1: 1, s3: 1 },
      matchIndex: { s1: 0, s3: 0 },
    },
    log: { keep: 0, append: [ENTRY] },
  },
];

const TWIN_ENTRY: Entry = { term: 1, command: 'x=2' };

/**
 * The story up to where s1 hears of its entry, then two heartbeats with a new entry between them. Both are answered with
 * the same words: s2:5.0 leaves at once and never arrives, s2:7.0 waits for the entry's write and arrives nevertheless.
 * A behaviour of the spec, which knows messages by their contents; the trace's ids tell that it is none of this format.
 */
export const TWINS: readonly TraceEvent[] = [
  ...STORY.slice(0, 13),
  {
    server: 's1',
    seq: 10,
    action: 'AppendEntries',
    sends: [{ ...HEARTBEAT, id: 's1:10.0', leaderCommit: 0 }],
  },
  {
    server: 's2',
    seq: 5,
    action: 'HandleAppendEntriesRequest',
    message: { ...HEARTBEAT, id: 's1:10.0', leaderCommit: 0 },
    sends: [{ ...SUCCESS, id: 's2:5.0' }],
  },
  {
    server: 's1',
    seq: 11,
    action: 'ClientRequest',
    args: { command: 'x=2' },
    log: { keep: 1, append: [TWIN_ENTRY] },
  },
  {
    server: 's1',
    seq: 12,
    action: 'AppendEntries',
    sends: [{ ...HEARTBEAT, id: 's1:12.0', entries: [TWIN_ENTRY], leaderCommit: 0 }],
  },
  {
    server: 's2',
    seq: 6,
    action: 'HandleAppendEntriesRequest',
    message: { ...HEARTBEAT, id: 's1:12.0', entries: [TWIN_ENTRY], leaderCommit: 0 },
    sends: [{ ...SUCCESS, id: 's2:6.0', matchIndex: 2 }],
    log: { keep: 1, append: [TWIN_ENTRY] },
  },
  { server: 's1', seq: 13, action: 'AppendEntries', sends: [{ ...HEARTBEAT, leaderCommit: 0 }] },
  {
    server: 's2',
    seq: 7,
    action: 'HandleAppendEntriesRequest',
    message: { ...HEARTBEAT, leaderCommit: 0 },
    sends: [{ ...SUCCESS, id: 's2:7.0' }],
  },
  { server: 's1', seq: 14, action: 'HandleAppendEntriesResponse', message: { ...SUCCESS, id: 's2:7.0' } },
];

const UNTOUCHED = { currentTerm: 0, votedFor: null, log: [] } as const;

/** The state in the middle of the story: the vote is in flight, and the first copy of the response not yet sent. */
export const BORDER: ClusterState = {
  position: 11,
  servers: {
    s1: {
      currentTerm: 1,
      votedFor: 's1',
      log: [ENTRY],
      role: 'leader',
      commitIndex: 0,
      votesGranted: [],
      nextIndex: { s2: 2, s3: 1 },
      matchIndex: { s2: 0, s3: 0 },
      disk: { currentTerm: 1, votedFor: 's1', log: [] },
      pending: [{ write: { currentTerm: 1, votedFor: 's1', log: [ENTRY] }, promised: [] }],
    },
    s2: {
      currentTerm: 1,
      votedFor: 's1',
      log: [ENTRY],
      role: 'follower',
      commitIndex: 0,
      votesGranted: [],
      nextIndex: { s1: 1, s3: 1 },
      matchIndex: { s1: 0, s3: 0 },
      disk: { currentTerm: 1, votedFor: 's1', log: [] },
      pending: [{ write: { currentTerm: 1, votedFor: 's1', log: [ENTRY] }, promised: [SUCCESS] }],
    },
    s3: {
      ...UNTOUCHED,
      role: 'follower',
      commitIndex: 0,
      votesGranted: [],
      nextIndex: { s1: 1, s2: 1 },
      matchIndex: { s1: 0, s2: 0 },
      disk: UNTOUCHED,
      pending: [],
    },
  },
  lost: [],
};
