import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileSpec } from '../compile/compile-spec.ts';
import { loadModule } from '../syntax/load-module.ts';
import { initParser } from '../syntax/parser.ts';
import { reasonOf } from './reason.ts';

beforeAll(initParser);

const FIRST = 'F == ';
/** The values of a, b, c and d in the only state. */
const STATE = [0, 1, 0, 1];

/** The value of a formula, and the text on which that rests, with its place. */
function reason(formula: string, definitions = ''): { value: boolean; text: string; at: number } {
  const module = `---- MODULE M ----\nEXTENDS Naturals\nVARIABLES a, b, c, d\n${definitions}\n${FIRST}${formula}\n====\n`;
  const { root } = loadModule('M.tla', { sources: new Map([['M.tla', module]]) });
  const target = root.definitions.get('F')?.target;
  if (target?.kind !== 'definition') throw new Error('no F');
  const spec = compileSpec(root, { values: new Map(), overrides: new Map() });
  const account = spec.compileAccount(target.body)(STATE);
  if (account === undefined) throw new Error('no account');
  const value = account.holds();
  const { span } = reasonOf(account, value).site.expression;
  const line = module.split('\n')[span.line - 1] ?? '';
  return {
    value,
    text: line.slice(span.column - 1, span.endColumn),
    at: span.column - 1 - FIRST.length,
  };
}

describe('the reason of a formula', () => {
  it.each([
    ['a = 0 /\\ b = 0 /\\ c = 1', 'b = 0', 'a conjunction is FALSE by its first conjunct that is'],
    ['(a = 1 \\/ b = 1) /\\ c = 1', 'c = 1', 'not by a branch of a disjunction that is TRUE'],
    ['a = 0 /\\ (b = 0 \\/ c = 1)', 'b = 0 \\/ c = 1', 'a disjunction is FALSE by all of it'],
    ['~(a = 1 \\/ b = 1)', 'b = 1', 'and TRUE by the first branch that is'],
    ['~(a = 0 /\\ b = 1)', 'a = 0 /\\ b = 1', 'a conjunction is TRUE by all of it'],
    ['b = 1 => a = 1', 'a = 1', 'an implication is FALSE by its right side'],
    ['~(b = 0 => a = 1)', 'b = 0', 'and TRUE by a left side that is FALSE'],
    ['IF b = 1 THEN a = 1 ELSE c = 0', 'a = 1', 'of an IF the arm counts that was chosen'],
    ['IF b = 1 THEN FALSE ELSE TRUE', 'b = 1', 'and where the arm says nothing, the condition'],
    ['CASE b = 0 -> TRUE [] d = 1 -> a = 1 [] OTHER -> TRUE', 'a = 1', 'of a CASE too'],
    ['CASE b = 0 -> TRUE [] d = 1 -> FALSE [] OTHER -> TRUE', 'd = 1', 'with its condition'],
    ['\\A x \\in {0, 1} : x = 0 \\/ a = x', 'x = 0 \\/ a = x', 'of a \\A the element for which it is FALSE'],
    ['\\E x \\in {0, 1} : x = 0 /\\ a = 1', '\\E x \\in {0, 1} : x = 0 /\\ a = 1', 'of an \\E all of it'],
    ['~\\E x \\in {0, 1} : x = 1 /\\ b = 1', 'x = 1 /\\ b = 1', 'where it is TRUE, its witness'],
    ['LET x == a = 1 IN b = 1 /\\ x', 'a = 1', 'a name of a LET is what it stands for'],
    ['a = 0 /\\ Both(a)', 'x = 1', 'of an operator the part within it'],
    ['a = 0 /\\ Either(a)', 'Either(a)', 'the operator itself where it is the whole body'],
    ['a = 0 /\\ ~Either(b)', 'x = 1', 'unless one branch is enough'],
    ['a = 0 /\\ Passed(Either(a))', 'Either(a)', 'what is handed on is asked where it was written'],
    ['a = 0 /\\ a + 1 = 0', 'a + 1 = 0', 'what is no formula is not taken apart'],
  ])('%s is by %s: %s', (formula, text) => {
    const definitions = ['Both(x) == b = 1 /\\ x = 1', 'Either(x) == x = 1 \\/ x = 2', 'Passed(x) == x'].join(
      '\n',
    );
    expect(reason(formula, definitions).text).toBe(text);
  });
});

/** Random formulas about the state; the name x is bound within a quantifier only. */
const { formula } = fc.letrec<{ formula: string; flat: string; atom: string }>((tie) => {
  const inner = tie('formula');
  const pair = fc.tuple(inner, inner);
  // Within names, no others: TLA+ lets no name have two meanings.
  const flatPair = fc.tuple(tie('flat'), tie('flat'));
  return {
    atom: fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom(0, 1)).map(([v, n]) => `${v} = ${n}`),
    flat: fc.oneof(
      tie('atom'),
      fc.tuple(tie('atom'), tie('atom')).map(([left, right]) => `(${left} /\\ ${right})`),
      fc.tuple(tie('atom'), tie('atom')).map(([left, right]) => `~(${left} \\/ ${right})`),
    ),
    formula: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('atom'),
      fc.array(inner, { minLength: 2, maxLength: 3 }).map((items) => `(${items.join(' /\\ ')})`),
      fc.array(inner, { minLength: 2, maxLength: 3 }).map((items) => `(${items.join(' \\/ ')})`),
      inner.map((operand) => `~(${operand})`),
      pair.map(([left, right]) => `((${left}) => (${right}))`),
      fc.tuple(inner, inner, inner).map(([test, yes, no]) => `(IF ${test} THEN ${yes} ELSE ${no})`),
      flatPair.map(([left, right]) => `(\\A x \\in {0, 1} : ${left} \\/ (a = x /\\ ${right}))`),
      flatPair.map(([left, right]) => `(\\E x \\in {0, 1} : ${left} /\\ (b = x \\/ ${right}))`),
      flatPair.map(([left, right]) => `(LET p(y) == ${left} \\/ y q == ${right} IN p(q) /\\ q)`),
    ),
  };
});

it('turned around, makes the formula another or leaves another reason', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(formula, (text) => {
      const found = reason(text);
      // A part is what it is said to be: its value alone does not tell, so it is put in the other way around.
      const turned = (by: string): string =>
        text.slice(0, found.at) + by + text.slice(found.at + found.text.length);
      const outcomes = ['TRUE', 'FALSE'].map((by) => reason(turned(by)));
      expect(outcomes.some(({ value, at }) => value !== found.value || at !== found.at)).toBe(true);
      // With its own value in its place, nothing is lost.
      expect(outcomes.some(({ value }) => value === found.value)).toBe(true);
    }),
    { numRuns: 300, seed: 1 },
  );
});
