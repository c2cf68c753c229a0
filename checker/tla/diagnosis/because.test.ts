import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { renderRejection } from '../../check/render-rejection.ts';
import type { Rejection } from '../../verdict.ts';
import { changedSpec, knownRejection, REJECTED, rejectionOf, specWith } from './diagnosis.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'raftcheck-because-'));
afterAll(() => rmSync(folder, { recursive: true }));

const LOG = [
  { term: 1, command: 'a' },
  { term: 2, command: 'b' },
];

/** s1 before the event, unless a test says otherwise: a follower of term 2 with two entries. */
const BEFORE = {
  currentTerm: 2,
  votedFor: null as string | null,
  log: LOG,
  role: 'follower',
  commitIndex: 0,
  votesGranted: [] as string[],
  nextIndex: { s2: 1, s3: 1 },
  matchIndex: { s2: 0, s3: 0 },
};

let written = 0;

type Event = Readonly<Record<string, unknown>>;

/** What is said of an event of s1, the only server that recorded anything. */
async function rejection(
  event: Event,
  before: Partial<typeof BEFORE> = {},
  specFolder?: string,
): Promise<Rejection> {
  return rejectionOf(fileOf([event], before, ['atomicPersistence']), specFolder);
}

function fileOf(
  events: readonly Event[],
  before: Partial<typeof BEFORE>,
  features: readonly string[],
): string {
  const header = {
    ...{ format: 'raftcheck-trace', version: 1, protocol: 'raft', run: '1' },
    servers: ['s1', 's2', 's3'],
    configuration: { voters: ['s1', 's2', 's3'] },
    features,
    observed: Object.keys(BEFORE),
    unrecorded: ['s2', 's3'],
    initial: { s1: { ...BEFORE, ...before } },
  };
  const recorded = events.map((event, index) => ({ server: 's1', seq: index + 1, ...event }));
  const lines = [header, ...recorded, { end: true, events: events.length }];
  written += 1;
  const file = join(folder, `${written}.ndjson`);
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return file;
}

/** s1 grants s3 its vote. */
function vote(term: number, lastLogIndex: number, lastLogTerm: number) {
  const request = { type: 'RequestVoteRequest', from: 's3', to: 's1', term, lastLogIndex, lastLogTerm };
  const answer = { type: 'RequestVoteResponse', from: 's1', to: 's3', term: Math.max(term, 2) };
  return {
    action: 'HandleRequestVoteRequest',
    message: { id: 's3:9.0', ...request },
    sends: [{ id: 's1:1.0', ...answer, voteGranted: true }],
    state: { votedFor: 's3', ...(term > 2 ? { currentTerm: term } : {}) },
  };
}

/** s1 accepts a heartbeat of s3. */
function heartbeat(term: number, prevLogIndex: number, prevLogTerm: number, leaderCommit = 0) {
  const request = { type: 'AppendEntriesRequest', from: 's3', to: 's1', term, prevLogIndex, prevLogTerm };
  const answer = { type: 'AppendEntriesResponse', from: 's1', to: 's3', term: Math.max(term, 2) };
  return {
    action: 'HandleAppendEntriesRequest',
    message: { id: 's3:9.0', ...request, entries: [], leaderCommit },
    sends: [{ id: 's1:1.0', ...answer, success: true, matchIndex: prevLogIndex }],
    ...(term > 2 ? { state: { currentTerm: term, votedFor: null } } : {}),
  };
}

const texts = ({ because }: Rejection): readonly string[] => [
  ...(because === undefined ? [] : [`${because.holds ? 'TRUE' : 'FALSE'}: ${because.text}`]),
  ...(because?.values ?? []).map(({ text, value }) => `${text} = ${value}`),
];

describe('a vote that is granted', () => {
  const FREE = 'FALSE: IsNewer(s, m) \\/ votedFor[s] \\in {Nil, m.from}';
  const LOGS = 'FALSE: IsUpToDate(s, m)';
  it.each<[number, number, number, string | null, string, string]>([
    [1, 2, 2, null, 'FALSE: m.term >= currentTerm[s]', 'in an old term'],
    [1, 1, 1, 's2', 'FALSE: m.term >= currentTerm[s]', 'in an old term, with all else wrong too'],
    [2, 2, 2, 's2', FREE, 'that was given to another'],
    [2, 1, 1, 's2', FREE, 'that was given to another, to a candidate with an old log'],
    [2, 1, 2, null, LOGS, 'to a candidate whose log is shorter'],
    [2, 9, 1, null, LOGS, 'to a candidate whose last entry is older'],
    [2, 1, 1, 's3', LOGS, 'once more to the same candidate, whose log is behind'],
    [3, 1, 2, null, LOGS, 'in a newer term to a candidate whose log is shorter'],
    [3, 1, 1, 's2', LOGS, 'in a newer term, after a vote in the old one'],
    [3, 9, 1, 's3', LOGS, 'in a newer term to the same candidate'],
  ])('term %s, log %s of %s, voted for %s: %s (%s)', async (term, index, last, votedFor, because, _case) => {
    const found = await rejection(vote(term, index, last), { votedFor });
    expect(found.conjunct).toMatchObject({ text: 'voteGranted |-> GrantsVote(s, m)' });
    expect(texts(found)[0]).toBe(because);
    expect(found.because).toMatchObject({ definition: 'GrantsVote', module: 'Election', holds: false });
  });

  it('to a log that is behind is shown with both logs', async () => {
    expect(texts(await rejection(vote(3, 1, 1), { votedFor: 's1' })).slice(1)).toEqual([
      ...['m.lastLogTerm = 1', 'LastTerm(log[s]) = 2'],
      ...['m.lastLogIndex = 1', 'LastIndex(log[s]) = 2', 's = "s1"'],
    ]);
  });
});

describe('what is FALSE in all its branches', () => {
  it('is shown with what each of them compares, within operators too', async () => {
    expect(texts(await rejection(vote(2, 2, 2), { votedFor: 's2' })).slice(1)).toEqual([
      ...['m.term = 2', 'currentTerm[s] = 2', 'votedFor[s] = "s2"', 'm.from = "s3"'],
      's = "s1"',
    ]);
  });
});

describe('entries that are accepted', () => {
  it.each([
    [1, 2, 2, 'FALSE: m.term >= currentTerm[s]', 'from an old leader'],
    [1, 9, 9, 'FALSE: m.term >= currentTerm[s]', 'from an old leader, without the entry before them'],
    [2, 3, 2, 'FALSE: HasPrevious(s, m)', 'without the entry before them'],
    [2, 1, 2, 'FALSE: HasPrevious(s, m)', 'after an entry of another term'],
    [3, 3, 3, 'FALSE: HasPrevious(s, m)', 'in a newer term without the entry before them'],
  ])('term %s, previous %s of %s: %s (%s)', async (term, index, previous, because) => {
    const found = await rejection(heartbeat(term, index, previous));
    expect(found.conjunct).toMatchObject({ text: 'success |-> AcceptsEntries(s, m)' });
    expect(texts(found)[0]).toBe(because);
    expect(found.because).toMatchObject({ definition: 'AcceptsEntries', module: 'Replication' });
  });
});

/** A leader of term 2 gets an answer of s3. */
function acknowledged(term: number, matchIndex: number, recorded: number) {
  const answer = { type: 'AppendEntriesResponse', from: 's3', to: 's1', term, success: true, matchIndex };
  return {
    action: 'HandleAppendEntriesResponse',
    message: { id: 's3:9.0', ...answer },
    state: { matchIndex: { s2: 0, s3: recorded }, nextIndex: { s2: 3, s3: recorded + 1 } },
  };
}

describe('a value that another arm would give', () => {
  const leader = { role: 'leader', votedFor: 's1', nextIndex: { s2: 3, s3: 3 } };

  it('is told where it decides about that value', async () => {
    const { sends, ...accepted } = heartbeat(2, 1, 1);
    const found = await rejection({ ...accepted, sends: sends.map((each) => ({ ...each, matchIndex: 0 })) });
    expect(found.conjunct).toMatchObject({ definition: 'AppendEntriesResponse' });
    expect(texts(found)[0]).toBe('TRUE: AcceptsEntries(s, m)');
    expect(found.because).toMatchObject({ definition: 'AppendEntriesResponse' });
  });

  it('is that of an acknowledgement that is counted though it is an old one', async () => {
    const found = await rejection(acknowledged(1, 1, 1), leader);
    expect(found.variable).toBe('matchIndex');
    expect(texts(found)).toEqual([
      'FALSE: m.term = currentTerm[s]',
      ...['m.term = 1', 'currentTerm[s] = 2', 's = "s1"'],
    ]);
    expect(found.because).toMatchObject({ definition: 'IsForLeadership' });
  });

  it('is that of a vote that is counted though it is an old one', async () => {
    const answer = { type: 'RequestVoteResponse', from: 's3', to: 's1', term: 1, voteGranted: true };
    const event = {
      action: 'HandleRequestVoteResponse',
      message: { id: 's3:9.0', ...answer },
      state: { votesGranted: ['s3'] },
    };
    const found = await rejection(event, { role: 'candidate', votedFor: 's1', log: LOG.slice(0, 1) });
    expect(texts(found)[0]).toBe('FALSE: m.term = currentTerm[s]');
    expect(found.because).toMatchObject({ definition: 'CountsVote' });
  });

  it.each([
    ['cut off though nothing conflicts', 'a', 1, 'TRUE: conflicts = {}'],
    ['kept though it conflicts', 'c', 2, 'FALSE: conflicts = {}'],
  ])('is that of a log that is %s', async (_case, command, term, because) => {
    const request = { type: 'AppendEntriesRequest', from: 's3', to: 's1', term: 2, prevLogIndex: 0 };
    const answer = { type: 'AppendEntriesResponse', from: 's1', to: 's3', term: 2, success: true };
    const event = {
      action: 'HandleAppendEntriesRequest',
      message: { id: 's3:9.0', ...request, prevLogTerm: 0, entries: [{ term, command }], leaderCommit: 0 },
      sends: [{ id: 's1:1.0', ...answer, matchIndex: 1 }],
      ...(term === 1 ? { log: { keep: 1, append: [] } } : {}),
    };
    const found = await rejection(event);
    expect(found.variable).toBe('log');
    expect(texts(found)[0]).toBe(because);
    expect(found.because).toMatchObject({ definition: 'TakeEntries' });
  });

  it.each([
    ['a term that nobody has', { state: { currentTerm: 3 } }, 'currentTerm', undefined],
    ['a vote that is given up', { state: { votedFor: 's3' } }, 'votedFor', 'FALSE: m.term > currentTerm[s]'],
  ])(
    'is none that moves another field of what is written: %s',
    async (_case, recorded, variable, because) => {
      const found = await rejection({ ...heartbeat(2, 1, 1), ...recorded }, { votedFor: 's2' });
      expect(found.variable).toBe(variable);
      expect(texts(found)[0]).toBe(because);
    },
  );

  it('is none that moves another field of the answer', async () => {
    const { sends, ...accepted } = heartbeat(2, 1, 1);
    const found = await rejection({ ...accepted, sends: sends.map((each) => ({ ...each, term: 1 })) });
    expect(found.differences?.map(({ fields }) => fields)).toEqual([['0.term']]);
    expect(texts(found)).toEqual([]);
  });

  it('is none that ends a recursion', async () => {
    const granted = vote(3, 9, 9);
    const found = await rejectionOf(fileOf([granted, { action: 'Persist', args: { writes: 1 } }], {}, []));
    expect(found.variable).toBe('releases');
    expect(texts(found)).toEqual([]);
  });

  it('is not looked for where no condition decides, but for what it is computed from', async () => {
    const accepted = heartbeat(2, 1, 1, 2);
    const found = await rejection({ ...accepted, state: { commitIndex: 2 } });
    expect(found.values).toEqual([
      { text: 'commitIndex[s]', value: '0' },
      { text: 'm.leaderCommit', value: '2' },
      { text: 'LastNewIndex(m)', value: '1' },
    ]);
    expect((await rejection(acknowledged(2, 1, 2), leader)).values).toEqual([
      { text: 'matchIndex[s][m.from]', value: '0' },
      { text: 'm.matchIndex', value: '1' },
    ]);
  });
});

it('fits on twelve lines with all that can be said beside it', async () => {
  const accepted = heartbeat(2, 1, 1, 2);
  const found = await rejection({ ...accepted, state: { commitIndex: 2 } });
  const other = { variable: 'log', fields: [], expected: 1, recorded: 2 };
  const rows = renderRejection(
    {
      ...found,
      rule: { code: 'RC2024', message: 'a rule' },
      because: { module: 'M', definition: 'D', text: 'x = y', line: 1, holds: true, values: [] },
      differences: [...(found.differences ?? []), other],
      suggestion: { action: 'Timeout', step: 'Timeout(s1)', differences: [] },
      missing: { action: 'Timeout', step: 'Timeout(s1)' },
    },
    'run.ndjson',
  );
  expect(rows.length).toBeLessThanOrEqual(11);
  expect(rows.map(([name]) => name)).toEqual(expect.arrayContaining(['because', 'perhaps', 'or', 'again']));
});

describe('a guard', () => {
  const LEADER = '    /\\ role[s] = Leader\n    /\\ i \\in';
  it.each([
    ['role[s] = Leader \\/ role[s] = Candidate', 'role[s] = Leader \\/ role[s] = Candidate'],
    ['(role[s] = Follower \\/ commitIndex[s] > 0)\n    /\\ role[s] = Leader', 'role[s] = Leader'],
    ['(commitIndex[s] > 0 \\/ role[s] = Follower)\n    /\\ role[s] = Leader', 'role[s] = Leader'],
    ['(\\E p \\in Server : p = s)\n    /\\ role[s] = Leader', 'role[s] = Leader'],
    ['~(role[s] = Candidate \\/ role[s] = Follower)', 'role[s] = Follower'],
    ['(role[s] = Follower => commitIndex[s] > 0)', 'commitIndex[s] > 0'],
    ["ENABLED (role[s] = Leader /\\ role' = role)", "ENABLED (role[s] = Leader /\\ role' = role)"],
    ["(ENABLED (role[s] = Follower /\\ role' = role))\n    /\\ role[s] = Leader", 'role[s] = Leader'],
    ['(IF commitIndex[s] = 0 THEN role[s] = Leader ELSE TRUE)', 'role[s] = Leader'],
  ])('%s is false by %s', async (guard, text) => {
    const spec = changedSpec('Replication', LEADER, `    /\\ ${guard}\n    /\\ i \\in`);
    const event = { action: 'AdvanceCommitIndex', args: { commitIndex: 1 }, state: { commitIndex: 1 } };
    expect((await rejection(event, {}, spec)).conjunct).toMatchObject({
      text,
      definition: 'AdvanceCommitIndex',
    });
  });

  it('of an action with several ways is that of the one that came farthest', async () => {
    const spec = changedSpec(
      'Replication',
      '    /\\ log[s][i].term = currentTerm[s]\n',
      "    /\\ \\/ commitIndex[s] = 0 /\\ network' = network /\\ log[s][i].term = currentTerm[s]\n       \\/ i = 9 /\\ network' = network\n",
    );
    const before = { role: 'leader', votedFor: 's1', nextIndex: { s2: 3, s3: 3 } };
    const event = { action: 'AdvanceCommitIndex', args: { commitIndex: 1 }, state: { commitIndex: 1 } };
    const { conjunct } = await rejection(event, before, spec);
    expect(conjunct).toMatchObject({ text: 'log[s][i].term = currentTerm[s]' });
  });
});

describe('a guard of an action with several ways', () => {
  it('that end at the same distance is all of them', async () => {
    const either =
      "(role[s] = Leader /\\ network' = network) \\/ (role[s] = Candidate /\\ network' = network)";
    const spec = changedSpec(
      'Replication',
      '    /\\ role[s] = Leader\n    /\\ i \\in',
      `    /\\ ${either}\n    /\\ i \\in`,
    );
    const event = { action: 'AdvanceCommitIndex', args: { commitIndex: 1 }, state: { commitIndex: 1 } };
    const { conjunct, values } = await rejection(event, {}, spec);
    expect(conjunct).toMatchObject({ text: either, definition: 'AdvanceCommitIndex' });
    expect(values).toEqual([
      { text: 'role[s]', value: '"follower"' },
      { text: 's', value: '"s1"' },
    ]);
  });
});

describe('what is named', () => {
  const disabled = REJECTED.filter(({ rejection: { cause } }) => 'conjunct' in cause);

  it.each(disabled)('forbids the action in $file: once it is TRUE, it goes farther', async ({ file }) => {
    const { conjunct, line } = await knownRejection(file);
    if (conjunct === undefined) throw new Error('no conjunct');
    const found = await unlessAccepted(rejectionOf(file, specWith(conjunct, 'TRUE')));
    expect(found?.line === line && found.conjunct?.text === conjunct.text).toBe(false);
  });

  const answers = [
    { event: vote(1, 1, 1), before: {} },
    { event: vote(2, 1, 1), before: { votedFor: 's2' } },
    { event: vote(3, 1, 1), before: { votedFor: 's1' } },
    { event: heartbeat(1, 9, 9), before: {} },
    { event: heartbeat(2, 1, 2), before: {} },
  ];
  it.each(answers)(
    'makes an answer FALSE: once it is TRUE, that is TRUE, or FALSE by another (%#)',
    async ({ event, before }) => {
      const { because } = await rejection(event, before);
      if (because === undefined) throw new Error('no cause');
      const found = await unlessAccepted(rejection(event, before, specWith(because, 'TRUE')));
      expect(found?.because?.text).not.toBe(because.text);
    },
  );
});

async function unlessAccepted(rejected: Promise<Rejection>): Promise<Rejection | undefined> {
  try {
    return await rejected;
  } catch (error) {
    if (error instanceof Error && error.message.endsWith('is accepted')) return undefined;
    throw error;
  }
}
