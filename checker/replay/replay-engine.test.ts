import { describe, expect, it } from 'vitest';
import type { Header, TraceEvent } from '../../traces/trace-format.ts';
import {
  BORDER,
  ENTRIES,
  ENTRY,
  HEADER,
  recordedEvents,
  STORY,
  SUCCESS,
} from '../tlc/recorded-run.fixture.ts';
import type { Rejection } from '../verdict.ts';
import { CONJUNCTS, type ConjunctLabel } from './conjuncts.ts';
import { COVERED_GUARDS } from './properties-table.ts';
import { changed, REJECTION_CASES } from './rejection-cases.fixture.ts';
import { ReplayEngine } from './replay-engine.ts';

function rejectionOf(events: readonly TraceEvent[], header: Header = HEADER): Rejection | undefined {
  const engine = new ReplayEngine(header);
  for (const recorded of recordedEvents(events)) {
    const rejection = engine.step(recorded);
    if (rejection !== undefined) return rejection;
  }
  return undefined;
}

describe('the replay engine', () => {
  it('accepts a run with an election, a commit and a crash', () => {
    expect(rejectionOf(STORY)).toBeUndefined();
  });

  it.each(REJECTION_CASES)('rejects: $name', ({ events, header, at, code, conjunct }) => {
    expect(rejectionOf(events, header)).toMatchObject({
      code,
      position: at,
      line: at + 2,
      action: events[at]?.action,
      conjunct: CONJUNCTS[conjunct],
    });
  });

  it("says where the header's feature is why no write is pending", () => {
    const atomic: Header = { ...HEADER, features: ['atomicPersistence'] };
    const reason = "pending: by the header's feature atomicPersistence";
    expect(rejectionOf(STORY, atomic)?.message).toContain(`none are ${reason}`);
    const restarted = STORY.filter(({ action }) => action === 'Timeout' || action === 'Restart');
    const [timeout, restart] = restarted;
    if (timeout === undefined || restart?.action !== 'Restart') throw new Error('the story has changed');
    const survived = [timeout, { ...restart, args: { writes: 1, length: 0 } }];
    expect(rejectionOf(survived, atomic)?.message).toContain(`none were ${reason}`);
    expect(rejectionOf(changed(11, { args: { writes: 2 } }))?.message).toBe(
      's2 completes 2 writes, and 1 is pending',
    );
    expect(
      rejectionOf(STORY.toSpliced(12, 0, { server: 's2', seq: 5, action: 'Persist', args: { writes: 1 } })),
    ).toMatchObject({ message: 's2 completes 1 write, and 0 are pending', allowed: 'no Persist here' });
    expect(rejectionOf(changed(11, { args: { writes: 2 } }))?.allowed).toBe('1 write');
  });

  it('covers each guard that a property of the spec rests on', () => {
    const covered = new Set<ConjunctLabel>(REJECTION_CASES.map(({ conjunct }) => conjunct));
    expect(COVERED_GUARDS.filter((label) => !covered.has(label))).toEqual([]);
  });

  it('gives the whole state between two events', () => {
    const engine = new ReplayEngine(HEADER);
    for (const recorded of recordedEvents(STORY.slice(0, BORDER.position))) engine.step(recorded);
    expect(engine.border()).toEqual(BORDER);
  });

  it('does not compare what was not observed, and carries it all the same', () => {
    const header = { ...HEADER, observed: HEADER.observed.filter((variable) => variable !== 'log') };
    const without = STORY.map(
      (event): TraceEvent => JSON.parse(JSON.stringify({ ...event, log: undefined })),
    );
    expect(rejectionOf(without, header)).toBeUndefined();
    expect(rejectionOf(without)).toMatchObject({ code: 'RC2028', position: 8 });
  });

  it('does not compare nextIndex after an event that hides it, until the next election', () => {
    const hidden = changed(9, { state: undefined, unobserved: ['nextIndex'] });
    expect(rejectionOf(hidden)).toBeUndefined();
    expect(rejectionOf(changed(9, { state: undefined }))).toMatchObject({ position: 12, code: 'RC2009' });
  });

  it('says that a request with prevLogIndex 0 fits every log, whatever its prevLogTerm', () => {
    const header: Header = { ...HEADER, unrecorded: ['s1'], features: ['atomicPersistence'] };
    const refused: TraceEvent = {
      server: 's2',
      seq: 1,
      action: 'HandleAppendEntriesRequest',
      message: { ...ENTRIES, prevLogIndex: 0, prevLogTerm: 7 },
      sends: [{ ...SUCCESS, id: 's2:1.0', success: false }],
    };
    expect(rejectionOf([refused], header)).toMatchObject({
      variable: 'sends[0].success',
      allowed: 'to accept: prevLogIndex 0 is before the first entry, and always matches',
    });
  });

  it('lets a server in mid-life start with what it is told', () => {
    const events: readonly TraceEvent[] = [
      {
        server: 's2',
        seq: 40,
        action: 'HandleAppendEntriesRequest',
        message: { ...ENTRIES, id: 's1:7.0' },
        sends: [{ ...SUCCESS, id: 's2:40.0' }],
        log: { keep: 0, append: [ENTRY] },
      },
    ];
    expect(rejectionOf(events, { ...HEADER, initial: { s2: { currentTerm: 1, log: [] } } })).toBeUndefined();
    expect(rejectionOf(events)).toMatchObject({ variable: 'currentTerm', expected: 1 });
  });
});
