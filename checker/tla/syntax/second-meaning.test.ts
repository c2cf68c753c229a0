import { beforeAll, describe, expect, test } from 'vitest';
import { compileSpec } from '../compile/compile-spec.ts';
import { named } from '../trace/trace-spec.ts';
import { format } from '../values/operations.ts';
import type { Module } from './ast.ts';
import { loadModule } from './load-module.ts';
import { initParser } from './parser.ts';

beforeAll(initParser);

const MODULES: readonly string[] = [
  '---- MODULE A ----\nEXTENDS Naturals\nCONSTANT N\nVARIABLE x\nf == 1\nRECURSIVE r(_)\nr(n) == IF n = 0 THEN 10 ELSE r(n - 1)\ninA == f + r(2)\n====',
  '---- MODULE B ----\nEXTENDS Naturals\nf == 2\nRECURSIVE r(_)\nr(n) == IF n = 0 THEN 20 ELSE r(n - 1)\ninB == f + r(2)\n====',
  '---- MODULE Two ----\nf(a, b) == 3\n====',
  '---- MODULE K ----\nEXTENDS Naturals\nCONSTANT N\nVARIABLE y\ninK == N + 1\n====',
  "---- MODULE L ----\nEXTENDS K\nVARIABLE x\ninL(n) == x' = n /\\ y' = 4\n====",
  "---- MODULE Both ----\nEXTENDS A, L\nare(n) == ENABLED (x' = 3 /\\ inL(n))\n====",
  '---- MODULE N1 ----\nCONSTANT N(_)\n====',
];

/** The value of `it` in a module M with this text. */
function valueIn(text: string): string {
  const root = loaded(text);
  const spec = compileSpec(root, { values: new Map([['N', 7]]), overrides: new Map() });
  return format(spec.evaluate(named(root, 'it')));
}

function loaded(text: string): Module {
  const sources = new Map(
    [...MODULES, `---- MODULE M ----\n${text}\n====`].map((each) => [
      /MODULE (\w+)/.exec(each)?.[1] ?? '',
      each,
    ]),
  );
  sources.set('M.tla', sources.get('M') ?? '');
  return loadModule('M.tla', { sources }).root;
}

// SANY warns of these, and TLC gives these values, or none where a module reads what was declared before it.
describe('a name that gets a second meaning', () => {
  test.each([
    ['EXTENDS A, B\nit == <<f, r(1), inA, inB>>', '<<1, 10, 11, 22>>'],
    ['EXTENDS B, A\nit == <<f, r(1), inA, inB>>', '<<2, 20, 11, 22>>'],
    ['EXTENDS A, Two\nit == f', '1'],
    ['EXTENDS Naturals\nf == 5\nINSTANCE B\nit == <<f, inB>>', '<<5, 22>>'],
    ['EXTENDS A\nINSTANCE B\nit == <<f, inB>>', '<<1, 22>>'],
    ['EXTENDS A\nCONSTANT N\nVARIABLE x\nit == <<N, f>>', '<<7, 1>>'],
    ['EXTENDS Naturals\nCONSTANTS N, N\nit == N', '7'],
    ['EXTENDS A, K\nit == <<N, inK>>', '<<7, 8>>'],
    ['EXTENDS A, L\nit == <<N, inK, inA>>', '<<7, 8, 11>>'],
    [
      'I == INSTANCE Both WITH N <- 2, x <- 0, y <- 0\nJ == INSTANCE K WITH N <- 3, y <- 0\nit == <<I!inK, J!inK>>',
      '<<3, 4>>',
    ],
    [
      'EXTENDS Naturals\nVARIABLE v\nI == INSTANCE Both WITH N <- 2, x <- v + 1, y <- v\nit == <<I!are(3), I!are(4)>>',
      '<<TRUE, FALSE>>',
    ],
  ])('keeps the first: %j', (text, expected) => {
    expect(valueIn(text)).toBe(expected);
  });

  test('variables that two modules declare are one', () => {
    const { variables, constants } = loaded('EXTENDS A, L');
    expect(variables.map(({ name }) => name)).toEqual(['x', 'y']);
    expect(constants.map(({ name }) => name)).toEqual(['N']);
  });

  test.each([
    'EXTENDS A\nf == 3\nit == f',
    'EXTENDS A\nINSTANCE Two\nit == f',
    'EXTENDS A\nCONSTANT x\nit == f',
    'EXTENDS A\nCONSTANT N(_)\nit == f',
    'INSTANCE B\nf == 3\nit == f',
    'EXTENDS A, N1\nit == 1',
    'EXTENDS N1, Both\nit == 1',
    'EXTENDS A\nVARIABLE f\nit == 1',
    'a \\/ b == FALSE\nit == 1',
    'a \\times b == {1}\nit == 1',
    "a ' == 1\nit == 1",
    '[] a == 1\nit == 1',
    'a = b == 1\nit == 1',
    'TRUE == 1\nit == 1',
    'VARIABLE FALSE\nit == 1',
    'CONSTANT _ /\\ _\nit == 1',
    'it == LET a ~> b == 1 IN 2',
    'it == \\A TRUE \\in {1} : TRUE',
    'g(g) == g\nit == 1',
    'g(g(_)) == g(1)\nit == 1',
    'g[x, g \\in {1}] == g\nit == 1',
    'it == LET g(g) == 1 IN g(2)',
  ])('is refused: %j', (text) => {
    expect(() => valueIn(text)).toThrowError(expect.objectContaining({ code: 'RC1806' }));
  });
});
