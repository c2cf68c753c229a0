import type { Header, InitialState, TraceEvent } from '../../traces/trace-format.ts';
import { BORDER, ENTRIES, ENTRY, HEADER, STORY, SUCCESS, VOTE } from '../tlc/recorded-run.fixture.ts';
import type { ConjunctLabel } from './conjuncts.ts';

/** Another event at this place of the story. */
function replaced(at: number, event: object): readonly TraceEvent[] {
  const events: readonly TraceEvent[] = JSON.parse(JSON.stringify(STORY.toSpliced(at, 1)));
  const inserted: TraceEvent = JSON.parse(JSON.stringify(event));
  return events.toSpliced(at, 0, inserted);
}

/** The event at this place with other fields. */
export function changed(at: number, fields: object): readonly TraceEvent[] {
  return replaced(at, { ...STORY[at], ...fields });
}

/** A run that departs from the spec, and the first event and conjunct that show it. */
export interface RejectionCase {
  readonly name: string;
  readonly events: readonly TraceEvent[];
  readonly header?: Header;
  readonly at: number;
  readonly code: string;
  readonly conjunct: ConjunctLabel;
}

const LEADER: InitialState = {
  currentTerm: 2,
  votedFor: 's1',
  role: 'leader',
  log: [ENTRY],
  nextIndex: { s2: 2, s3: 2 },
  matchIndex: { s2: 1, s3: 0 },
};

/** At least one for each guard of each action, and for each variable. */
export const REJECTION_CASES: readonly RejectionCase[] = [
  {
    name: 'a leader times out',
    events: replaced(13, { server: 's1', seq: 10, action: 'Timeout' }),
    at: 13,
    code: 'RC2001',
    conjunct: 'Timeout.guard.role',
  },
  {
    name: 'a follower asks for votes',
    events: STORY.slice(1),
    at: 0,
    code: 'RC2001',
    conjunct: 'RequestVote.guard.role',
  },
  {
    name: 'a follower wins',
    events: [{ server: 's1', seq: 1, action: 'BecomeLeader' }],
    at: 0,
    code: 'RC2001',
    conjunct: 'BecomeLeader.guard.role',
  },
  ...(
    [
      [8, 'ClientRequest.guard.role'],
      [9, 'AppendEntries.guard.role'],
      [15, 'AdvanceCommitIndex.guard.role'],
    ] as const
  ).map(
    ([from, conjunct]): RejectionCase => ({
      name: `a candidate: ${conjunct}`,
      events: replaced(7, { ...STORY[from] }),
      at: 7,
      code: 'RC2001',
      conjunct,
    }),
  ),
  {
    name: 'a candidate appends a no-op',
    events: replaced(7, { server: 's1', seq: 6, action: 'AppendNoOp' }),
    at: 7,
    code: 'RC2001',
    conjunct: 'AppendNoOp.guard.role',
  },
  {
    name: 'a server that is no voter stands for election',
    events: STORY,
    header: { ...HEADER, configuration: { voters: ['s2', 's3'] } },
    at: 0,
    code: 'RC2002',
    conjunct: 'Timeout.guard.voter',
  },
  {
    name: 'a message for another server is received',
    events: changed(4, { server: 's3' }),
    at: 4,
    code: 'RC2003',
    conjunct: 'isMessageTo',
  },
  {
    name: 'a request for a vote arrives before the candidate’s vote is durable',
    events: STORY.toSpliced(2, 1),
    at: 3,
    code: 'RC2004',
    conjunct: 'isMessageInFlight',
  },
  {
    name: 'a vote arrives that its voter lost in a crash',
    events: changed(5, {
      action: 'Restart',
      args: { writes: 1, length: 0 },
      releases: undefined,
      state: { ...BORDER.servers.s2, log: undefined, disk: undefined, pending: undefined },
    }),
    at: 6,
    code: 'RC2004',
    conjunct: 'isMessageInFlight',
  },
  {
    name: 'elected before the own vote is durable',
    events: [
      ...STORY.slice(0, 1),
      {
        server: 's1',
        seq: 2,
        action: 'HandleRequestVoteResponse',
        message: VOTE,
        state: { votesGranted: ['s2'] },
      },
      { server: 's1', seq: 3, action: 'BecomeLeader', state: { role: 'leader', votesGranted: [] } },
    ],
    header: { ...HEADER, unrecorded: ['s2'] },
    at: 2,
    code: 'RC2005',
    conjunct: 'BecomeLeader.guard.ownVote',
  },
  {
    name: 'elected by its own vote alone',
    events: STORY.toSpliced(6, 1),
    at: 6,
    code: 'RC2006',
    conjunct: 'BecomeLeader.guard.quorum',
  },
  {
    name: 'entries that the leader does not have',
    events: changed(9, { sends: [{ ...ENTRIES, prevLogIndex: 1 }] }),
    at: 9,
    code: 'RC2007',
    conjunct: 'AppendEntries.guard.entries',
  },
  {
    name: 'leaderCommit ahead of commitIndex',
    events: changed(9, { sends: [{ ...ENTRIES, leaderCommit: 1 }] }),
    at: 9,
    code: 'RC2008',
    conjunct: 'AppendEntries.guard.commit',
  },
  {
    name: 'nextIndex two after the last entry',
    events: changed(9, { state: { nextIndex: { s2: 3, s3: 1 } } }),
    at: 9,
    code: 'RC2009',
    conjunct: 'AppendEntries.guard.next',
  },
  {
    name: 'nextIndex does not move above matchIndex',
    events: changed(12, { state: { matchIndex: { s2: 1, s3: 0 }, nextIndex: { s2: 1, s3: 1 } } }),
    at: 12,
    code: 'RC2009',
    conjunct: 'HandleAppendEntriesResponse.guard.next',
  },
  {
    name: 'matchIndex goes back, and nextIndex with it',
    events: changed(13, { state: { matchIndex: { s2: 0, s3: 0 }, nextIndex: { s2: 1, s3: 1 } } }),
    at: 13,
    code: 'RC2026',
    conjunct: 'HandleAppendEntriesResponse.matchIndex',
  },
  {
    name: 'a success beyond the leader’s log',
    events: changed(12, { message: { ...SUCCESS, matchIndex: 2 } }),
    at: 12,
    code: 'RC2030',
    conjunct: 'HandleAppendEntriesResponse.guard.match',
  },
  {
    name: 'commitIndex beyond the log',
    events: changed(15, { state: { commitIndex: 2 } }),
    at: 15,
    code: 'RC2010',
    conjunct: 'AdvanceCommitIndex.guard.range',
  },
  {
    name: 'commitIndex that stays',
    events: changed(15, { state: undefined }),
    at: 15,
    code: 'RC2010',
    conjunct: 'AdvanceCommitIndex.guard.range',
  },
  {
    name: 'an entry of an earlier term counted',
    events: [{ server: 's1', seq: 9, action: 'AdvanceCommitIndex', state: { commitIndex: 1 } }],
    header: { ...HEADER, initial: { s1: LEADER } },
    at: 0,
    code: 'RC2011',
    conjunct: 'AdvanceCommitIndex.guard.term',
  },
  {
    name: 'an entry that one of three holds',
    events: STORY.toSpliced(14, 1),
    at: 14,
    code: 'RC2012',
    conjunct: 'AdvanceCommitIndex.guard.quorum',
  },
  {
    name: 'two writes completed where one is pending',
    events: changed(11, { args: { writes: 2 } }),
    at: 11,
    code: 'RC2013',
    conjunct: 'Persist.guard.writes',
  },
  {
    name: 'Persist where writes are atomic',
    events: STORY,
    header: { ...HEADER, features: ['atomicPersistence'] },
    at: 2,
    code: 'RC2013',
    conjunct: 'Persist.guard.writes',
  },
  {
    name: 'a release left out',
    events: changed(11, { releases: undefined }),
    at: 11,
    code: 'RC2014',
    conjunct: 'Persist.releases',
  },
  {
    name: 'a release of what did not wait',
    events: changed(14, { releases: ['s1:8.0'] }),
    at: 14,
    code: 'RC2014',
    conjunct: 'Persist.releases',
  },
  {
    name: 'a write survives that was not pending',
    events: changed(18, { args: { writes: 1, length: 1 } }),
    at: 18,
    code: 'RC2015',
    conjunct: 'Restart.guard.writes',
  },
  {
    name: 'the disk’s log shortened by a crash',
    events: changed(18, { args: { writes: 0, length: 0 } }),
    at: 18,
    code: 'RC2016',
    conjunct: 'Restart.guard.length',
  },
  {
    name: 'a higher commitIndex after the crash',
    events: changed(18, { state: { ...STORY[18], commitIndex: 2 } }),
    at: 18,
    code: 'RC2017',
    conjunct: 'Restart.guard.commit',
  },
  {
    name: 'a commitIndex that the surviving log does not cover',
    events: [
      {
        server: 's2',
        seq: 1,
        action: 'HandleAppendEntriesRequest',
        message: { ...ENTRIES, leaderCommit: 1 },
        sends: [{ ...SUCCESS, id: 's2:1.0' }],
        state: { currentTerm: 1, commitIndex: 1 },
        log: { keep: 0, append: [ENTRY] },
      },
      {
        server: 's2',
        seq: 2,
        action: 'Restart',
        args: { writes: 0, length: 0 },
        state: { commitIndex: 1 },
        log: { keep: 0, append: [] },
      },
    ],
    header: { ...HEADER, unrecorded: ['s1'] },
    at: 1,
    code: 'RC2018',
    conjunct: 'Restart.guard.covered',
  },
  {
    name: 'a leader hears from another leader of its term',
    events: replaced(9, {
      server: 's1',
      seq: 8,
      action: 'HandleAppendEntriesRequest',
      message: { ...ENTRIES, id: 's3:9.0', from: 's3', to: 's1' },
      sends: [{ ...SUCCESS, id: 's1:8.0', from: 's1', to: 's3' }],
    }),
    at: 9,
    code: 'RC2019',
    conjunct: 'HandleAppendEntriesRequest.guard.role',
  },
  ...(
    [
      [1, 'term', 2, 'RequestVote.sends.term'],
      [1, 'lastLogIndex', 1, 'RequestVote.sends.lastLogIndex'],
      [1, 'lastLogTerm', 1, 'RequestVote.sends.lastLogTerm'],
      [1, 'from', 's3', 'RequestVote.sends.from'],
      [4, 'from', 's3', 'HandleRequestVoteRequest.sends.from'],
      [4, 'to', 's3', 'HandleRequestVoteRequest.sends.to'],
      [4, 'term', 2, 'HandleRequestVoteRequest.sends.term'],
      [4, 'voteGranted', false, 'HandleRequestVoteRequest.sends.voteGranted'],
      [9, 'from', 's3', 'AppendEntries.sends.from'],
      [9, 'term', 2, 'AppendEntries.sends.term'],
      [9, 'prevLogTerm', 1, 'AppendEntries.sends.prevLogTerm'],
      [9, 'entries', [{ term: 1, command: 'x=2' }], 'AppendEntries.sends.entries'],
      [9, 'entries', [{ term: 1, hash: 'x=1' }], 'AppendEntries.sends.entries'],
      [9, 'entries', [{ term: 2, command: 'x=1' }], 'AppendEntries.sends.entries'],
      [10, 'from', 's3', 'HandleAppendEntriesRequest.sends.from'],
      [10, 'to', 's3', 'HandleAppendEntriesRequest.sends.to'],
      [10, 'term', 2, 'HandleAppendEntriesRequest.sends.term'],
      [10, 'success', false, 'HandleAppendEntriesRequest.sends.success'],
      [10, 'matchIndex', 0, 'HandleAppendEntriesRequest.sends.matchIndex'],
    ] as const
  ).map(([at, field, value, conjunct]): RejectionCase => {
    const event = STORY[at];
    const message = event !== undefined && 'sends' in event ? event.sends[0] : undefined;
    return {
      name: `a message with another ${field}: ${conjunct}`,
      events: changed(at, { sends: [{ ...message, [field]: value }] }),
      at,
      code: 'RC2020',
      conjunct,
    };
  }),
  ...(
    [
      [0, 'currentTerm', 2, 'RC2021', 'Timeout.currentTerm'],
      [0, 'votedFor', 's2', 'RC2022', 'Timeout.votedFor'],
      [0, 'role', 'leader', 'RC2023', 'Timeout.role'],
      [0, 'role', undefined, 'RC2023', 'Timeout.role'],
      [4, 'currentTerm', undefined, 'RC2021', 'HandleRequestVoteRequest.currentTerm'],
      [4, 'votedFor', undefined, 'RC2022', 'HandleRequestVoteRequest.votedFor'],
      [6, 'votesGranted', [], 'RC2025', 'HandleRequestVoteResponse.votesGranted'],
      [6, 'votesGranted', ['s2', 's3'], 'RC2025', 'HandleRequestVoteResponse.votesGranted'],
      [7, 'role', 'candidate', 'RC2023', 'BecomeLeader.role'],
      [7, 'nextIndex', { s2: 2, s3: 1 }, 'RC2027', 'BecomeLeader.nextIndex'],
      [9, 'nextIndex', { s2: 2, s3: 2 }, 'RC2027', 'AppendEntries.nextIndex'],
      [12, 'matchIndex', { s2: 0, s3: 0 }, 'RC2026', 'HandleAppendEntriesResponse.matchIndex'],
      [12, 'matchIndex', undefined, 'RC2026', 'HandleAppendEntriesResponse.matchIndex'],
      [17, 'commitIndex', undefined, 'RC2024', 'HandleAppendEntriesRequest.commitIndex'],
      [17, 'commitIndex', 0, 'RC2024', 'HandleAppendEntriesRequest.commitIndex'],
      [18, 'votedFor', null, 'RC2022', 'Restart.votedFor'],
      [18, 'currentTerm', 0, 'RC2021', 'Restart.currentTerm'],
    ] as const
  ).map(([at, variable, value, code, conjunct]): RejectionCase => {
    const event = STORY[at];
    const state = event !== undefined && 'server' in event ? event.state : undefined;
    return {
      name: `${conjunct} recorded as ${JSON.stringify(value)}`,
      events: changed(at, { state: { ...state, [variable]: value } }),
      at,
      code,
      conjunct,
    };
  }),
  {
    name: 'another command appended than was asked for',
    events: changed(8, { args: { command: 'x=2' } }),
    at: 8,
    code: 'RC2028',
    conjunct: 'ClientRequest.log',
  },
  {
    name: 'entries that a follower says it did not take',
    events: changed(10, { log: undefined }),
    at: 10,
    code: 'RC2028',
    conjunct: 'HandleAppendEntriesRequest.log',
  },
  {
    name: 'a log that did not survive as recorded',
    events: changed(18, { log: { keep: 0, append: [] } }),
    at: 18,
    code: 'RC2028',
    conjunct: 'Restart.log',
  },
  {
    name: 'a waiting message lost by the network',
    events: STORY.toSpliced(2, 0, { action: 'DropMessage', args: { id: 's1:2.0' } }),
    at: 2,
    code: 'RC2029',
    conjunct: 'DropMessage.guard.inFlight',
  },
  {
    name: 'a waiting message duplicated by the network',
    events: STORY.toSpliced(2, 0, { action: 'DuplicateMessage', args: { id: 's1:2.0' } }),
    at: 2,
    code: 'RC2029',
    conjunct: 'DuplicateMessage.guard.inFlight',
  },
  ...(['DropMessage', 'DuplicateMessage'] as const).map(
    (action): RejectionCase => ({
      name: `${action} of what its sender lost in a crash`,
      events: [
        ...STORY.slice(0, 2),
        {
          server: 's1',
          seq: 3,
          action: 'Restart',
          args: { writes: 0, length: 0 },
          state: {
            currentTerm: 0,
            votedFor: null,
            role: 'follower',
            commitIndex: 0,
            votesGranted: [],
            nextIndex: { s2: 1, s3: 1 },
            matchIndex: { s2: 0, s3: 0 },
          },
          log: { keep: 0, append: [] },
        },
        { action, args: { id: 's1:2.0' } },
      ],
      at: 3,
      code: 'RC2004',
      conjunct: `${action}.guard.inFlight`,
    }),
  ),
];
