import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findRecordings } from '../../traces/recording-source.ts';
import { type ExplainResult, explainLine } from './explain-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'raftcheck-ids-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER = {
  format: 'raftcheck-trace',
  version: 1,
  protocol: 'raft',
  run: 'twins',
  servers: ['s1', 's2'],
  features: [],
  observed: ['currentTerm', 'votedFor', 'log', 'role', 'commitIndex'],
};

let runs = 0;

/** The second line is the first of these events. */
async function explain(
  events: readonly object[],
  line: number,
  voters = ['s1', 's2'],
): Promise<ExplainResult> {
  runs += 1;
  const path = join(folder, `run-${runs}.ndjson`);
  const header = { ...HEADER, configuration: { voters } };
  writeFileSync(path, [header, ...events].map((each) => `${JSON.stringify(each)}\n`).join(''));
  const [source] = await findRecordings([path]);
  if (source === undefined) throw new Error('no run');
  return explainLine(source, { line });
}

function promised({ before }: ExplainResult): readonly (readonly string[])[] {
  return before?.pending.map((write) => write.promised) ?? [];
}

function inFlight({ inFlight: shown }: ExplainResult): readonly (string | null)[] {
  return shown?.messages.map(({ id }) => id) ?? [];
}

const request = (id: string) => ({
  id,
  type: 'RequestVoteRequest',
  from: 's1',
  to: 's2',
  term: 1,
  lastLogIndex: 0,
  lastLogTerm: 0,
});
const vote = (id: string) => ({
  id,
  type: 'RequestVoteResponse',
  from: 's2',
  to: 's1',
  term: 1,
  voteGranted: true,
});
const timeout = (seq: number) => ({
  server: 's1',
  seq,
  action: 'Timeout',
  state: { currentTerm: 1, votedFor: 's1', role: 'candidate' },
});
const ask = (seq: number) => ({
  server: 's1',
  seq,
  action: 'RequestVote',
  sends: [request(`s1:${seq}.0`)],
});
const persist = (server: string, seq: number, releases: readonly string[]) => ({
  server,
  seq,
  action: 'Persist',
  args: { writes: 1 },
  ...(releases.length === 0 ? {} : { releases }),
});
const grant = (seq: number, id: string, state?: object) => ({
  server: 's2',
  seq,
  action: 'HandleRequestVoteRequest',
  message: request(id),
  sends: [vote(`s2:${seq}.0`)],
  ...(state === undefined ? {} : { state }),
});

const entry = (command: string) => ({ term: 1, command });
const client = (seq: number, keep: number, command: string) => ({
  server: 's1',
  seq,
  action: 'ClientRequest',
  args: { command },
  log: { keep, append: [entry(command)] },
});
const entries = (seq: number, prev: number, commands: readonly string[]) => ({
  id: `s1:${seq}.0`,
  type: 'AppendEntriesRequest',
  from: 's1',
  to: 's2',
  term: 1,
  prevLogIndex: prev,
  prevLogTerm: Math.min(prev, 1),
  entries: commands.map(entry),
  leaderCommit: 0,
});
const send = (seq: number, prev: number, commands: readonly string[]) => ({
  server: 's1',
  seq,
  action: 'AppendEntries',
  sends: [entries(seq, prev, commands)],
});
const take = (
  seq: number,
  message: ReturnType<typeof entries>,
  matchIndex: number,
  changes: object = {},
) => ({
  server: 's2',
  seq,
  action: 'HandleAppendEntriesRequest',
  message,
  sends: [
    {
      id: `s2:${seq}.0`,
      type: 'AppendEntriesResponse',
      from: 's2',
      to: 's1',
      term: 1,
      success: true,
      matchIndex,
    },
  ],
  ...changes,
});

/** s2 acknowledges index 1, which leaves; then index 2, and with a heartbeat index 1 again: both wait for one write. */
const acknowledged = [
  timeout(1),
  persist('s1', 2, []),
  { server: 's1', seq: 3, action: 'BecomeLeader', state: { role: 'leader' } },
  client(4, 0, 'a'),
  client(5, 1, 'b'),
  send(6, 0, ['a']),
  send(7, 1, ['b']),
  send(8, 1, []),
  take(1, entries(6, 0, ['a']), 1, { state: { currentTerm: 1 }, log: { keep: 0, append: [entry('a')] } }),
  persist('s2', 2, ['s2:1.0']),
  take(3, entries(7, 1, ['b']), 2, { log: { keep: 1, append: [entry('b')] } }),
  take(4, entries(8, 1, []), 1),
];

const VOTED = { currentTerm: 1, votedFor: 's1' };

describe('the ids that an explanation has for the messages before an event', () => {
  it('names the message whose last copy the event itself receives', async () => {
    const events = [timeout(1), persist('s1', 2, []), ask(3), grant(1, 's1:3.0', VOTED)];
    const explained = await explain(events, 5);
    expect(explained.verdict).toBe('accepted');
    expect(inFlight(explained)).toEqual(['s1:3.0']);
  });

  const twins = [
    timeout(1),
    ask(2),
    ask(3),
    ask(4),
    persist('s1', 5, ['s1:2.0', 's1:3.0', 's1:4.0']),
    grant(1, 's1:2.0', VOTED),
    grant(2, 's1:4.0'),
  ];

  it.each([
    { line: 4, waiting: [['s1:2.0']] },
    { line: 5, waiting: [['s1:2.0', 's1:3.0']] },
    { line: 6, waiting: [['s1:2.0', 's1:3.0', 's1:4.0']] },
    { line: 8, waiting: [['s2:1.0']] },
  ])('tells equal messages that wait apart, without the one it creates: line $line', async (each) => {
    expect(promised(await explain(twins, each.line))).toEqual(each.waiting);
  });

  it('has its own message among those that wait after it', async () => {
    const { changes } = await explain(twins, 4);
    expect(changes?.find(({ variable }) => variable === 'pending')).toMatchObject({
      before: [{ promised: ['s1:2.0'] }],
      after: [{ promised: ['s1:2.0', 's1:3.0'] }],
    });
  });

  it('lists each of several equal messages in flight', async () => {
    expect(inFlight(await explain(twins, 8))).toEqual(['s1:4.0', 's1:3.0']);
  });

  it('knows which of several equal messages was lost in a crash', async () => {
    const crash = {
      server: 's1',
      seq: 3,
      action: 'Restart',
      args: { writes: 0, length: 0, commitIndex: 0 },
      state: { currentTerm: 0, votedFor: null, role: 'follower', commitIndex: 0 },
      log: { keep: 0, append: [] },
    };
    const events = [
      timeout(1),
      ask(2),
      crash,
      timeout(4),
      ask(5),
      ask(6),
      persist('s1', 7, ['s1:5.0', 's1:6.0']),
      grant(1, 's1:5.0', VOTED),
    ];
    expect(promised(await explain(events, 8))).toEqual([['s1:5.0', 's1:6.0']]);
    expect(inFlight(await explain(events, 9))).toEqual(['s1:6.0', 's1:5.0']);
  });

  it.each([
    { releases: ['s2:3.0'], expected: ['s2:3.0', 's2:4.0'], fields: ['1'] },
    { releases: ['s2:4.0'], expected: ['s2:4.0', 's2:3.0'], fields: ['1'] },
  ])('expects the messages that wait, not equal ones that left: $releases', async ({ releases, ...each }) => {
    const explained = await explain([...acknowledged, persist('s2', 5, releases)], 14, ['s1']);
    expect(promised(explained)).toEqual([['s2:3.0', 's2:4.0']]);
    expect(explained.differences).toEqual([{ variable: 'releases', ...each, recorded: releases }]);
  });

  it('names a message that is received again', async () => {
    const events = [
      timeout(1),
      persist('s1', 2, []),
      ask(3),
      grant(1, 's1:3.0', VOTED),
      persist('s2', 2, ['s2:1.0']),
      grant(3, 's1:3.0', { currentTerm: 3 }),
    ];
    const { rejection } = await explain(events, 7);
    expect(rejection).toMatchObject({
      code: 'RC3202',
      enabled: expect.arrayContaining(['HandleRequestVoteRequest(s2, s1:3.0)']),
    });
  });
});
