import { describe, expect, it, test } from 'vitest';
import { BUGS, type BugName } from '../../impl/simulator/bugs.ts';
import { FAULTS } from '../../impl/simulator/faults.ts';
import { headerOf, type SimulationPlan, simulate } from '../../impl/simulator/simulate.ts';
import type { RecordedEvent } from '../../traces/recording.ts';
import type { Action, Header } from '../../traces/trace-format.ts';
import { ReplayEngine } from '../replay/replay-engine.ts';
import { tlcForTests } from '../tlc/tlc.fixture.ts';
import { checkAllWithTlc } from '../tlc/tlc-engine.ts';
import type { Rejection } from '../verdict.ts';

const jar = tlcForTests();
const TLC_TIMEOUT_MS = 240_000;

interface RejectedRun {
  readonly header: Header;
  /** Up to the event that replay rejects. */
  readonly events: readonly RecordedEvent[];
  readonly rejection: Rejection;
}

function rejectedRun(plan: SimulationPlan): RejectedRun | undefined {
  const header = headerOf(plan, '0.0.0');
  const engine = new ReplayEngine(header);
  const events: RecordedEvent[] = [];
  let rejection: Rejection | undefined;
  simulate({
    ...plan,
    trace: (event) => {
      if (rejection !== undefined) return;
      const position = events.length;
      // The simulator records each loss and each copy, so nothing is received that was not sent.
      const origin = 'message' in event ? 'sent' : 'none';
      const recorded: RecordedEvent = { event, position, file: 'run', line: position + 2, origin };
      events.push(recorded);
      rejection = engine.step(recorded);
    },
  });
  return rejection === undefined ? undefined : { header, events, rejection };
}

/** The first run, by seed, that shows the bug. */
function firstRejectedRun(bug: BugName): RejectedRun {
  for (let seed = 0; seed < 200; seed += 1) {
    const run = rejectedRun({
      course: { type: 'drawn', servers: 3, seed, events: 1500, faults: new Set(FAULTS) },
      checkInvariants: false,
      bug,
    });
    if (run !== undefined) return run;
  }
  throw new Error(`no run shows ${bug}`);
}

/** The action whose guard or effect the bug breaks: it is what a rejection must name. */
const CULPRITS = {
  'commit-old-term': ['AdvanceCommitIndex'],
  'vote-not-persisted': ['Restart'],
  'term-not-persisted': ['Restart'],
  // A message left too early: who receives, loses or copies it notices, or the Persist that should have held it.
  'ack-before-persist': ['HandleAppendEntriesResponse', 'DropMessage', 'DuplicateMessage', 'Persist'],
  'stale-append-truncates': ['HandleAppendEntriesRequest'],
  'commit-min-last-log': ['HandleAppendEntriesRequest'],
  'no-previous-check': ['HandleAppendEntriesRequest'],
  'count-stale-votes': ['HandleRequestVoteResponse'],
  'match-index-assigned': ['HandleAppendEntriesResponse'],
} as const satisfies Record<BugName, readonly Action[]>;

describe('a planted bug is named', () => {
  const names = Object.keys(BUGS).filter((name): name is BugName => name in BUGS);

  it.each(names)('%s: by the action that it bends', (bug) => {
    expect(CULPRITS[bug]).toContain(firstRejectedRun(bug).rejection.action);
  });

  it.each(names)('%s: by the run of its own seed, which violates a property too', (bug) => {
    const plan: SimulationPlan = {
      course: { type: 'drawn', servers: 3, seed: BUGS[bug].seed, events: 2000, faults: new Set(FAULTS) },
      checkInvariants: true,
      bug,
    };
    expect(simulate(plan).violation).toBeDefined();
    expect(CULPRITS[bug]).toContain(rejectedRun(plan)?.rejection.action);
  });

  it.each(names)('%s: by the trace of a run that ends because of it', (bug) => {
    let violated = 0;
    for (let seed = 1; seed <= 25; seed += 1) {
      const plan: SimulationPlan = {
        course: { type: 'drawn', servers: 3, seed, events: 2000, faults: new Set(FAULTS) },
        checkInvariants: true,
        bug,
      };
      if (simulate(plan).violation === undefined) continue;
      violated += 1;
      expect(rejectedRun(plan), `seed ${seed}`).toBeDefined();
    }
    if (bug === 'ack-before-persist') expect(violated).toBe(25);
  });

  test.skipIf(jar === undefined)('each: by TLC at the same event', { timeout: TLC_TIMEOUT_MS }, async () => {
    if (jar === undefined) return;
    const runs = names.map(firstRejectedRun);
    const verdicts = await checkAllWithTlc(runs, { jar });
    expect(verdicts).toMatchObject(
      runs.map(({ rejection: { position, action } }) => ({
        verdict: 'rejected',
        rejection: { position, action },
      })),
    );
  });
});
