import { expect, test } from 'vitest';
import { splitCompound } from './compound-line.ts';
import { EVENTS, HEADER } from './election-trace.fixture.ts';
import { type CompoundLine, checkCompound } from './line-schema.ts';

const place = { file: 'a.ndjson', line: 4 };
const success = EVENTS[15].message;
const [timeout, ask] = EVENTS;
const vote = EVENTS[4];

function split(line: CompoundLine) {
  return splitCompound(checkCompound(line, place), HEADER, place);
}

function codeOf(line: CompoundLine): unknown {
  try {
    split(line);
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
  return 'ok';
}

test('each action gets what is its own', () => {
  const line: CompoundLine = {
    server: 's1',
    seq: 10,
    actions: ['HandleAppendEntriesResponse', 'AdvanceCommitIndex'],
    message: success,
    state: { matchIndex: { s2: 2, s3: 0 }, commitIndex: 2 },
    time: 3,
  };
  expect(split(line)).toEqual([
    {
      ...{ server: 's1', seq: 10, action: 'HandleAppendEntriesResponse', message: success, time: 3 },
      state: { matchIndex: { s2: 2, s3: 0 } },
    },
    { server: 's1', seq: 11, action: 'AdvanceCommitIndex', state: { commitIndex: 2 }, time: 3 },
  ]);
});

test('arguments, releases and the log go to the action that takes them', () => {
  const log = { keep: 0, append: [{ term: 1, command: 'x=1' }] } as const;
  const line: CompoundLine = {
    ...{ server: 's1', seq: 4, actions: ['ClientRequest', 'Persist'] },
    args: { command: 'x=1', writes: 1 },
    releases: ['s1:2.0'],
    log,
  };
  expect(split(line)).toEqual([
    { server: 's1', seq: 4, action: 'ClientRequest', args: { command: 'x=1' }, log },
    { server: 's1', seq: 5, action: 'Persist', args: { writes: 1 }, releases: ['s1:2.0'] },
  ]);
});

test('what both can change is unobserved after the first, and must be given', () => {
  const state = { currentTerm: 2, votedFor: 's1', role: 'candidate', votesGranted: [] } as const;
  const line: CompoundLine = {
    server: 's1',
    seq: 4,
    actions: ['HandleRequestVoteResponse', 'Timeout'],
    message: vote.sends[0],
    state,
  };
  const shared = ['currentTerm', 'votedFor', 'role', 'votesGranted'];
  expect(split(line)).toEqual([
    { server: 's1', seq: 4, action: 'HandleRequestVoteResponse', message: vote.sends[0], unobserved: shared },
    { server: 's1', seq: 5, action: 'Timeout', state },
  ]);
  for (const variable of shared) {
    const less = Object.fromEntries(Object.entries(state).filter(([name]) => name !== variable));
    expect(codeOf({ ...line, state: less }), variable).toBe('RC1017');
  }
});

test.each<readonly [string, string, CompoundLine]>([
  ['RC1018', 'one action twice', { server: 's1', seq: 1, actions: ['AppendNoOp', 'AppendNoOp'] }],
  [
    'RC1018',
    'two that receive',
    {
      server: 's1',
      seq: 1,
      actions: ['HandleRequestVoteResponse', 'HandleAppendEntriesResponse'],
      message: success,
    },
  ],
  [
    'RC1018',
    'two that send',
    { server: 's1', seq: 1, actions: ['RequestVote', 'AppendEntries'], sends: ask.sends },
  ],
  [
    'RC1007',
    'a message that neither receives',
    { ...timeout, actions: ['AppendNoOp', 'BecomeLeader'], message: success },
  ],
  [
    'RC1007',
    'no message for the one that receives',
    { server: 's1', seq: 1, actions: ['BecomeLeader', 'HandleRequestVoteResponse'] },
  ],
])('%s: %s', (code, _what, line) => {
  const { server, seq, actions, message, sends } = line;
  const given = { ...(message === undefined ? {} : { message }), ...(sends === undefined ? {} : { sends }) };
  const state = {
    role: 'leader',
    currentTerm: 1,
    votedFor: null,
    votesGranted: [],
    nextIndex: { s2: 1, s3: 1 },
    matchIndex: { s2: 0, s3: 0 },
  } as const;
  expect(codeOf({ server, seq, actions, state, ...given })).toBe(code);
});
