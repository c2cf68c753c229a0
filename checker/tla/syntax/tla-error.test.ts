import { beforeAll, describe, expect, test } from 'vitest';
import { loadModule, parseExpression } from './load-module.ts';
import { initParser } from './parser.ts';
import { TlaError } from './tla-error.ts';

const OTHERS = new Map([
  ['Needy', '---- MODULE Needy ----\nCONSTANT C, Op(_)\n===='],
  ['Defines', '---- MODULE Defines ----\nD == 1\n===='],
  ['Hides', '---- MODULE Hides ----\nLOCAL Own == 1\n===='],
  ['Circle', '---- MODULE Circle ----\nEXTENDS M\n===='],
  ['Called', '---- MODULE Other ----\n===='],
]);

/** Lines 3 and on of a module that extends Naturals and has the variables x and y. */
const TABLE: readonly (readonly [lines: string, message: string])[] = [
  ['A == (1 + 2\nB == 1', 'RC1801 4:1: B cannot stand here: expected ")" or an operator'],
  ['A == IF x = 1 THEN 2\nB == 1', 'RC1801 4:1: B cannot stand here: expected "ELSE" or an operator'],
  ['A == x + * y', 'RC1801 3:10: * cannot stand here: expected an expression'],
  ['A = x', 'RC1801 4:1: ==== cannot stand here: expected "=="'],
  ['A == {1, 2\nB == 1', 'RC1801 4:1: B cannot stand here: expected "}", "," or an operator'],
  ['A == [x EXCEPT ![1] 3]', 'RC1801 3:21: 3 cannot stand here: expected "="'],
  ['A(p == 1', 'RC1801 3:5: == cannot stand here: expected ")" or ","'],
  ['A == "abc', 'RC1801 3:6: the string that starts here does not end'],
  ['A == 1 (* abc', 'RC1801 3:8: the comment that starts here does not end'],
  ['A == IN', 'RC1801 3:6: IN is a word of the language: expected an expression'],
  ['A == x = 1 /\\ y = 2 \\/ x = 2', 'RC1802 3:21: \\/ after /\\ needs parentheses'],
  ['A == x = y = x', 'RC1802 3:12: = after = needs parentheses'],
  ['A == x => y => x', 'RC1802 3:13: => after => needs parentheses'],
  ['A == 2147483648', 'RC1803 3:6: 2147483648 is greater than 2147483647'],
  ['A == \\hFFFFFFFF', 'RC1803 3:6: \\hFFFFFFFF is greater'],
  ['Abcdef == 1\nB == Abcdf', 'RC1804 4:6: Abcdf is not known here (did you mean Abcdef?)'],
  ['A == Len(x)', 'RC1804 3:6: Len is not known here (extend Sequences)'],
  ['A == x \\o y', 'RC1804 3:8: \\o is not known here (extend Sequences)'],
  ['A == A', 'RC1804 3:6: A is not known here'],
  ['A == @', 'RC1804 3:6: @ has a meaning only'],
  ['A == \\E p : p = q', 'RC1804 3:17: q is not known here'],
  ['A == \\A p, q : p => q => p', 'RC1802 3:23: => after => needs parentheses'],
  ['A == \\EE x : x = 1', 'RC1806 3:10: x already has a meaning'],
  ['A == CHOOSE <<p, q>> : p = r', 'RC1804 3:28: r is not known here'],
  ['RECURSIVE A(_)', 'RC1804 3:11: A is declared RECURSIVE, but never defined'],
  ['(* ∀ 𝔸 *) A == zzz', 'RC1804 3:17: zzz is not known here'],
  ['A(p) == p\nB == A(1, 2)', 'RC1805 4:6: A needs 1 argument, but is given 2'],
  ['A(p) == p\nB == A()', 'RC1801 4:8: ) cannot stand here: expected an expression'],
  ['I(p) == INSTANCE Defines\nA == I!D', 'RC1805 4:6: I needs 1 argument, but is given none'],
  ['x == 1', 'RC1806 3:1: x already has a meaning: it was introduced at M.tla:2:28'],
  ['A == \\E x \\in {1} : TRUE', 'RC1806 3:9: x already has a meaning'],
  ['A(p, p) == 1', 'RC1806 3:6: p already has a meaning'],
  ['D(p) == p\nINSTANCE Defines', 'RC1806 4:1: D already has a meaning: it was introduced at M.tla:3:1'],
  ['Nat == 1', 'RC1806 3:1: Nat already has a meaning: it comes from <Naturals>'],
  ['A == [p |-> 1, p |-> 2]', 'RC1806 3:16: the field p is given twice'],
  ['A(p) == p\nB == A + 1', 'RC1807 4:6: A is an operator: an expression is expected'],
  ['A(p) == p\nB == A(LAMBDA q : q)', 'RC1807 4:8: argument 1 of A must be an expression, but a LAMBDA'],
  ['A(Op(_)) == Op(1)\nB == A(x)', 'RC1807 4:8: argument 1 of A must be an operator with 1 argument'],
  [
    'A(Op(_)) == Op(1)\nB == A(LAMBDA p, q : p)',
    'RC1807 4:8: argument 1 of A must be an operator with 1 argument, but this one takes 2 arguments',
  ],
  ['A(Op(_)) == Op(1)\nB == A(A)', 'RC1807 4:8: argument 1 of A must be an operator of expressions'],
  ['A(Op(_, _)) == Op(1, 2)\nB(Op(_), p) == Op(p)\nC == A(B)', 'RC1807 5:8: argument 1 of A must be'],
  [
    'Same(p) == p\nI == INSTANCE Needy WITH C <- 1, Op <- Same\nA == I!C',
    'RC1804 5:8: C is not known here (in Needy it is a constant: an instance has only what its module defines for others)',
  ],
  ['I == INSTANCE Hides\nA == I!Own', 'RC1804 4:8: Own is not known here (in Hides it is LOCAL: an instance'],
  [
    '---- MODULE N ----\n====\n---- MODULE N ----\n====',
    'RC1806 5:13: a second module N stands in M: the first is at M.tla:3:1',
  ],
  ['A == \\A p \\in {1} : L(p, p):: p = 1', 'RC1806 3:26: the label L has p twice'],
  [
    'RECURSIVE f(_)\nf[p \\in {1}] == p',
    'RC1805 4:1: f was declared RECURSIVE with 1 argument, but is a function',
  ],
  ['A == "a`b"', 'RC1801 3:8: ` cannot stand in a string without'],
  ['INSTANCE Circle', 'RC1808 2:9: modules need each other in a circle: M -> Circle -> M'],
  ['INSTANCE Called', 'RC1809 1:13: the module is called Other, but its file Called.tla'],
  ['INSTANCE Nowhere', 'RC1810 3:10: there is no module Nowhere: Nowhere.tla is not in .'],
  ['INSTANCE Needy', 'RC1811 3:1: nothing is substituted for the constant C of Needy'],
  ['INSTANCE Needy WITH D <- 1', 'RC1811 3:21: D is neither a constant nor a variable of Needy'],
  ['INSTANCE Needy WITH C <- 1, C <- 2', 'RC1811 3:29: C is substituted twice'],
  ['INSTANCE Needy WITH C <- 1, Op <- 2', 'RC1807 3:35: what is substituted for Op must be an operator'],
];

describe('a module that cannot be read', () => {
  beforeAll(initParser);

  test.each(TABLE)('%s', (lines, message) => {
    const text = `---- MODULE M ----\nEXTENDS Naturals VARIABLES x, y\n${lines}\n====\n`;
    expect(refusal(() => loadModule('M.tla', { sources: new Map([...OTHERS, ['M', text]]) }))).toContain(
      message,
    );
  });

  test('no file', () => {
    expect(refusal(() => loadModule('/nowhere/M.tla'))).toContain('RC1812 1:1: the module cannot be read');
  });

  test('no module in the file', () => {
    expect(refusal(() => loadModule('M.tla', { sources: new Map([['M', 'hello']]) }))).toContain(
      'RC1801 1:1: expected ---- MODULE M ----',
    );
  });

  test('an expression: lines count from its own first', () => {
    const { root } = loadModule('M.tla', { sources: new Map([['M', '---- MODULE M ----\n====']]) });
    expect(refusal(() => parseExpression('1 =\n  zzz', root, 'the view'))).toContain(
      'RC1804 2:3: zzz is not known',
    );
    expect(refusal(() => parseExpression('1 2', root))).toContain('RC1801 1:3: 2 cannot stand here');
  });

  test('says the file, and what it was called', () => {
    const sources = new Map([['M', '---- MODULE M ----\nA == zzz\n====']]);
    try {
      loadModule('some/M.tla', { sources });
    } catch (error) {
      if (!(error instanceof TlaError)) throw error;
      expect(error.toDiagnostic()).toMatchObject({ code: 'RC1804', file: 'some/M.tla', line: 2 });
      expect(error.span).toEqual({ file: 'some/M.tla', line: 2, column: 6, endLine: 2, endColumn: 8 });
    }
    expect.assertions(2);
  });
});

/** Code, line, column, message and hint. */
function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (!(error instanceof TlaError)) throw error;
    const message = error.message.slice(error.message.indexOf(': ') + 2);
    const hint = error.hint === undefined ? '' : ` (${error.hint})`;
    return `${error.code} ${error.span.line}:${error.span.column}: ${message}${hint}`;
  }
  return 'accepted';
}
