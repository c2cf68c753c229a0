import { expect, it } from 'vitest';
import type { Header, TraceEvent } from '../../traces/trace-format.ts';
import { HEADER } from '../tlc/recorded-run.fixture.ts';
import { ReplayEngine } from './replay-engine.ts';

/** In each term another entry in the place of the one before. */
function overwrite(term: number): TraceEvent {
  const entries = [{ term, noop: true }] as const;
  return {
    server: 's1',
    seq: term,
    action: 'HandleAppendEntriesRequest',
    message: {
      id: `s3:${term}.0`,
      from: 's3',
      to: 's1',
      type: 'AppendEntriesRequest',
      term,
      prevLogIndex: 0,
      prevLogTerm: 0,
      entries,
      leaderCommit: 0,
    },
    sends: [
      {
        id: `s1:${term}.0`,
        from: 's1',
        to: 's3',
        type: 'AppendEntriesResponse',
        term,
        success: true,
        matchIndex: 1,
      },
    ],
    state: { currentTerm: term },
    log: { keep: 0, append: entries },
  };
}

it('holds the entries that are in a log, not all that ever were', () => {
  const header: Header = { ...HEADER, unrecorded: ['s3'], features: ['atomicPersistence'] };
  const engine = new ReplayEngine(header);
  let most = 0;
  for (let term = 1; term <= 50_000; term += 1) {
    const recorded = { event: overwrite(term), position: term - 1, file: '-', line: term + 1 };
    expect(engine.step({ ...recorded, origin: 'environment' })).toBeUndefined();
    most = Math.max(most, engine.heldEntries);
  }
  expect(most).toBeLessThanOrEqual(1001);
});
