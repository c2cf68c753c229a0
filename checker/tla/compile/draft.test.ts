import { beforeAll, describe, expect, test } from 'vitest';
import { loadModule } from '../syntax/load-module.ts';
import { initParser } from '../syntax/parser.ts';
import { named } from '../trace/trace-spec.ts';
import { format } from '../values/operations.ts';
import { compileSpec } from './compile-spec.ts';

beforeAll(initParser);

const PRELUDE = `EXTENDS Naturals, Sequences
VARIABLES x, y
Set(e) == x' \\in 0..2 /\\ y' = e
Begin(e) == x \\in 0..1 /\\ y = e
Put(p, e) == p = e
Do(A) == A
Ap(F(_), e) == F(e)
Ap2(F(_), e) == Ap(F, e)
RECURSIVE Count(_, _)
Count(n, e) == \\/ x' = n /\\ y' = e
               \\/ n > 0 /\\ Count(n - 1, e)
RECURSIVE Up(_, _)
Up(n, e) == \\/ n > 0 /\\ Up(n - 1, e + 1)
            \\/ x' = n /\\ y' = e
Built(G(_)) == LET h == G(0) IN x \\in 0..1 /\\ y = h
Once == INSTANCE Moved WITH c <- x
Again == INSTANCE Moved WITH c <- Once!By(1)
named == x
later == x'
`;
const MOVED = '---- MODULE Moved ----\nEXTENDS Naturals\nVARIABLE c\nBy(e) == c + e\n====\n';
const INNER = "---- MODULE Inner ----\nVARIABLE c\nA == c' = 1\n====\n";

function moduleOf(formula: string) {
  const sources = new Map([
    ['M.tla', `---- MODULE M ----\n${PRELUDE}F == ${formula}\n====\n`],
    ['Inner', INNER],
    ['Moved', MOVED],
  ]);
  const { root } = loadModule('M.tla', { sources });
  return { formula: named(root, 'F'), spec: compileSpec(root, { values: new Map(), overrides: new Map() }) };
}

function successors(action: string): readonly string[] {
  const { formula, spec } = moduleOf(action);
  const found: string[] = [];
  spec.compileNext(formula)([0, 0], (state) => found.push(state.map(format).join(' ')));
  return found;
}

function initialStates(predicate: string): readonly string[] {
  const { formula, spec } = moduleOf(predicate);
  const found: string[] = [];
  spec.initialStates(formula, (state) => found.push(state.map(format).join(' ')));
  return found;
}

const NO_VALUE_YET = expect.objectContaining({ code: 'RC1870' });

// What TLC finds of each, or that it refuses, was looked up.
describe('what is read from the state that is made', () => {
  test.each([
    ['a name of a LET', "LET n == x' + 1 IN x' \\in 0..2 /\\ y' = n"],
    ['a name of a LET, by way of another', "LET m == x' n == m + 1 IN x' \\in 0..2 /\\ y' = n"],
    ['an operator of a LET', "LET m == x' + 1 n(k) == m IN x' \\in 0..2 /\\ y' = n(0)"],
    ['a function of a LET', "LET f[k \\in 0..1] == x' + k IN x' \\in 0..2 /\\ y' = f[1]"],
    ['an instance of an instance', "LET n == Again!By(0)' IN x' \\in 0..2 /\\ y' = n"],
    ['an argument', "Set(x' + 1)"],
    ['an argument of an operator that is handed on', "Ap2(LAMBDA e : x' \\in 0..2 /\\ y' = e, x' + 1)"],
    ['what is chosen', "LET n == x' + 1 IN x' \\in 0..2 /\\ y' \\in {n}"],
  ])('is read anew in each way: %s', (_what, action) => {
    expect(successors(action)).toEqual(['0 1', '1 2', '2 3']);
  });

  test('by a recursive action, too', () => {
    expect(successors("Count(2, x' + 1)")).toEqual(['2 3', '1 2', '0 1']);
    expect(successors('Up(2, x)')).toEqual(['0 2', '1 1', '2 0']);
  });

  test.each([
    ['a name of a LET', 'LET n == x + 1 IN x \\in 0..1 /\\ y = n'],
    ['an argument', 'Begin(x + 1)'],
    ['an operator that is handed on', 'Built(LAMBDA z : x + z + 1)'],
    ['an operator of a LET that is handed on', 'LET F(z) == x + z + 1 IN Built(F)'],
  ])('is read anew in each initial state: %s', (_what, predicate) => {
    expect(initialStates(predicate)).toEqual(['0 1', '1 2']);
  });

  test('is read anew in each way of what is ENABLED', () => {
    const { formula, spec } = moduleOf("ENABLED (LET n == x' IN x' \\in 0..1 /\\ n = 1 /\\ y' = y)");
    expect(spec.compileState('F', formula).holds([0, 0])).toBe(true);
  });

  test.each([
    "y' = [k \\in 0..1 |-> x' + k] /\\ x' \\in 0..2",
    "y' = {s \\in SUBSET (1..12) : x' \\in s} /\\ x' \\in 0..2",
    "LET f[k \\in 0..1] == x' + k IN y' = f /\\ x' \\in 0..2",
    "LET f[k \\in 0..1] == x' + k IN y' = f /\\ x' = 2",
  ])('is refused where it has no value yet: %s', (action) => {
    expect(() => successors(action)).toThrow(NO_VALUE_YET);
  });
});

describe('a variable by another name', () => {
  test.each([
    ['that of a definition', "named' = 1 /\\ y' = 0"],
    ['that of a LET', "LET v == named IN v' = 1 /\\ y' = 0"],
    ['that of its next value', "later = 1 /\\ y' = 0"],
    ['that of its next value in a LET', "LET v == x' IN v \\in {1} /\\ y' = 0"],
    ['of an instance in a LET', "LET I == INSTANCE Inner WITH c <- named IN I!A /\\ y' = 0"],
    ['by a function that is applied', "[k \\in {1} |-> x' = k][1] /\\ y' = 0"],
    ['by way of two operators', "Ap2(LAMBDA e : x' = e, 1) /\\ y' = 0"],
  ])('is assigned: %s', (_what, action) => {
    expect(successors(action)).toEqual(['1 0']);
  });

  test('stays as it is by the name of a LET', () => {
    expect(successors('LET v == <<x, y>> IN UNCHANGED v')).toEqual(['0 0']);
  });

  test.each(['Put(x, 1) /\\ y = 0', 'Do(x = 1) /\\ Do(y = 0)', 'named = 1 /\\ y = 0'])(
    'is assigned in an initial state: %s',
    (predicate) => {
      expect(initialStates(predicate)).toEqual(['1 0']);
    },
  );
});
