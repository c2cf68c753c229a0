import { beforeAll, describe, expect, test } from 'vitest';
import { compileSpec } from '../compile/compile-spec.ts';
import { named } from '../trace/trace-spec.ts';
import { format } from '../values/operations.ts';
import { loadModule } from './load-module.ts';
import { initParser } from './parser.ts';

beforeAll(initParser);

const MODULES: readonly (readonly [name: string, text: string])[] = [
  ['Deep', 'CONSTANT v\nZ(m) == <<v, m>>'],
  ['Needs', 'CONSTANT Op(_, _)\nV == Op(4, 5)'],
  [
    'Inner',
    `CONSTANT y
P(z) == <<z, y>>
Q == y
D(q) == \\A w \\in {1} : <<q, w, y>> = <<5, 6, 4>>
J(k) == INSTANCE Deep WITH v <- k
a ++ b == <<a, b, y>>
a (+) b == <<b, y, a>>
z ^+ == <<z, y>>
-. z == <<y, z>>
LetIn == \\A x \\in {1} : LET a -- b == <<a, b, x>> IN TRUE`,
  ],
];

/** The value of `it` in a module with this text. */
function valueIn(text: string): string {
  const whole = `I(a) == INSTANCE Inner WITH y <- a
F == INSTANCE Inner WITH y <- 9
A1(Op(_)) == Op(4)
A2(Op(_, _)) == Op(4, 5)
A3(Op(_, _, _)) == Op(4, 5, 6)
${text}`;
  const sources = new Map(
    [...MODULES, ['M', whole] as const].map(([name, body]) => [
      name,
      `---- MODULE ${name} ----\n${body}\n====`,
    ]),
  );
  const { root } = loadModule('M.tla', { sources });
  return format(compileSpec(root, { values: new Map(), overrides: new Map() }).evaluate(named(root, 'it')));
}

// TLC 2.18 gives these values, and refuses the same.
describe('an operator behind an instance that has parameters', () => {
  test.each([
    ['it == A2(I!P)', '<<5, 4>>'],
    ['it == A1(I!Q)', '4'],
    ['it == A2(F!J!Z)', '<<4, 5>>'],
    ['it == A3(I!J!Z)', '<<5, 6>>'],
    ['it == A3(I!D!@)', 'TRUE'],
    ['it == A2(I!P!1)', '5'],
    ['it == A2(I!P!:)', '<<5, 4>>'],
    ['R == INSTANCE Needs WITH Op <- I!P\nit == R!V', '<<5, 4>>'],
    ['it == LET K(a) == INSTANCE Inner WITH y <- <<a, 1>> IN A2(K!P)', '<<5, <<4, 1>>>>'],
  ])('%s', (text, value) => {
    expect(valueIn(text)).toBe(value);
  });

  test.each([
    ['it == A1(I!P)', 'must be an operator with 1 argument, but this one takes 2 arguments'],
    ['it == A1(I(3)!P)', 'an operator is expected: I is not given arguments here'],
    ['it == A1(F!Q)', 'must be an operator with 1 argument, but this is an expression'],
    ['it == I!P(1, 2)', 'I needs 1 argument, but is given none'],
  ])('%s', (text, message) => {
    expect(() => valueIn(text)).toThrow(message);
  });
});

describe('an operator symbol behind a !', () => {
  test.each([
    ['it == F!-.(4)', '<<9, 4>>'],
    ['it == F!-.(4)[1]', '9'],
    ['it == <<F!-.(4)!1, F!++(4, 5)!2>>', '<<9, 5>>'],
    ['it == A2(F!++)', '<<4, 5, 9>>'],
    ['it == A2(F!(+))', '<<5, 9, 4>>'],
    ['it == A2(F!\\oplus)', '<<5, 9, 4>>'],
    ['it == <<A1(F!^+), A1(F!-.)>>', '<<<<4, 9>>, <<9, 4>>>>'],
    ['it == A3(I!++)', '<<5, 6, 4>>'],
    ['it == A3(F!LetIn!@!--)', '<<5, 6, 4>>'],
    ['it == <<A2(F!++), F!++(1, 2), F!\\oplus(1, 2)>>', '<<<<4, 5, 9>>, <<1, 2, 9>>, <<2, 9, 1>>>>'],
    ['a + b == <<a, b>>\nG == INSTANCE Inner WITH y <- 1\nit == A2(G!++)', '<<4, 5, 1>>'],
    ['R == INSTANCE Needs WITH Op <- F!++\nit == R!V', '<<4, 5, 9>>'],
    ['it == <<[A1 |-> "F!+"].A1, [[A1 |-> 1] EXCEPT !.A1 = A2(F!++)].A1>>', '<<"F!+", <<4, 5, 9>>>>'],
  ])('%s', (text, value) => {
    expect(valueIn(text)).toBe(value);
  });

  test.each([
    ['it == F!++', '++ is an operator: an expression is expected, but its 2 arguments are missing'],
    ['it == A2(F!++) + * 3', 'M.tla:7:18: * cannot stand here: expected an expression'],
    ['it == A2(F!**)', '** is not known here'],
  ])('%s', (text, message) => {
    expect(() => valueIn(text)).toThrow(message);
  });
});
