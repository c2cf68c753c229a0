import { beforeAll, describe, expect, test } from 'vitest';
import { loadModule } from '../syntax/load-module.ts';
import { initParser } from '../syntax/parser.ts';
import { named } from '../trace/trace-spec.ts';
import { compileSpec } from './compile-spec.ts';

beforeAll(initParser);

/** How many successors TLC generates from one state: as often as it enumerates an element. */
function successorsOf(action: string, definitions = ''): number {
  const text = `---- MODULE M ----
EXTENDS Integers, FiniteSets
VARIABLE x
${definitions}
Next == ${action}
====
`;
  const { root } = loadModule('M.tla', { sources: new Map([['M.tla', text]]) });
  const spec = compileSpec(root, { values: new Map(), overrides: new Map() });
  let count = 0;
  spec.compileNext(named(root, 'Next'))([0], () => count++);
  return count;
}

const TWICE = '(SUBSET {1}) \\cup {{}}';

describe('an element is taken as often as TLC takes it (the numbers are of TLC 2.18)', () => {
  test.each([
    ['UNION {1..3, 2..5}', 7],
    ['UNION SUBSET {1, 2}', 4],
    ['UNION {i..(i + 3) : i \\in {1, 4}}', 8],
    ['UNION {i..(i + 3) : i \\in {1, 4}} \\ {4}', 6],
    ['UNION {1..0, {1, 2}, {2, 3}}', 4],
    ['UNION {(1..3) \\cup {}, {3}}', 3],
    ['UNION {{1, 2}, {2, 3}}', 3],
    [TWICE, 3],
    [`[1..2 -> ${TWICE}]`, 9],
    [`(${TWICE}) \\X {1}`, 3],
    [`[a : ${TWICE}]`, 3],
    [`{e \\in ${TWICE} : e # {1}}`, 2],
  ])('%s', (set, count) => {
    expect(successorsOf(`\\E e \\in ${set} : x' = 1`)).toBe(count);
    expect(successorsOf(`x' \\in ${set}`)).toBe(count);
  });
});

describe('a set whose elements TLC keeps is taken from as from an explicit one (the numbers are of TLC 2.18)', () => {
  const U = 'UNION {1..3, 2..4}';
  const TAKEN = "(\\E e \\in V : x' = e)";

  test.each([
    ['its size', 'Cardinality(V) = 4', 4],
    ['the size of a product of it', 'Cardinality(V \\X {1}) = 4', 4],
    ['compared', '(V = {9} \\/ TRUE)', 4],
    ['compared with an interval', '(V = 1..3 \\/ TRUE)', 4],
    ['compared with a union', '(V = UNION {1..7} \\/ TRUE)', 4],
    ['compared in a record', '([a |-> V] = [a |-> {}] \\/ TRUE)', 4],
    ['a product compared with another', '(V \\X {1} = V \\X {2} \\/ TRUE)', 4],
    ['its functions compared', '([V -> {1}] = [{1} -> {1}] \\/ TRUE)', 4],
    ['its subsets compared', '(SUBSET V = {{}} \\/ TRUE)', 4],
    ['something is compared with it', '({9} = V \\/ TRUE)', 6],
    ['an interval is compared with it', '(1..3 = V \\/ TRUE)', 6],
    ['a product compared with a set', '(V \\X {1} = {} \\/ TRUE)', 6],
    ['looked for in a set', '(V \\in {{9}} \\/ TRUE)', 6],
    ['a subset', '(V \\subseteq {9} \\/ TRUE)', 6],
    ['CHOOSE', '(CHOOSE v \\in V : TRUE) = 1', 6],
    ['finite', 'IsFiniteSet(V)', 6],
  ])('%s', (_what, condition, count) => {
    const conjuncts = `${condition} /\\ ${TAKEN}`;
    expect(successorsOf(`\\E V \\in {${U}} : ${conjuncts}`)).toBe(count);
    expect(successorsOf(`Op(${U})`, `Op(V) == ${conjuncts}`)).toBe(count);
    expect(successorsOf(conjuncts, `V == ${U}`)).toBe(count);
    // A LET of an action is computed anew for each use.
    expect(successorsOf(`LET V == ${U} IN ${conjuncts}`)).toBe(6);
  });

  test.each([
    [
      'a LET of a value is computed once',
      `\\E e \\in (LET V == ${U} IN IF Cardinality(V) = 4 THEN V ELSE {}) : x' = e`,
      4,
    ],
    [
      'a set made in a LET, of one made there',
      `LET V == ${TWICE} W == [1..2 -> V] IN Cardinality(W) = 4 /\\ \\E e \\in W : x' = 1`,
      9,
    ],
    ['the first set in a set: TLC compares the others with it', `\\E V \\in {${U}, {}} : ${TAKEN}`, 6],
    ['a later set in a set', `\\E V \\in {{}, ${U}} : ${TAKEN}`, 4],
  ])('%s', (_what, action, count) => {
    expect(successorsOf(action)).toBe(count);
  });

  test('an argument that says nothing of the state is computed anew for each step', () => {
    const definitions = "Op(V) == (\\E e \\in V : x' = e) /\\ Cardinality(V) = 4";
    expect(successorsOf(`Op(${U}) \\/ Op(${U})`, definitions)).toBe(12);
  });
});
