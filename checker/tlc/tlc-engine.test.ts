import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Header, InitialState, TraceEvent } from '../../traces/trace-format.ts';
import { packageRoot } from '../package-root.ts';
import type { ClusterState } from '../replay/cluster-state.ts';
import {
  BORDER,
  ENTRIES,
  ENTRY,
  HEADER,
  recordedEvents,
  STORY,
  SUCCESS,
  VOTE,
} from './recorded-run.fixture.ts';
import { tlcForTests } from './tlc.fixture.ts';
import { checkAllWithTlc, checkWithTlc, type TlcCheckOptions } from './tlc-engine.ts';

const jar = tlcForTests() ?? { path: '' };
const SPEC_FOLDER = join(packageRoot(), 'spec', 'raft');

/** The story with one event replaced, dropped or put in: what is spliced in at a position. */
function edited(position: number, removed: number, ...inserted: TraceEvent[]): TraceEvent[] {
  return STORY.toSpliced(position, removed, ...inserted);
}

/** The story with other values in the fields of one event. */
function changed(position: number, fields: object): TraceEvent[] {
  return STORY.map((event, index) => (index === position ? { ...event, ...fields } : event));
}

/** The story with another content in a message, both where it is sent and where it is received. */
function altered(id: string, fields: object): TraceEvent[] {
  const alter = (message: { id: string }) => (message.id === id ? { ...message, ...fields } : message);
  const text = JSON.stringify(STORY, (_key, value) =>
    typeof value === 'object' && value !== null && 'id' in value ? alter(value) : value,
  );
  return JSON.parse(text);
}

const NEW_LEADER = { role: 'leader', votesGranted: [], nextIndex: { s2: 2, s3: 1 } };

/** Name, trace, the position that must be named; undefined if the spec allows it. */
type Case = readonly [name: string, trace: readonly TraceEvent[], position: number | undefined];

const CASES: readonly Case[] = [
  ['the story itself', STORY, undefined],
  ['a prefix of it', STORY.slice(0, 7), undefined],
  ['a request that waits for ever', STORY.slice(0, 2), undefined],
  ['a recorded loss', edited(4, 0, { action: 'DropMessage', args: { id: 's1:4.0' } }), undefined],
  ['a recorded duplicate', edited(12, 0, { action: 'DuplicateMessage', args: { id: 's2:3.0' } }), undefined],
  ['the loss of what nobody sent', edited(4, 0, { action: 'DropMessage', args: { id: 's3:1.0' } }), 4],
  ['a term that jumps', changed(0, { state: { currentTerm: 2, votedFor: 's1', role: 'candidate' } }), 0],
  ['a role that is not mentioned', changed(0, { state: { currentTerm: 1, votedFor: 's1' } }), 0],
  ['a Persist of more writes than there are', changed(2, { args: { writes: 2 } }), 2],
  ['a Persist that releases nothing', changed(2, { releases: undefined }), 2],
  ['a vote for another', changed(4, { state: { currentTerm: 1, votedFor: 's3' } }), 4],
  ['a vote that was not durable when it left', edited(5, 1), 5],
  ['a refusal where the spec grants', altered(VOTE.id, { voteGranted: false }), 4],
  ['a vote that is not counted', changed(6, { state: {} }), 6],
  ['an election without votes', edited(6, 1), 6],
  ['a leader that starts from another index', changed(7, { state: NEW_LEADER }), 7],
  ['another command than was asked for', changed(8, { args: { command: 'x=2' } }), 8],
  ['an entry that the leader does not have', altered(ENTRIES.id, { entries: [{ ...ENTRY, term: 2 }] }), 9],
  ['a request beyond the end of the log', altered(ENTRIES.id, { prevLogIndex: 2147483647 }), 9],
  ['nextIndex beyond the end of the log', changed(9, { state: { nextIndex: { s2: 3, s3: 1 } } }), 9],
  ['nextIndex without a peer', changed(9, { state: { nextIndex: { s3: 1 } } }), 9],
  ['a log that keeps more than it had', changed(10, { log: { keep: 1, append: [ENTRY] } }), 10],
  ['a success for more than was sent', altered(SUCCESS.id, { matchIndex: 2 }), 10],
  ['another entry in the log', changed(10, { log: { keep: 0, append: [{ ...ENTRY, command: 'x=2' }] } }), 10],
  ['a matchIndex that nobody acknowledged', changed(12, { state: { matchIndex: { s2: 1, s3: 1 } } }), 12],
  ['a commit before the own disk has the entry', edited(14, 1), 14],
  ['a commit before anybody else has the entry', edited(12, 2), 13],
  ['a commitIndex beyond the log', changed(15, { state: { commitIndex: 2 } }), 15],
  ['a second term for one leader', changed(16, { state: { currentTerm: 2 } }), 16],
  ['a follower that does not take commitIndex', changed(17, { state: {} }), 17],
  ['a restart that invents an entry', changed(18, { args: { writes: 0, length: 2 } }), 18],
];

/** A server's state at the border, as a header tells it. */
function startOf(server: string): InitialState | undefined {
  const state = BORDER.servers[server];
  if (state === undefined) return undefined;
  const { disk: _disk, pending: _pending, ...told } = state;
  return told;
}

/** An event as somebody records it who sees neither votes nor what a leader knows of followers. */
function withoutHidden(event: TraceEvent): TraceEvent {
  if (!('server' in event) || event.state === undefined) return event;
  const { votedFor: _v, votesGranted: _g, nextIndex: _n, matchIndex: _m, ...state } = event.state;
  return { ...event, state };
}

const EXPECTED = CASES.map(([name, , position]): [string, unknown] => [name, position ?? 'accepted']);

/** What TLC says of each case, in one run. */
async function judgeCases(options: Partial<TlcCheckOptions> = {}): Promise<[string, unknown][]> {
  const traces = CASES.map(([, trace]) => ({ header: HEADER, events: recordedEvents(trace) }));
  const verdicts = await checkAllWithTlc(traces, { jar, ...options });
  return CASES.map(([name], index) => {
    const verdict = verdicts[index];
    return [name, verdict?.verdict === 'rejected' ? verdict.rejection.position : verdict?.verdict];
  });
}

/** The line of ShowsState that compares a variable, and nothing in its place. */
function withoutLine(variable: string): [string, string, string] {
  return [variable, `/\\ Shows(e, "${variable}", ${variable}[s], ${variable}'[s])`, ''];
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'raftcheck-engine-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

function check(
  trace: readonly TraceEvent[],
  options: Partial<TlcCheckOptions & { header: Header; borders: readonly ClusterState[] }> = {},
) {
  const { header = HEADER, borders = [], ...rest } = options;
  return checkWithTlc({ header, events: recordedEvents(trace), borders }, { jar, ...rest });
}

describe.skipIf(jar.path === '')('TLC on recorded traces', () => {
  test('accepts what the spec allows and names the first event that it does not', async () => {
    expect(await judgeCases()).toEqual(EXPECTED);
  });

  // A guard of RaftTrace.tla that can be left out without a test noticing might as well not be there.
  test.each([
    ['the state', 'ServerEvent(e) /\\ ShowsState(e)', 'ServerEvent(e)', 'a term that jumps', 'accepted'],
    [...withoutLine('currentTerm'), 'a second term for one leader', 'accepted'],
    [...withoutLine('votedFor'), 'a vote for another', 'accepted'],
    [...withoutLine('role'), 'a role that is not mentioned', 'accepted'],
    [...withoutLine('commitIndex'), 'a follower that does not take commitIndex', 'accepted'],
    [...withoutLine('votesGranted'), 'a vote that is not counted', 'accepted'],
    [...withoutLine('matchIndex'), 'a matchIndex that nobody acknowledged', 'accepted'],
    [
      'nextIndex',
      '/\\ Shows(e, "nextIndex", NextIndexBefore(e), nextIndex\'[s])',
      '',
      'a leader that starts from another index',
      'accepted',
    ],
    ['log', '/\\ ShowsLog(e)', '', 'another entry in the log', 'accepted'],
    [
      'sends',
      'Creates(e, message) == Agrees(',
      'Creates(e, message) == TRUE \\/ Agrees(',
      'a refusal where the spec grants',
      5,
    ],
    [
      'releases',
      '/\\ Agrees(e, "releases"',
      '/\\ TRUE \\/ Agrees(e, "releases"',
      'a Persist that releases nothing',
      'accepted',
    ],
    [
      'messages that wait',
      'IF InFlight(m) THEN DropMessage(m) ELSE UNCHANGED variables',
      'DropMessage(m)',
      'a request that waits for ever',
      'failed',
    ],
    // Without these two TLC meets an expression without a value, and says nothing about any trace.
    [
      'logs kept beyond their end',
      'keep <= Len(before) /\\ after =',
      'after =',
      'a log that keeps more than it had',
      'failed',
    ],
    [
      'numbers out of bounds',
      '/\\ m.prevLogIndex <= LastIndex(log[s])',
      '',
      'a request beyond the end of the log',
      'inconclusive',
    ],
  ])('without RaftTrace.tla comparing %s a test would fail', async (_name, guard, without, name, outcome) => {
    const folder = await temporaryFolder();
    await cp(SPEC_FOLDER, folder, { recursive: true });
    const file = join(folder, 'RaftTrace.tla');
    const text = await readFile(file, 'utf8');
    expect(text.split(guard)).toHaveLength(2);
    await writeFile(file, text.replace(guard, without));
    expect(EXPECTED).not.toContainEqual([name, outcome]);
    expect(await judgeCases({ specFolder: folder, keepFolder: folder })).toContainEqual([name, outcome]);
  });

  test('says which variable differs, and what the spec and the trace say', async () => {
    const { verdict } = await check(changed(10, { log: { keep: 0, append: [{ ...ENTRY, command: 'y' }] } }));
    expect(verdict).toMatchObject({
      verdict: 'rejected',
      rejection: {
        code: 'RC3102',
        file: 'run.ndjson',
        line: 12,
        server: 's2',
        action: 'HandleAppendEntriesRequest',
        variable: 'log',
        expected: { keep: 0, append: [{ term: 1, command: 'x=1' }] },
        recorded: { keep: 0, append: [{ term: 1, command: 'y' }] },
        engine: 'tlc',
      },
    });
  });

  test('looks no further than it is told to', async () => {
    const corrupt = changed(15, { state: { commitIndex: 2 } });
    expect(await check(corrupt, { upTo: 14 })).toMatchObject({ verdict: { verdict: 'accepted' } });
    expect(await check(corrupt, { upTo: 15 })).toMatchObject({ verdict: { verdict: 'rejected' } });
  });

  test('carries what the source cannot see', async () => {
    const header: Header = { ...HEADER, observed: ['role', 'currentTerm', 'log', 'commitIndex'] };
    const seen = STORY.map(withoutHidden);
    expect(await check(seen, { header })).toMatchObject({ verdict: { verdict: 'accepted' } });
    const corrupt = seen.toSpliced(6, 1);
    expect(await check(corrupt, { header })).toMatchObject({ verdict: { rejection: { position: 6 } } });
  });

  test('takes what unrecorded servers say as said', async () => {
    const header: Header = { ...HEADER, unrecorded: ['s2'] };
    const ownView = STORY.filter((event) => 'server' in event && event.server === 's1');
    expect(await check(ownView, { header })).toMatchObject({ verdict: { verdict: 'accepted' } });
  });

  test('starts in mid-life where the header says so', async () => {
    const [s1, s2, s3] = HEADER.servers.map(startOf);
    if (s1 === undefined || s2 === undefined || s3 === undefined) throw new Error('no state');
    const header: Header = {
      ...HEADER,
      initial: { s1, s2, s3 },
    };
    const later = STORY.slice(15, 18);
    expect(await check(later, { header })).toMatchObject({ verdict: { verdict: 'rejected' } });
    const caughtUp = { ...header.initial?.s1, log: [ENTRY], matchIndex: { s2: 1, s3: 0 } };
    const ready: Header = { ...header, initial: { ...header.initial, s1: caughtUp } };
    expect(await check(later, { header: ready })).toMatchObject({ verdict: { verdict: 'accepted' } });
  });
});
