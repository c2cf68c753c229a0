import { beforeAll, describe, expect, test } from 'vitest';
import { loadModule } from '../syntax/load-module.ts';
import { initParser } from '../syntax/parser.ts';
import { named } from '../trace/trace-spec.ts';
import { format } from '../values/operations.ts';
import { compileSpec } from './compile-spec.ts';

beforeAll(initParser);

// TLC finds the same states.
const TEXT = `---- MODULE M ----
EXTENDS Naturals
VARIABLES x, y
---- MODULE Inner ----
EXTENDS Naturals
VARIABLE a
RECURSIVE Put(_, _)
Put(v, n) == IF n = 0 THEN v = a + 1 ELSE Put(v, n - 1)
Step == Put(a', 2)
====
I == INSTANCE Inner WITH a <- y
RECURSIVE Set(_, _), Any(_, _), Both(_, _, _), Swap(_, _, _), Through(_, _), Even(_, _), Odd(_, _)
Set(v, n) == IF n = 0 THEN v = 0 ELSE Set(v, n - 1)
Any(v, n) == n > 0 /\\ (v = n \\/ Any(v, n - 1))
Both(v, w, n) == IF n = 0 THEN v \\in {1, 2} /\\ w = v ELSE Both(v, w, n - 1)
Swap(v, w, n) == IF n = 0 THEN v = 1 /\\ w = 2 ELSE Swap(w, v, n - 1)
Through(v, n) == IF n = 0 THEN v = y + 1 ELSE LET u == v IN Through(u, n - 1)
Even(v, n) == IF n = 0 THEN v \\in {0, 3} ELSE Odd(v, n - 1)
Odd(v, n) == IF n = 0 THEN v = 5 ELSE Even(v, n - 1)
xNext == x'
Do(v) == Set(v, 2)
Init == (Set(x, 1) /\\ Swap(y, x, 2) /\\ FALSE) \\/ Both(x, y, 2)
Deep == Set(x', 3) /\\ y' = y
Ways == Any(xNext, 3) /\\ Set(y', 0)
Pairs == Both(y', x', 1)
Swapped == Swap(x', y', 3)
Named == Through(x', 2) /\\ y' = x'
Called == y' = y /\\ Do(x')
Compared == Do(x') /\\ Even(x', 4) /\\ y' = y
Mutual == Odd(y', 1) /\\ LET z == x' IN Any(z, 2)
Possible == ENABLED Set(x', 1) /\\ y' = 1 /\\ Even(x', 3)
Inside == I!Step /\\ I!Put(x', 1)
====
`;

function compiled() {
  const { root } = loadModule('M.tla', { sources: new Map([['M.tla', TEXT]]) });
  return { root, spec: compileSpec(root, { values: new Map(), overrides: new Map() }) };
}

describe('a recursive action assigns the variable that it is given', () => {
  test('as an initial predicate', () => {
    const { root, spec } = compiled();
    const found: string[] = [];
    spec.initialStates(named(root, 'Init'), (state) => found.push(state.map(format).join(' ')));
    expect(found).toEqual(['1 1', '2 2']);
  });

  test.each([
    ['Deep', ['0 1']],
    ['Ways', ['3 0', '2 0', '1 0']],
    ['Pairs', ['1 1', '2 2']],
    ['Swapped', ['2 1']],
    ['Named', ['2 2']],
    ['Called', ['0 1']],
    ['Compared', ['0 1']],
    ['Mutual', ['2 0', '2 3', '1 0', '1 3']],
    ['Possible', ['5 1']],
    ['Inside', ['2 2']],
  ])('as the action %s, also where it is explained', (name, expected) => {
    const { root, spec } = compiled();
    const action = named(root, name);
    const found: string[] = [];
    spec.compileNext(action)([1, 1], (state) => found.push(state.map(format).join(' ')));
    expect(found.toSorted()).toEqual(expected.toSorted());
    const explained: string[] = [];
    spec.compileExplainedNext(action)([1, 1], ({ state }) => explained.push(state.map(format).join(' ')));
    expect(explained).toEqual(found);
  });

  test('whose value an explanation tells', () => {
    const { root, spec } = compiled();
    const calls: string[] = [];
    spec.compileExplainedNext(named(root, 'Swapped'))([1, 1], (successor) => {
      for (const call of successor.calls)
        calls.push(`${call.name} ${call.arguments.map(({ name, value }) => `${name} = ${format(value)}`)}`);
    });
    expect(calls).toEqual([
      'Swapped ',
      'Swap v = 2,w = 1,n = 3',
      'Swap v = 1,w = 2,n = 2',
      'Swap v = 2,w = 1,n = 1',
      'Swap v = 1,w = 2,n = 0',
    ]);
  });
});
