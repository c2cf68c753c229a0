import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CORPUS_FOLDER } from '../../traces/corpus-manifest.ts';
import { openRecording } from '../../traces/open-recording.ts';
import { findRecordings } from '../../traces/recording-source.ts';
import type { Header, Server, TraceEvent } from '../../traces/trace-format.ts';
import { replay } from '../replay/replay.ts';
import { checkWithNative } from '../tla/trace/native-engine.ts';
import { HEADER, recordedEvents, STORY, VOTE_REQUEST } from '../tlc/recorded-run.fixture.ts';
import { tlcForTests } from '../tlc/tlc.fixture.ts';
import { checkAllWithTlc } from '../tlc/tlc-engine.ts';
import type { EngineVerdict } from '../verdict.ts';

const jar = tlcForTests();
const folder = mkdtempSync(join(tmpdir(), 'raftcheck-hidden-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Indexes = Readonly<Record<Server, number>>;

/** The events, and what the one at this position says of nextIndex. */
function showing(events: readonly TraceEvent[], at: number, nextIndex: Indexes): TraceEvent[] {
  return events.map((event, index): TraceEvent => {
    if (index !== at || !('server' in event)) return event;
    return { ...event, state: { ...event.state, nextIndex } };
  });
}

/** The events, and those at these positions say nothing of nextIndex. */
function hiding(events: readonly TraceEvent[], ...positions: readonly number[]): TraceEvent[] {
  return events.map((event, index): TraceEvent => {
    if (!positions.includes(index) || !('server' in event)) return event;
    const { nextIndex: _hidden, ...state } = event.state ?? {};
    return { ...event, state, unobserved: ['nextIndex'] };
  });
}

/** The position that an engine rejects, or its verdict. */
function said(verdict: EngineVerdict): unknown {
  return verdict.verdict === 'rejected' ? verdict.rejection.position : verdict.verdict;
}

async function byReplayAndNative(name: string, header: Header, events: readonly TraceEvent[]) {
  const file = join(folder, `${name}.ndjson`);
  writeFileSync(file, `${[header, ...events].map((line) => JSON.stringify(line)).join('\n')}\n`);
  const [source] = await findRecordings([file]);
  if (source === undefined) throw new Error('no run');
  const replayed = await replay(await openRecording(source));
  const native = await checkWithNative(await openRecording(source));
  return [said(replayed.verdict), said(native.verdict)];
}

const OUTVOTED: TraceEvent = {
  server: 's1',
  seq: 9,
  action: 'HandleRequestVoteRequest',
  message: { ...VOTE_REQUEST, id: 's3:1.0', from: 's3', to: 's1', term: 2 },
  sends: [{ id: 's1:9.0', from: 's1', to: 's3', type: 'RequestVoteResponse', term: 2, voteGranted: false }],
  state: { currentTerm: 2, votedFor: null, role: 'follower' },
};

/** Name, events, and what all engines say. At 9 the story's leader moves nextIndex of s2 from 1 to 2; its log ends at 1. */
const CASES: readonly (readonly [name: string, events: readonly TraceEvent[], outcome: unknown])[] = [
  ['hidden for good', hiding(STORY, 9), 'accepted'],
  ['shown again as the largest', showing(hiding(STORY, 9), 16, { s2: 2, s3: 1 }), 'accepted'],
  // The response at 12 raises matchIndex to 1.
  ['shown again before matchIndex rises', showing(hiding(STORY, 9), 12, { s2: 2, s3: 1 }), 'accepted'],
  ['shown as what matches already', showing(hiding(STORY, 9), 12, { s2: 1, s3: 1 }), 12],
  ['shown as 0', showing(hiding(STORY, 9), 15, { s2: 0, s3: 1 }), 15],
  ['shown beyond the log as it was', showing(hiding(STORY, 9), 15, { s2: 3, s3: 1 }), 15],
  ['shown with another value that was never hidden', showing(hiding(STORY, 9), 15, { s2: 2, s3: 2 }), 15],
  ['hidden where nothing moves it', showing(hiding(STORY, 11), 15, { s2: 1, s3: 1 }), 15],
  [
    'shown once, then changed by no action',
    showing(showing(hiding(STORY, 9), 13, { s2: 2, s3: 1 }), 15, { s2: 1, s3: 1 }),
    15,
  ],
  // It may have stayed at 1, which is what a follower's is: so the end of the leadership need not mention it.
  ['hidden at the end of the leadership', [...hiding(STORY.slice(0, 10), 9), OUTVOTED], 'accepted'],
  ['known at the end of the leadership', [...STORY.slice(0, 10), OUTVOTED], 10],
];

const UNRECORDED: Header = { ...HEADER, unrecorded: ['s3'] };

describe('nextIndex that one event hides', () => {
  it.each(CASES)('%s, by replay and native', async (name, events, outcome) => {
    expect(await byReplayAndNative(name, UNRECORDED, events)).toEqual([outcome, outcome]);
  });

  it.skipIf(jar === undefined)('by TLC', async () => {
    const traces = CASES.map(([, events]) => ({ header: UNRECORDED, events: recordedEvents(events) }));
    const verdicts = await checkAllWithTlc(traces, { jar: jar ?? { path: '' } });
    expect(CASES.map(([name], index) => [name, verdicts[index] && said(verdicts[index])])).toEqual(
      CASES.map(([name, , outcome]) => [name, outcome]),
    );
  });

  it('is compared again wherever a recording shows it, and no correct one is rejected for what it hides', async () => {
    const text = readFileSync(join(CORPUS_FOLDER, 'accepted', 'leader-crash.ndjson'), 'utf8');
    const [header, ...events] = text
      .trimEnd()
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    const moving = events.flatMap(({ action, state }, position) =>
      ['AppendEntries', 'HandleAppendEntriesResponse'].includes(action) && state?.nextIndex !== undefined
        ? [position]
        : [],
    );
    expect(moving.length).toBeGreaterThan(5);
    for (const position of moving) {
      const hidden = hiding(events, position);
      expect(await byReplayAndNative(`one-${position}`, header, hidden)).toEqual(['accepted', 'accepted']);
      const shown = moving.find((each) => each > position && events[each].server === events[position].server);
      if (shown === undefined || events[shown].state.role !== undefined) continue;
      const impossible = Object.fromEntries(
        Object.keys(events[shown].state.nextIndex).map((peer) => [peer, 0]),
      );
      const corrupt = showing(hidden, shown, impossible);
      expect(await byReplayAndNative(`bad-${position}`, header, corrupt)).toEqual([shown, shown]);
    }
    expect(await byReplayAndNative('all', header, hiding(events, ...moving))).toEqual([
      'accepted',
      'accepted',
    ]);
  });
});
