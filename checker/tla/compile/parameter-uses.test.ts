import { beforeAll, describe, expect, test } from 'vitest';
import { loadModule } from '../syntax/load-module.ts';
import { initParser } from '../syntax/parser.ts';
import { named } from '../trace/trace-spec.ts';
import { format } from '../values/operations.ts';
import { compileSpec } from './compile-spec.ts';

beforeAll(initParser);

// What each means, and which successors it has, was compared with TLC.
const TEXT = `---- MODULE M ----
EXTENDS Naturals
VARIABLE x
InLet(p) == LET e == p IN e' = e
Through(p) == LET e == p
                  f == e + 0
              IN f' > f
Unchanged(p) == LET e == p IN UNCHANGED e
WithArgument(p) == LET Plus(n) == p + n IN Plus(1)' = Plus(1)
Instance(p) == LET I == INSTANCE Inner WITH a <- p IN I!Same
Ap(F(_), p) == F(p)
Twice(F(_), p) == Ap(F, p)
Same(p) == p' = p
Local(p) == LET Again(q) == q' = q IN Ap(Again, p)
RECURSIVE Fold(_, _, _)
Fold(F(_, _), total, n) == IF n = 0 THEN total ELSE Fold(F, F(total, n), n - 1)
Sum(a, b) == a + b
RECURSIVE Turned(_, _, _), ByWay(_, _, _)
Turned(n, a, b) == IF n = 0 THEN a' = a ELSE ByWay(n - 1, b, a)
ByWay(n, a, b) == Turned(n, a, b)
StaysTurned == ByWay(1, 0, x)
NamedSame == Ap(Same, x)
LambdaSame == Ap(LAMBDA k : k' = k, x)
TwiceSame == Twice(Same, x)
StaysInLet == InLet(x)
StaysThrough == ~Through(x)
StaysUnchanged == Unchanged(x)
StaysWithArgument == WithArgument(x)
StaysInInstance == Instance(x)
StaysLocal == Local(x)
Folded == Fold(Sum, x, 3) = x + 6
Later(p) == p'
HandOn(F(_), p) == LET G(q) == F(q) IN Ap(G, p)
FarOn(F(_), p) == LET G(q) == F(q)
                      H(q) == Ap(G, q)
                  IN H(p)
Here(F(_)) == F(x)
Put(p, value) == p' = value
StaysHandedOn == HandOn(Later, x) = x
StaysFarOn == FarOn(Later, x) = x
StaysHere == Here(Later) = x
StaysCaptured == LET G(q) == x IN Ap(LAMBDA k : Ap(G, k)', 0) = x
NextPut == Put(x, LET q == 1 + x IN q)
NextPutTwice == Ap(LAMBDA k : Put(x, k), x + 1)
NextInLet == LET e == x IN e' = e + 1
NextChecked == x' = x + 1 /\\ Through(x)
NextLambda == x' = x + 1 /\\ Ap(LAMBDA k : k' # k, x)
====
`;
const INNER = "---- MODULE Inner ----\nVARIABLE a\nSame == a' = a\n====\n";

function compiled() {
  const sources = new Map([
    ['M.tla', TEXT],
    ['Inner', INNER],
  ]);
  const { root } = loadModule('M.tla', { sources });
  return { root, spec: compileSpec(root, { values: new Map(), overrides: new Map() }) };
}

describe('a parameter is read in the next state', () => {
  test.each([
    'NamedSame',
    'LambdaSame',
    'TwiceSame',
    'StaysInLet',
    'StaysThrough',
    'StaysUnchanged',
    'StaysWithArgument',
    'StaysInInstance',
    'StaysLocal',
    'StaysHandedOn',
    'StaysFarOn',
    'StaysHere',
    'StaysCaptured',
  ])('where a prime comes to it by another name: %s', (name) => {
    const { root, spec } = compiled();
    const step = spec.compileStep(name, named(root, name));
    expect([step.holds([1], [1]), step.holds([1], [2])]).toEqual([true, false]);
  });

  test.each(['NextInLet', 'NextChecked', 'NextLambda', 'NextPut', 'NextPutTwice'])(
    'by an action, too: %s',
    (name) => {
      const { root, spec } = compiled();
      const found: string[] = [];
      spec.compileNext(named(root, name))([1], (state) => found.push(state.map(format).join()));
      expect(found).toEqual(['2']);
    },
  );

  test('at the end of a recursion, which is refused', () => {
    const { root, spec } = compiled();
    const compile = () => spec.compileStep('StaysTurned', named(root, 'StaysTurned')).holds([1], [1]);
    expect(compile).toThrow(expect.objectContaining({ code: 'RC4252' }));
  });

  test('which a recursive operator need not care about', () => {
    const { root, spec } = compiled();
    expect(spec.compileState('Folded', named(root, 'Folded')).holds([1])).toBe(true);
  });
});
