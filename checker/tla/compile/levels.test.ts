import { beforeAll, describe, expect, test } from 'vitest';
import type { Expression } from '../syntax/ast.ts';
import { loadModule } from '../syntax/load-module.ts';
import { initParser } from '../syntax/parser.ts';
import { named } from '../trace/trace-spec.ts';
import { Contexts, environmentOf, NO_STATES } from './environment.ts';
import { LEVEL, Levels } from './levels.ts';

beforeAll(initParser);

const OPERATORS = `---- MODULE Levels ----
EXTENDS Naturals
VARIABLE x
Step == x' = x
To(k) == x' = k
Possible(d) == ENABLED d
PossibleBy(A(_)) == ENABLED A(1)
Handed(d) == Possible(d) /\\ x = 1
Unused(d) == x = 1
Always(d) == []d
Next(v) == v' = 1
NextOf(A(_)) == A(1)'
Taken(d) == ENABLED d /\\ d
Add(k) == x + k
RECURSIVE Again(_, _)
Again(d, n) == IF n = 0 THEN d ELSE Again(d, n - 1)
Formula == `;

function levelOf(formula: string): number {
  const text = `${OPERATORS}${formula}\n====\n`;
  const { root } = loadModule('Levels.tla', { sources: new Map([['Levels.tla', text]]) });
  const contexts = new Contexts(root, { values: new Map(), overrides: new Map() });
  const expression: Expression = named(root, 'Formula');
  return new Levels(contexts).of(expression, environmentOf(contexts.root, NO_STATES));
}

describe('the level of a call is that of the body, given what it is given', () => {
  test.each([
    'Possible(Step)',
    'Possible(x = 1)',
    'PossibleBy(To)',
    "PossibleBy(LAMBDA k : x' = k)",
    'Handed(Step)',
    'Unused(Step)',
    'Unused([]Step)',
    'Unused(1)',
    "LET d == x' = 1 IN ENABLED d",
    'LET Is(d) == ENABLED d IN Is(Step)',
    "LET d == x' = 1 IN TRUE",
  ])('%s is about a state', (formula) => {
    expect(levelOf(formula)).toBe(LEVEL.state);
  });

  test.each([
    'Taken(Step)',
    'Next(x)',
    'NextOf(Add)',
    'Possible(Step) /\\ Step',
    'Again(Step, 1)',
    "LET d == x' = 1 IN d",
  ])('%s is about a step', (formula) => {
    expect(levelOf(formula)).toBe(LEVEL.action);
  });

  test('of a behaviour it is the operator that speaks', () => {
    expect(levelOf('Always(x = 1)')).toBe(LEVEL.temporal);
    expect(levelOf('Always(Possible(Step))')).toBe(LEVEL.temporal);
  });

  test('what is the same in all states remains so', () => {
    expect(levelOf('Possible(TRUE)')).toBe(LEVEL.state);
    expect(levelOf('Again(TRUE, 1)')).toBe(LEVEL.constant);
  });
});
