import { beforeAll, describe, expect, test } from 'vitest';
import { loadModule } from '../syntax/load-module.ts';
import { initParser } from '../syntax/parser.ts';
import { named } from '../trace/trace-spec.ts';
import { format } from '../values/operations.ts';
import { compileSpec } from './compile-spec.ts';

beforeAll(initParser);

const TEXT = `---- MODULE M ----
EXTENDS Sequences
VARIABLES r, f, s
Which(which, a, b) == IF which = "a" THEN a ELSE b
Chain(which, a, b) == Which(which, a.name, b)
Init == r = [name |-> 1, inner |-> [deep |-> 2]] /\\ f = [x |-> 3, y |-> 4] /\\ s = <<5, 6>>
Field == Which("a", r.name, r.missing)
Deep == Which("b", r.inner.missing, r.inner.deep)
Item == Which("b", f["z"], f["x"])
Place == Which("b", s[3], s[2])
NoFunction == Which("a", s[1], s[1].name)
Passed == Chain("b", s[1], r.inner["deep"])
InLet == LET whole == r.inner IN Which("a", whole.deep, whole.other)
Compound == Which("a", [i \\in {<<1>>, <<2>>} |-> i][<<1>>], s["one"])
WrongField == Which("b", r.name, r.missing)
WrongItem == Which("a", f["z"], f["x"])
WrongPlace == Which("a", s[3], s[2])
WrongChain == Chain("a", s[1], 1)
====
`;

function evaluated(name: string): string {
  const { root } = loadModule('M.tla', { sources: new Map([['M.tla', TEXT]]) });
  const compiled = compileSpec(root, { values: new Map(), overrides: new Map() });
  const values: string[] = [];
  compiled.initialStates(named(root, 'Init'), (state) => {
    values.push(format(compiled.compileFunction(name, named(root, name)).value(state)));
  });
  return values.join();
}

describe('an argument that only reads', () => {
  test.each([
    ['Field', '1'],
    ['Deep', '2'],
    ['Item', '3'],
    ['Place', '6'],
    ['NoFunction', '5'],
    ['Passed', '2'],
    ['InLet', '2'],
    ['Compound', '<<1>>'],
  ])('may have no value where it is not used: %s is %s', (name, expected) => {
    expect(evaluated(name)).toBe(expected);
  });

  test.each([
    ['WrongField', /missing/],
    ['WrongItem', /"z"/],
    ['WrongPlace', /3/],
    ['WrongChain', /needs a record, but was given 5/],
  ])('is refused where it is used: %s', (name, message) => {
    expect(() => evaluated(name)).toThrow(message);
  });
});
