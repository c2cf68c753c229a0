import { beforeAll, describe, expect, test } from 'vitest';
import { loadModule } from '../syntax/load-module.ts';
import { initParser } from '../syntax/parser.ts';
import { named } from '../trace/trace-spec.ts';
import { EvaluationError } from '../values/evaluation-error.ts';
import { compileSpec } from './compile-spec.ts';

beforeAll(initParser);

/** The code, and the text that the error is about, of an action in the state x = 1, y = 1 or of an initial predicate. */
function failureOf(kind: 'Init' | 'Next', formula: string): string {
  const text = `---- MODULE M ----\nEXTENDS Naturals\nVARIABLES x, y\nA ==\n  ${formula}\n====\n`;
  const { root } = loadModule('M.tla', { sources: new Map([['M', text]]) });
  const spec = compileSpec(root, { values: new Map(), overrides: new Map() });
  try {
    if (kind === 'Init') spec.initialStates(named(root, 'A'), () => {});
    else spec.compileNext(named(root, 'A'))([1, 1], () => {});
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const { code, span } = error;
    if (span === undefined) return `${code} without a place`;
    return `${code} ${text.split('\n')[span.line - 1]?.slice(span.column - 1, span.endColumn)}`;
  }
  return 'no error';
}

describe('an error of evaluation has a place', () => {
  test.each([
    ['x = 1 /\\ \\E i \\in x + 0 : y = i', 'RC1851 x + 0'],
    ['x = 1 /\\ y \\in <<1, 2>>', 'RC1851 <<1, 2>>'],
    ['x = 1 /\\ y = 1 /\\ y \\in <<1>>', 'RC1851 y \\in <<1>>'],
    ['x \\in Nat /\\ y = 2', 'RC1854 Nat'],
    ['x = 1 /\\ \\E <<i, j>> \\in {1} : y = i', 'RC1851 {1}'],
    ['x = 1 /\\ CASE x = 2 -> y = 2', 'RC1872 CASE x = 2 -> y = 2'],
    ['x = 1 /\\ x = "a"', 'RC1852 x = "a"'],
    ['\\A i \\in 1 : x = i', 'RC1851 1'],
  ])('in an initial predicate: %s', (formula, expected) => {
    expect(failureOf('Init', formula)).toBe(expected);
  });

  test.each([
    ["x' = x /\\ y' \\in x", 'RC1851 x'],
    ["x' = x /\\ \\E i \\in <<1>> : y' = i", 'RC1851 <<1>>'],
    ["x' = x /\\ y' = x /\\ y' \\in x", "RC1851 y' \\in x"],
    ["x' = x /\\ \\E <<i, j>> \\in {<<1, 2, 3>>} : y' = i", 'RC1851 {<<1, 2, 3>>}'],
    ["x' = x /\\ CASE x = 5 -> y' = 2", "RC1872 CASE x = 5 -> y' = 2"],
    ["x' = x /\\ CASE x = 5 -> \\E i \\in {1} : y' = i", "RC1872 CASE x = 5 -> \\E i \\in {1} : y' = i"],
    ['x\' = x /\\ UNCHANGED y /\\ x\' = "a"', 'RC1852 x\' = "a"'],
    ['x\' = "a" /\\ UNCHANGED <<x, y>>', 'RC1852 x'],
    ["LET f == [i \\in 1..2 |-> x' = i] IN f[x + 4] /\\ y' = y", 'RC1853 f[x + 4]'],
  ])('in an action: %s', (formula, expected) => {
    expect(failureOf('Next', formula)).toBe(expected);
  });
});
