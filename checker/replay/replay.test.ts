import { describe, expect, it } from 'vitest';
import type { RecordedEvent, Recording } from '../../traces/recording.ts';
import type { Header, TraceEvent } from '../../traces/trace-format.ts';
import { HEADER, recordedEvents, STORY } from '../tlc/recorded-run.fixture.ts';
import { replay } from './replay.ts';

function recordingOf(events: readonly TraceEvent[], header: Header = HEADER): Recording {
  async function* batches(): AsyncGenerator<readonly RecordedEvent[]> {
    for (const recorded of recordedEvents(events)) yield [recorded];
  }
  return { header, events: batches(), ending: () => ({ events: events.length, cutOff: [] }) };
}

describe('a replay', () => {
  it('accepts a run, and tells of each event', async () => {
    const positions: number[] = [];
    const borders: number[] = [];
    const result = await replay(recordingOf(STORY), {
      onEvent: ({ position }, engine) => {
        positions.push(position);
        borders.push(engine.border().position);
      },
    });
    expect(result).toEqual({ verdict: { verdict: 'accepted' }, events: STORY.length });
    expect(positions).toEqual([...STORY.keys()]);
    expect(borders).toEqual(positions.map((position) => position + 1));
  });

  it('rejects a run where an event is missing, with the line and the reason', async () => {
    const { verdict, events } = await replay(recordingOf(STORY.toSpliced(6, 1)));
    expect(events).toBe(6);
    expect(verdict).toMatchObject({
      verdict: 'rejected',
      rejection: {
        file: 'run.ndjson',
        line: 8,
        server: 's1',
        action: 'BecomeLeader',
        engine: 'replay',
        message: 's1 wins term 1 with 1 of 3 votes',
        recorded: ['s1'],
      },
    });
  });

  it('is inconclusive when its time is up, or when it is stopped', async () => {
    const late = await replay(recordingOf(STORY), { budgetMs: 0 });
    expect(late.verdict).toMatchObject({ verdict: 'inconclusive', code: 'RC4001' });
    const stopped = await replay(recordingOf(STORY), { signal: AbortSignal.abort() });
    expect(stopped.verdict).toMatchObject({ verdict: 'inconclusive', code: 'RC4002' });
  });

  it('is inconclusive where a property fails by what the recording assumes', async () => {
    const header: Header = {
      ...HEADER,
      initial: {
        s1: {
          currentTerm: 1,
          votedFor: 's1',
          role: 'leader',
          log: [{ term: 1, noop: true }],
          nextIndex: { s2: 2, s3: 1 },
          matchIndex: { s2: 1, s3: 0 },
        },
        s2: { currentTerm: 1, log: [] },
      },
    };
    const events: readonly TraceEvent[] = [
      { server: 's1', seq: 9, action: 'AdvanceCommitIndex', state: { commitIndex: 1 } },
    ];
    const { verdict } = await replay(recordingOf(events, header));
    expect(verdict).toMatchObject({ verdict: 'inconclusive', code: 'RC4010' });
  });
});
