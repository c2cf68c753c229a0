import { beforeAll, describe, expect, test } from 'vitest';
import { loadModule } from '../syntax/load-module.ts';
import { initParser } from '../syntax/parser.ts';
import { named } from '../trace/trace-spec.ts';
import { expressionsBehind } from './expressions-behind.ts';

beforeAll(initParser);

const TEXT = `---- MODULE M ----
EXTENDS Naturals
VARIABLES a, b, c, x
Pair(n) == LET deep == b > n IN [left |-> a + n, right |-> IF deep THEN 1 ELSE 2]
Change(pair) == x' = pair.left
ChangeBoth(pair) == x' = pair
Left == IF c THEN Pair(1) ELSE [Pair(2) EXCEPT !.right = b]
Next == Change(Left) \\/ ChangeBoth([Left EXCEPT !.left = 0])
First(n, m) == n
Given == x' = First(a, b)
RECURSIVE Sum(_, _)
Sum(n, m) == IF n = 0 THEN m ELSE Sum(n - 1, m)
Summed == x' = Sum(a, b)
====
`;

/** The variables that are found behind the body of a definition. */
function variablesBehind(name: string): string {
  const { root } = loadModule('M.tla', { sources: new Map([['M.tla', TEXT]]) });
  const given = named(root, name);
  const target = given.kind === 'reference' ? given.reference.target : undefined;
  if (target?.kind !== 'definition') throw new Error(`${name} is no definition`);
  const names = [...expressionsBehind(target.body, root)].flatMap((each) =>
    each.kind === 'reference' && each.reference.target.kind === 'variable'
      ? [each.reference.target.name]
      : [],
  );
  return [...new Set(names)].sort().join('');
}

describe('what a value may depend on', () => {
  test.each([
    ['Change', 'acx', 'the field that is read of what is handed on, and what chooses it'],
    ['ChangeBoth', 'abcx', 'all of a record that is taken whole'],
    ['Given', 'ax', 'the argument that an operator uses'],
    ['Summed', 'abx', 'all that a recursion is handed'],
  ])('%s: %s, %s', (definition, variables) => {
    expect(variablesBehind(definition)).toBe(variables);
  });
});
