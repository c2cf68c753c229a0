import { describe, expect, it } from 'vitest';
import type { State } from '../compile/compiled-spec.ts';
import { EvaluationError } from '../values/evaluation-error.ts';
import { explore } from './explore.ts';
import { counters, dieHard, modelOf, notSolved, twoLocks } from './hand-written-models.fixture.ts';

describe('a breadth-first search', () => {
  it('counts as TLC does', () => {
    expect(explore(counters(5))).toEqual({ outcome: 'complete', generated: 51, distinct: 25, depth: 9 });
    expect(explore(dieHard())).toEqual({ outcome: 'complete', generated: 97, distinct: 16, depth: 8 });
  });

  it('finds a shortest counterexample', () => {
    const report = explore(dieHard({ invariants: [notSolved] }));
    expect(report.outcome).toBe('violated');
    if (report.outcome !== 'violated') return;
    const violation = report.violations[0];
    expect(violation?.kind === 'invariant' && violation.name).toBe('NotSolved');
    expect(violation?.path).toEqual([
      [0, 0],
      [0, 5],
      [3, 2],
      [0, 2],
      [2, 0],
      [2, 5],
      [3, 4],
    ]);
    expect(report.ended).toBe('at violation');
  });

  it('finds a deadlock, unless nobody asked', () => {
    expect(explore(twoLocks())).toMatchObject({
      outcome: 'violated',
      violations: [{ kind: 'deadlock', path: [[0, 0], expect.anything(), [1, 1]] }],
    });
    expect(explore(twoLocks({ checkDeadlock: false })).outcome).toBe('complete');
  });

  it('checks an initial state and its predicates', () => {
    const never = { name: 'Never', holds: () => false };
    expect(explore(counters(3, { invariants: [never] }))).toMatchObject({
      outcome: 'violated',
      distinct: 1,
      violations: [{ kind: 'invariant', name: 'Never', path: [[0, 0]] }],
    });
    expect(explore(counters(3, { initialPredicates: [never] }))).toMatchObject({
      violations: [{ kind: 'initial', name: 'Never', path: [[0, 0]] }],
    });
  });

  it('checks each step, also to states that are known', () => {
    const upwards = { name: 'Upwards', holds: (from: State, to: State) => Number(from[0]) <= Number(to[0]) };
    expect(explore(counters(3, { steps: [upwards] }))).toMatchObject({
      outcome: 'violated',
      violations: [
        {
          kind: 'step',
          name: 'Upwards',
          path: [
            [0, 0],
            [1, 0],
            [2, 0],
            [0, 0],
          ],
        },
      ],
    });
  });

  it('goes on after a violation if told', () => {
    const report = explore(dieHard({ invariants: [notSolved] }), { continueAfterViolation: true });
    expect(report).toMatchObject({ outcome: 'violated', ended: 'complete', distinct: 16, generated: 97 });
  });
});

describe('constraints', () => {
  const small = { name: 'Small', holds: (state: State) => Number(state[0]) < 3 };

  it('keep states from being stored and explored, but not from being generated', () => {
    const report = explore(counters(5, { constraints: [small] }));
    expect(report).toEqual({ outcome: 'complete', generated: 31, distinct: 15, depth: 7 });
  });

  it('leave the invariants and steps to be checked', () => {
    const below = { name: 'Below', holds: (state: State) => Number(state[0]) < 3 };
    expect(explore(counters(5, { constraints: [small], invariants: [below] }))).toMatchObject({
      outcome: 'violated',
      violations: [
        {
          kind: 'invariant',
          path: [
            [0, 0],
            [1, 0],
            [2, 0],
            [3, 0],
          ],
        },
      ],
    });
  });

  it('of steps', () => {
    const onlyX = { name: 'OnlyX', holds: (from: State, to: State) => from[1] === to[1] };
    const report = explore(counters(5, { actionConstraints: [onlyX] }));
    expect(report).toEqual({ outcome: 'complete', generated: 11, distinct: 5, depth: 5 });
  });

  it('may leave no state at all', () => {
    const never = { name: 'Never', holds: () => false };
    const report = explore(counters(5, { constraints: [never] }));
    expect(report).toEqual({ outcome: 'complete', generated: 1, distinct: 0, depth: 1 });
  });
});

describe('budgets', () => {
  it('are never a complete search', () => {
    expect(explore(counters(9), { maxStates: 10 })).toMatchObject({ outcome: 'exhausted', budget: 'states' });
    expect(explore(counters(9), { maxDepth: 3 })).toMatchObject({
      outcome: 'exhausted',
      budget: 'depth',
      distinct: 6,
      depth: 3,
    });
    expect(explore(counters(9), { maxMemoryBytes: 1 })).toMatchObject({ budget: 'memory' });
    expect(explore(counters(9), { shouldStop: () => 'time' })).toMatchObject({ budget: 'time' });
    expect(explore(counters(9), { maxStates: 81, maxDepth: 18 }).outcome).toBe('complete');
  });

  it('report progress', () => {
    const queues: number[] = [];
    explore(counters(9), { progressInterval: 20, onProgress: ({ queue }) => queues.push(queue) });
    expect(queues).toHaveLength(4);
  });
});

describe('what cannot be evaluated', () => {
  const refuse = (): never => {
    throw new EvaluationError('RC1853', 'out of the domain');
  };

  it('is reported with the path to it', () => {
    const holds = (state: State) => (state[0] === 2 ? refuse() : true);
    const report = explore(counters(5, { invariants: [{ name: 'Inv', holds }] }));
    expect(report).toMatchObject({
      outcome: 'failed',
      failure: {
        during: { what: 'invariant', name: 'Inv' },
        path: [
          [0, 0],
          [1, 0],
          [2, 0],
        ],
      },
    });
  });

  it('is reported while successors are found', () => {
    const next = (state: State) => (state[0] === 2 ? refuse() : [[Number(state[0]) + 1]]);
    const report = explore(modelOf({ variables: ['x'], initial: [[0]], next }));
    expect(report).toMatchObject({
      outcome: 'failed',
      failure: { during: { what: 'successors' }, error: { code: 'RC1853' }, path: [[0], [1], [2]] },
    });
  });
});

describe('a view', () => {
  it('decides which states are one', () => {
    const view = { name: 'X', value: (state: State) => state[0] ?? 0 };
    const report = explore(counters(5, { view }));
    expect(report).toEqual({ outcome: 'complete', generated: 11, distinct: 5, depth: 5 });
  });
});
