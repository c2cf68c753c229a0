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
