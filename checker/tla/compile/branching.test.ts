import { beforeAll, describe, expect, test } from 'vitest';
import { HEADER } from '../../../traces/election-trace.fixture.ts';
import { loadModule } from '../syntax/load-module.ts';
import { initParser } from '../syntax/parser.ts';
import { named, openTraceSpec } from '../trace/trace-spec.ts';
import { format } from '../values/operations.ts';
import { compileSpec } from './compile-spec.ts';

beforeAll(initParser);

const TEXT = `---- MODULE M ----
EXTENDS Naturals
VARIABLES x, y
Among(e, S) == e \\in S
Both(e) == Among(e, 1..2) /\\ y' = 0
If(c, e) == IF c THEN e \\in 1..2 ELSE e = 1
Value == x' = 1 /\\ Both(1)
Primed == Both(x')
Named == LET n == 1 IN x' = n /\\ Both(n)
NamedPrimed == LET n == x' IN Both(n)
Chosen == If(TRUE, x') /\\ y' = 0
ChosenValue == x' = 1 /\\ If(TRUE, 2) /\\ y' = 0
Disjunction(a) == a \\/ a
HandedOn == x' = 1 /\\ Disjunction(TRUE) /\\ y' = 0
====
`;

function compiled() {
  const { root } = loadModule('M.tla', { sources: new Map([['M.tla', TEXT]]) });
  return { root, spec: compileSpec(root, { values: new Map(), overrides: new Map() }) };
}

function successors(action: string): readonly string[] {
  const { root, spec } = compiled();
  const found: string[] = [];
  spec.compileNext(named(root, action))([0, 0], (state) => found.push(state.map(format).join(' ')));
  return found;
}

describe('what a parameter stands for says in how many ways p \\in S is true', () => {
  test.each([
    ['Value', ['1 0']],
    ['Primed', ['1 0', '2 0']],
    ['Named', ['1 0']],
    ['NamedPrimed', ['1 0', '2 0']],
    ['Chosen', ['1 0', '2 0']],
    ['ChosenValue', ['1 0']],
    ['HandedOn', ['1 0', '1 0']],
  ])('%s', (action, expected) => {
    expect(successors(action)).toEqual(expected);
  });

  test('with a value it needs no function for what comes after', () => {
    const { root, spec } = compiled();
    const programOf = (action: string) => spec.program(named(root, 'Value'), named(root, action)).next;
    expect(programOf('Primed')).toContain('proceed');
    expect(programOf('Value')).not.toContain('proceed');
  });

  test('each step of a trace can be taken in one way only', async () => {
    const { compiled: spec, init, next } = await openTraceSpec(HEADER, { print: () => {} });
    expect(spec.program(init, next).next).not.toContain('proceed');
  });
});
