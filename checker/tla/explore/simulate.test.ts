import { describe, expect, it } from 'vitest';
import type { State } from '../compile/compiled-spec.ts';
import { counters, dieHard, notSolved, twoLocks } from './hand-written-models.fixture.ts';
import { RandomWalkChoices } from './random-walk-choices.ts';
import { simulate } from './simulate.ts';

describe('random walks', () => {
  it('are the same for the same seed', () => {
    const model = dieHard({ invariants: [notSolved] });
    const options = { seed: 7, behaviours: 1000, depth: 50 };
    expect(simulate(model, options)).toEqual(simulate(model, options));
    expect(simulate(model, options)).not.toEqual(simulate(model, { ...options, seed: 8 }));
  });

  it('are counterexamples', () => {
    const model = dieHard({ invariants: [notSolved] });
    const report = simulate(model, { seed: 1, behaviours: 1000, depth: 100 });
    expect(report.outcome).toBe('violated');
    if (report.outcome !== 'violated') return;
    const { path } = report.violation;
    expect(path[0]).toEqual([0, 0]);
    expect(path.at(-1)?.[1]).toBe(4);
    for (let i = 1; i < path.length; i++) expect(successors(path[i - 1] ?? [])).toContainEqual(path[i]);

    function successors(from: State): State[] {
      const found: State[] = [];
      model.successors(from, (to) => found.push(to));
      return found;
    }
  });

  it('come to all that is near', () => {
    const seen = new Set<string>();
    const holds = (state: State) => seen.add(state.join()).size > 0;
    const report = simulate(counters(5, { invariants: [{ name: 'See', holds }] }), {
      seed: 3,
      behaviours: 200,
      depth: 20,
    });
    expect(seen.size).toBe(25);
    expect(report).toEqual({
      outcome: 'finished',
      behaviours: 200,
      longest: 20,
      generated: 1 + 200 * 19 * 2,
    });
  });

  it('find deadlocks and broken steps', () => {
    const options = { seed: 3, behaviours: 200, depth: 20 };
    expect(simulate(twoLocks(), options)).toMatchObject({
      outcome: 'violated',
      violation: { kind: 'deadlock' },
    });
    const upwards = { name: 'Upwards', holds: (from: State, to: State) => Number(from[0]) <= Number(to[0]) };
    expect(simulate(counters(3, { steps: [upwards] }), options)).toMatchObject({
      violation: { kind: 'step', name: 'Upwards' },
    });
  });

  it('stay within the constraints, and stop when told', () => {
    const small = { name: 'Small', holds: (state: State) => Number(state[0]) < 2 };
    const below = { name: 'Below', holds: (state: State) => Number(state[0]) < 3 };
    const options = { seed: 3, behaviours: 50, depth: 20 };
    const model = counters(5, { constraints: [small], invariants: [below] });
    expect(simulate(model, options).outcome).toBe('finished');
    expect(simulate(model, { ...options, shouldStop: () => 'signal' })).toMatchObject({
      outcome: 'exhausted',
      budget: 'signal',
    });
  });
});

describe('the choices of a walk', () => {
  it('are evenly spread', () => {
    const counts = [0, 0, 0];
    const choices = new RandomWalkChoices(42, 0);
    for (let i = 0; i < 3000; i++) {
      const picked = choices.pick([0, 1, 2]) ?? 0;
      counts[picked] = (counts[picked] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
    expect(choices.pick([])).toBeUndefined();
  });
});
