import { beforeAll, describe, expect, test } from 'vitest';
import { CodedError } from '../../diagnostics/coded-error.ts';
import type { Expression, Module } from '../syntax/ast.ts';
import { loadModule } from '../syntax/load-module.ts';
import { initParser } from '../syntax/parser.ts';
import { Formulas } from './formulas.ts';
import { takePropertyApart } from './properties.ts';
import { takeSpecificationApart } from './specification.ts';

const ABSTRACT = `---- MODULE Abstract ----
EXTENDS Naturals
VARIABLE count
AInit == count = 0
ANext == count' = count + 1
ASpec == AInit /\\ [][ANext]_count /\\ WF_count(ANext)
====
`;

const SPEC = `---- MODULE Spec ----
EXTENDS Naturals
CONSTANT N
VARIABLES x, y
vars == <<x, y>>
A == INSTANCE Abstract WITH count <- x
Init == x = 0 /\\ y = 0
Next == x' = x + 1 /\\ y' = y
Fair == WF_vars(Next) /\\ SF_vars(Next)
Spec == /\\ Init
        /\\ [][Next]_vars
        /\\ Fair
Box == [Next]_vars
Named == LET I == Init IN I /\\ y = 0 /\\ []Box
Twice == Init /\\ [][Next]_vars /\\ [][Next]_x
NoNext == Init /\\ WF_vars(Next)
NoInit == [][Next]_vars
Loose == Init /\\ Next
Small == x < N
Both == [](Small /\\ (y = 0)) /\\ [][x' >= x]_x
Deep == [][](Small /\\ [x' >= x]_x)
Refines == A!ASpec
Each == \\A i \\in 1..N : /\\ []( x # i)
                        /\\ [][x' # i]_x
                        /\\ <>(x = i)
Monotone(v) == [][v' >= v]_v
Call == Monotone(x) /\\ Monotone(y)
Live == (x = 0) ~> (x = 1)
Mixed == Small /\\ []Small /\\ <>Small /\\ []<>Small
====
`;

let module: Module;
let formulas: Formulas;
beforeAll(async () => {
  await initParser();
  const sources = new Map([
    ['Spec', SPEC],
    ['Abstract', ABSTRACT],
  ]);
  module = loadModule('Spec.tla', { sources }).root;
  formulas = new Formulas(module, { values: new Map([['N', 3]]), overrides: new Map() });
});

function named(name: string): Expression {
  const reference = formulas.find(name);
  if (reference === undefined) throw new RangeError(name);
  return { kind: 'reference', reference, span: module.span };
}

describe('a specification', () => {
  test.each([
    ['Spec', 2],
    ['Named', 0],
    ['A!ASpec', 1],
  ])('%s falls into init, next and %d fairness conditions', (name, fairness) => {
    const spec = takeSpecificationApart(name, named(name), formulas);
    expect(spec.fairness).toHaveLength(fairness);
    expect(formulas.isStateLevel(formulas.formulaOf(spec.init))).toBe(true);
    expect(formulas.level(formulas.formulaOf(spec.next))).toBe(2);
  });

  test.each([
    ['Twice', /second conjunct \[\]\[Next\]_v at Spec\.tla:15/],
    ['NoNext', /no conjunct/],
    ['NoInit', /nothing about the first state/],
    ['Loose', /an action stands at Spec\.tla:8/],
  ])('%s is refused', (name, message) => {
    const take = () => takeSpecificationApart(name, named(name), formulas);
    expect(take).toThrow(CodedError);
    expect(take).toThrow(message);
  });
});

describe('a property', () => {
  const counts = (name: string) => {
    const { initial, invariants, steps, liveness } = takePropertyApart(name, named(name), formulas);
    for (const each of [...initial, ...invariants, ...steps]) expect(each.name).toBe(name);
    return [initial.length, invariants.length, steps.length, liveness.length];
  };

  test.each([
    ['Small', [1, 0, 0, 0]],
    ['Both', [0, 1, 1, 0]],
    ['Deep', [0, 1, 1, 0]],
    ['Refines', [1, 0, 1, 1]],
    ['Each', [0, 1, 1, 1]],
    ['Call', [0, 0, 2, 0]],
    ['Live', [0, 0, 0, 1]],
    ['Mixed', [1, 1, 0, 2]],
  ])('%s falls into initial, invariants, steps, liveness: %j', (name, expected) => {
    expect(counts(name)).toEqual(expected);
  });

  test('an action is none', () => {
    expect(() => takePropertyApart('Next', named('Next'), formulas)).toThrow('without [][..]_v');
  });

  test('what is about infinite behaviours is told with its place', () => {
    const [left] = takePropertyApart('Live', named('Live'), formulas).liveness;
    expect(left).toMatchObject({ property: 'Live', line: 28, what: expect.stringContaining('~>') });
  });
});
