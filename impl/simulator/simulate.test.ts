import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Action } from '../../traces/trace-format.ts';
import type { BugName } from './bugs.ts';
import { FAULTS, type Fault } from './faults.ts';
import { SCENARIOS, type ScenarioName } from './scenarios.ts';
import { type SimulationPlan, type SimulationResult, simulate } from './simulate.ts';

const ALL_FAULTS = new Set(FAULTS);

function drawn(seed: number, events = 1000, faults: ReadonlySet<Fault> = ALL_FAULTS): SimulationPlan {
  return {
    course: { type: 'drawn', servers: 3 + 2 * (seed % 2), seed, events, faults },
    checkInvariants: true,
  };
}

function digestOf(plan: SimulationPlan): string {
  const hash = createHash('sha256');
  simulate({ ...plan, trace: (event) => hash.update(JSON.stringify(event)) });
  return hash.digest('hex');
}

function actionsOf(plan: SimulationPlan): ReadonlyMap<Action, number> {
  const counts = new Map<Action, number>();
  simulate({ ...plan, trace: ({ action }) => counts.set(action, (counts.get(action) ?? 0) + 1) });
  return counts;
}

describe('a simulated run', () => {
  it('is the same, byte for byte, for the same seed, and another for another', () => {
    expect(digestOf(drawn(42))).toBe(digestOf(drawn(42)));
    expect(digestOf(drawn(42))).not.toBe(digestOf(drawn(44)));
  });

  it('has exactly the events that were asked for', () => {
    expect(simulate(drawn(1, 777)).events).toBe(777);
  });

  it('keeps every property over many seeds, and commits in nearly all of them', () => {
    let committing = 0;
    for (let seed = 0; seed < 200; seed += 1) {
      const plan = drawn(seed);
      expect(simulate(plan).violation, `seed ${seed}`).toBeUndefined();
      if (actionsOf(plan).has('AdvanceCommitIndex')) committing += 1;
    }
    expect(committing).toBeGreaterThan(180);
  });

  it('shows every action of the spec and of the environment over a few seeds', () => {
    const seen = new Set<Action>();
    for (let seed = 0; seed < 20; seed += 1)
      for (const action of actionsOf(drawn(seed)).keys()) seen.add(action);
    expect(seen.size).toBe(15);
  });

  it.each([
    ['loss', 'DropMessage'],
    ['duplication', 'DuplicateMessage'],
    ['partition', 'DropMessage'],
    ['one-way-partition', 'DropMessage'],
    ['crash', 'Restart'],
    ['disk-error', 'Restart'],
  ] as const)('shows %s as %s', (fault, action) => {
    const runs = Array.from({ length: 8 }, (_, seed) => actionsOf(drawn(seed, 2000, new Set([fault]))));
    expect(runs.some((actions) => actions.has(action))).toBe(true);
  });

  it('has no fault that was not asked for', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const actions = actionsOf(drawn(seed, 1000, new Set()));
      expect(actions.has('Restart')).toBe(false);
      expect(actions.has('DropMessage')).toBe(false);
      expect(actions.has('DuplicateMessage')).toBe(false);
    }
  });
});

describe('a scenario', () => {
  it.each(Object.keys(SCENARIOS).filter((name): name is ScenarioName => name in SCENARIOS))(
    '%s keeps every property',
    (name) => {
      const result = simulate({ course: { type: 'scenario', name }, checkInvariants: true });
      expect(result.violation).toBeUndefined();
      expect(result.events).toBeGreaterThan(50);
    },
  );

  it('figure-8 overwrites an entry that a majority held', () => {
    const cuts: number[] = [];
    simulate({
      course: { type: 'scenario', name: 'figure-8' },
      checkInvariants: true,
      trace: (event) => {
        if (event.action === 'HandleAppendEntriesRequest' && event.log !== undefined)
          cuts.push(event.log.keep);
      },
    });
    expect(cuts.filter((keep) => keep === 2).length).toBeGreaterThanOrEqual(3);
  });
});

/** Runs until a planted bug violates a property; undefined if none of the seeds shows it. */
function firstViolation(bug: BugName): SimulationResult['violation'] {
  const scenario = simulate({
    course: { type: 'scenario', name: 'figure-8-commit' },
    bug,
    checkInvariants: true,
  });
  if (scenario.violation !== undefined) return scenario.violation;
  for (let seed = 0; seed < 400; seed += 1) {
    const { violation } = simulate({ ...drawn(seed, 1500), bug });
    if (violation !== undefined) return violation;
  }
  return undefined;
}

describe('the properties that are checked while a simulation runs', () => {
  it.each([
    ['commit-old-term', 'CommitsOnlyCurrentTerm'],
    ['vote-not-persisted', 'DurableVoteStays'],
    ['term-not-persisted', 'TermMonotone'],
    ['ack-before-persist', 'AcknowledgedIsDurable'],
    ['stale-append-truncates', 'AcknowledgedIsDurable'],
    ['commit-min-last-log', 'StateMachineSafety'],
    ['no-previous-check', 'LogMatching'],
    ['count-stale-votes', 'ElectedByQuorum'],
    ['match-index-assigned', 'MatchIndexMonotone'],
  ] as const)('see %s as a violation of %s', (bug, property) => {
    expect(firstViolation(bug)?.property).toBe(property);
  });
});
