import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExploredModel } from '../explore/explored-model.ts';
import { throughout } from '../explore/in-steps.ts';
import { BehaviourGraph } from './behaviour-graph.ts';
import { findBehaviour } from './find-behaviour.ts';
import type { Lasso } from './lasso.ts';
import {
  type Atom,
  always,
  and,
  eventually,
  type Fairness,
  type Literal,
  literal,
  or,
  type StateAtom,
  type StrongFairness,
  type Temporal,
} from './temporal.ts';

/** A graph of a few states: their steps, and what is true of them. */
interface SmallGraph {
  readonly steps: readonly (readonly number[])[];
  /** For each of the two state atoms, in which states it is true. */
  readonly states: readonly (readonly boolean[])[];
  /** For each of the two step atoms, of which steps it is true; no step from a state to itself among them. */
  readonly taken: readonly (readonly (readonly boolean[])[])[];
}

const MOST_STATES = 4;
const NO_FAIRNESS: Fairness = { recurring: [], strong: [], assumed: [] };
const LIMITS = {};

const bits = (length: number) => fc.array(fc.boolean(), { minLength: length, maxLength: length });

const smallGraph: fc.Arbitrary<SmallGraph> = fc.record({
  steps: fc.array(fc.uniqueArray(fc.nat(MOST_STATES - 1), { maxLength: 3 }), {
    minLength: MOST_STATES,
    maxLength: MOST_STATES,
  }),
  states: fc.array(bits(MOST_STATES), { minLength: 2, maxLength: 2 }),
  taken: fc.array(fc.array(bits(MOST_STATES), { minLength: MOST_STATES, maxLength: MOST_STATES }), {
    minLength: 2,
    maxLength: 2,
  }),
});

function atomsOf({ states, taken }: SmallGraph): readonly Atom[] {
  const ofStates = states.map((holds, index): Atom => {
    const predicate = {
      name: `p${index}`,
      holds: ([state]: readonly unknown[]) => holds[Number(state)] === true,
    };
    return { level: 'state', index, predicate };
  });
  const ofSteps = taken.map((holds, index): Atom => {
    const isTaken = ([from]: readonly unknown[], [to]: readonly unknown[]): boolean =>
      from !== to && holds[Number(from)]?.[Number(to)] === true;
    return { level: 'step', index: states.length + index, predicate: { name: `a${index}`, holds: isTaken } };
  });
  return [...ofStates, ...ofSteps];
}

function modelOf({ steps }: SmallGraph): ExploredModel {
  return {
    variables: ['state'],
    initialStates: (found) => found([0]),
    successors: ([from], found) => {
      for (const to of steps[Number(from)] ?? []) found([to]);
    },
    invariants: [],
    steps: [],
    constraints: [],
    actionConstraints: [],
    checkDeadlock: false,
  };
}

/** Of atoms by their places. */
const literalOf = (atoms: readonly Atom[], place: number, holds: boolean): Literal => {
  const atom = atoms[place];
  if (atom === undefined) throw new RangeError(`no atom ${place}`);
  return { atom, holds };
};

function stateAtomOf(atoms: readonly Atom[], place: number): StateAtom {
  const atom = atoms[place];
  if (atom?.level !== 'state') throw new RangeError(`no atom ${place} about states`);
  return atom;
}

/** A formula with numbers for atoms. A step atom stands under [] or <> only, where to stay as one is changes nothing. */
type Shape =
  | { readonly kind: 'state'; readonly place: number; readonly holds: boolean }
  | { readonly kind: 'steps'; readonly form: 'always' | 'eventually'; readonly place: number }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Shape[] }
  | { readonly kind: 'always' | 'eventually'; readonly operand: Shape };

const { shape } = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: fc.constant('state' as const), place: fc.nat(1), holds: fc.boolean() }),
    fc.record({
      kind: fc.constant('steps' as const),
      form: fc.constantFrom('always' as const, 'eventually' as const),
      place: fc.nat(1),
    }),
    fc.record({ kind: fc.constantFrom('always' as const, 'eventually' as const), operand: tie('shape') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('shape'), { minLength: 1, maxLength: 3 }),
    }),
  ),
}));

function formulaOf(atoms: readonly Atom[], each: Shape): Temporal {
  switch (each.kind) {
    case 'state': {
      const { atom, holds } = literalOf(atoms, each.place, each.holds);
      return literal(atom, holds);
    }
    case 'steps': {
      const { atom } = literalOf(atoms, 2 + each.place, true);
      // [][~a]_v and <><a>_v.
      return each.form === 'always' ? always(literal(atom, false)) : eventually(literal(atom));
    }
    case 'and':
    case 'or': {
      const parts = each.parts.map((part) => formulaOf(atoms, part));
      return each.kind === 'and' ? and(...parts) : or(...parts);
    }
    case 'always':
      return always(formulaOf(atoms, each.operand));
    case 'eventually':
      return eventually(formulaOf(atoms, each.operand));
  }
}

interface FairnessShape {
  readonly weak: readonly { readonly enabled: number; readonly taken: number }[];
  readonly strong: readonly { readonly enabled: number; readonly taken: number }[];
}

const pairs = fc.array(fc.record({ enabled: fc.nat(1), taken: fc.nat(1) }), { maxLength: 2 });
const fairnessShape: fc.Arbitrary<FairnessShape> = fc.record({ weak: pairs, strong: pairs });

function fairnessOf(atoms: readonly Atom[], { weak, strong }: FairnessShape): Fairness {
  return {
    recurring: weak.map(({ enabled, taken }) => [
      literalOf(atoms, enabled, false),
      literalOf(atoms, 2 + taken, true),
    ]),
    strong: strong.map(
      ({ enabled, taken }): StrongFairness => ({
        enabled: stateAtomOf(atoms, enabled),
        taken: literalOf(atoms, 2 + taken, true).atom,
      }),
    ),
    assumed: [],
  };
}

/** A behaviour: numbers of states, and the place that follows the last one. */
interface Word {
  readonly states: readonly number[];
  readonly loopsTo: number;
}

/** Whether a formula is true of a behaviour from a place on: straight from what it means. */
function isTrue(formula: Temporal, word: Word, at: number): boolean {
  switch (formula.kind) {
    case 'literal':
      return holdsAt(formula, word, at);
    case 'and':
      return formula.parts.every((part) => isTrue(part, word, at));
    case 'or':
      return formula.parts.some((part) => isTrue(part, word, at));
    case 'always':
      return placesFrom(word, at).every((later) => isTrue(formula.operand, word, later));
    case 'eventually':
      return placesFrom(word, at).some((later) => isTrue(formula.operand, word, later));
  }
}

const placesFrom = ({ states, loopsTo }: Word, at: number): readonly number[] =>
  [...states.keys()].filter((place) => place >= Math.min(at, loopsTo));

function holdsAt({ atom, holds }: Literal, { states, loopsTo }: Word, at: number): boolean {
  const from = states[at] ?? -1;
  const to = states[at + 1 < states.length ? at + 1 : loopsTo] ?? -1;
  const value = atom.level === 'state' ? atom.predicate.holds([from]) : atom.predicate.holds([from], [to]);
  return value === holds;
}

function isFair({ recurring, strong }: Fairness, word: Word): boolean {
  const cycle = placesFrom(word, word.loopsTo);
  const again = (each: Literal): boolean => cycle.some((at) => holdsAt(each, word, at));
  return (
    recurring.every((literals) => literals.some(again)) &&
    strong.every(
      ({ enabled, taken }) => !again({ atom: enabled, holds: true }) || again({ atom: taken, holds: true }),
    )
  );
}

/** All behaviours of so many places; a state may be followed by itself. */
function* words({ steps }: SmallGraph, most: number): Generator<Word> {
  const open: number[][] = [[0]];
  for (let states = open.pop(); states !== undefined; states = open.pop()) {
    const last = states.at(-1) ?? 0;
    const next = [last, ...(steps[last] ?? [])];
    for (const [loopsTo, state] of states.entries()) if (next.includes(state)) yield { states, loopsTo };
    if (states.length < most) for (const state of new Set(next)) open.push([...states, state]);
  }
}

function wordOf({ path, loopsTo }: Lasso): Word {
  const states = path.map(([state]) => Number(state));
  return { states, loopsTo: loopsTo ?? states.length - 1 };
}

function graphOf(small: SmallGraph, atoms: readonly Atom[]): BehaviourGraph {
  const built = throughout(BehaviourGraph.build(modelOf(small), atoms, LIMITS));
  if (built.outcome !== 'built') throw new Error(built.outcome);
  return built.graph;
}

describe('the search for a behaviour', () => {
  test('finds one exactly where there is one, and what it finds is one', () => {
    let [found, none] = [0, 0];
    fc.assert(
      fc.property(smallGraph, shape, fairnessShape, (small, formulaShape, fair) => {
        const atoms = atomsOf(small);
        const formula = formulaOf(atoms, formulaShape);
        const fairness = fairnessOf(atoms, fair);
        const search = throughout(findBehaviour(graphOf(small, atoms), formula, fairness, LIMITS));
        if (search.outcome === 'found') {
          const word = wordOf(search.lasso);
          expect(isTrue(formula, word, 0) && isFair(fairness, word)).toBe(true);
          expect(isBehaviour(small, word)).toBe(true);
          found += 1;
        } else {
          expect(search.outcome).toBe('none');
          for (const word of words(small, 5))
            expect(isTrue(formula, word, 0) && isFair(fairness, word)).toBe(false);
          none += 1;
        }
      }),
      { numRuns: 1_500, seed: 1 },
    );
    // It shows nothing if there is always one, or never.
    expect(Math.min(found, none)).toBeGreaterThan(200);
  });

  test('takes what is assumed for granted', () => {
    const small: SmallGraph = {
      steps: [[1, 2], [1], [2], []],
      states: [
        [false, true, false, false],
        [false, false, true, false],
      ],
      taken: [],
    };
    const atoms = atomsOf(small);
    const reaches = (place: number) => eventually(always(literal(literalOf(atoms, place, true).atom)));
    const graph = graphOf(small, atoms);
    const fairness = { ...NO_FAIRNESS, assumed: [reaches(0)] };
    expect(throughout(findBehaviour(graph, reaches(1), fairness, LIMITS))).toEqual({ outcome: 'none' });
    const search = throughout(findBehaviour(graph, reaches(0), fairness, LIMITS));
    expect(search).toEqual({ outcome: 'found', lasso: { path: [[0], [1]], loopsTo: null } });
  });

  test('ends where time is up, and says so', () => {
    const small: SmallGraph = { steps: [[1], [0], [], []], states: [[true, true, true, true]], taken: [] };
    const atoms = atomsOf(small);
    const options = { shouldStop: () => 'time' as const };
    expect(throughout(BehaviourGraph.build(modelOf(small), atoms, options))).toEqual({
      outcome: 'exhausted',
      budget: 'time',
    });
    const never = eventually(literal(literalOf(atoms, 0, true).atom, false));
    const search = throughout(findBehaviour(graphOf(small, atoms), never, NO_FAIRNESS, options));
    expect(search).toEqual({ outcome: 'exhausted', budget: 'time' });
  });

  test('ends where memory is too small, and says so', () => {
    const small: SmallGraph = { steps: [[1], [0], [], []], states: [[true, true, true, true]], taken: [] };
    const atoms = atomsOf(small);
    const graph = graphOf(small, atoms);
    const always0 = always(literal(literalOf(atoms, 0, true).atom));
    expect(throughout(findBehaviour(graph, always0, NO_FAIRNESS, { maxMemoryBytes: 1 }))).toEqual({
      outcome: 'exhausted',
      budget: 'memory',
    });
  });
});

function isBehaviour({ steps }: SmallGraph, { states, loopsTo }: Word): boolean {
  return states.every((state, at) => {
    const next = states[at + 1 < states.length ? at + 1 : loopsTo] ?? -1;
    return next === state || steps[state]?.includes(next) === true;
  });
}
