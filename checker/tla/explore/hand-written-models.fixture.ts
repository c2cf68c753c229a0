import type { State } from '../compile/compiled-spec.ts';
import type { ExploredModel } from './explored-model.ts';

/** A model of which only what matters is said. */
export function modelOf(
  parts: Partial<ExploredModel> &
    Pick<ExploredModel, 'variables'> & {
      initial: readonly State[];
      next: (state: State) => readonly State[];
    },
): ExploredModel {
  const { initial, next, ...rest } = parts;
  return {
    initialStates: (found) => {
      for (const state of initial) found(state);
    },
    successors: (from, found) => {
      for (const state of next(from)) found(state);
    },
    invariants: [],
    steps: [],
    constraints: [],
    actionConstraints: [],
    checkDeadlock: false,
    ...rest,
  };
}

function numberAt(state: State, variable: number): number {
  const value = state[variable];
  if (typeof value !== 'number') throw new TypeError('not a number');
  return value;
}

/** Two counters that count round. */
export function counters(modulus: number, parts: Partial<ExploredModel> = {}): ExploredModel {
  return modelOf({
    variables: ['x', 'y'],
    initial: [[0, 0]],
    next: (state) => {
      const [x, y] = [numberAt(state, 0), numberAt(state, 1)];
      return [
        [(x + 1) % modulus, y],
        [x, (y + 1) % modulus],
      ];
    },
    ...parts,
  });
}

/** Jugs of 3 and 5 gallons, of which one is to hold 4. */
export function dieHard(parts: Partial<ExploredModel> = {}): ExploredModel {
  return modelOf({
    variables: ['small', 'big'],
    initial: [[0, 0]],
    next: (state) => {
      const [small, big] = [numberAt(state, 0), numberAt(state, 1)];
      const toBig = Math.min(small, 5 - big);
      const toSmall = Math.min(big, 3 - small);
      return [
        [3, big],
        [small, 5],
        [0, big],
        [small, 0],
        [small - toBig, big + toBig],
        [small + toSmall, big - toSmall],
      ];
    },
    ...parts,
  });
}

export const notSolved = { name: 'NotSolved', holds: (state: State) => state[1] !== 4 };

/** Two processes that take two locks, each in another order. */
export function twoLocks(parts: Partial<ExploredModel> = {}): ExploredModel {
  // Of each process: 0 holds nothing, 1 holds its first lock, 2 holds both.
  return modelOf({
    variables: ['p', 'q'],
    initial: [[0, 0]],
    next: (state) => {
      const [p, q] = [numberAt(state, 0), numberAt(state, 1)];
      const successors: State[] = [];
      if (p === 0 && q < 2) successors.push([1, q]);
      if (p === 1 && q === 0) successors.push([2, q]);
      if (p === 2) successors.push([0, q]);
      if (q === 0 && p < 2) successors.push([p, 1]);
      if (q === 1 && p === 0) successors.push([p, 2]);
      if (q === 2) successors.push([p, 0]);
      return successors;
    },
    checkDeadlock: true,
    ...parts,
  });
}
