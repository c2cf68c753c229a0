import { beforeAll, describe, expect, test } from 'vitest';
import { loadModule } from '../syntax/load-module.ts';
import { initParser } from '../syntax/parser.ts';
import { named } from '../trace/trace-spec.ts';
import { compileSpec } from './compile-spec.ts';

beforeAll(initParser);

const INNER = `---- MODULE Inner ----
EXTENDS Naturals
VARIABLES p, q
vars == <<p, q>>
Add(n) == p' = p + n
Both(a, b) == a /\\ b
Grow == Add(1) /\\ UNCHANGED q
Choose == p' \\in {5, 6} /\\ q' = p' + 1 /\\ q' # 6
Twice == p' = 1 /\\ p' = 2
Apart == p' = 1 /\\ q' = 2
Local == LET r == q' IN p' = 3 /\\ q' = 4 /\\ r = 4
Passed == Both(p' = 3, UNCHANGED vars \\/ q' = p)
Branch == \\E i \\in 1..3 : p' = i /\\ (IF i = 2 THEN q' = p' ELSE FALSE)
Stay == p' = p /\\ q' = q
Reads == p' = q + 2 /\\ q' = p
Deeper == INSTANCE Inmost WITH d <- p + q
IsDeeper == Deeper!Up
CanGrow == ENABLED Grow
CanChoose == ENABLED Choose
CanTwice == ENABLED Twice
CanApart == ENABLED Apart
CanLocal == ENABLED Local
CanPassed == ENABLED Passed
CanBranch == ENABLED Branch
CanStay == ENABLED Stay
CanMove == ENABLED <<Stay>>_vars
CanMoveOn == ENABLED <<Grow>>_vars
CanRead == ENABLED (Reads /\\ q' = 1 /\\ p' = 2)
CanGoDeep == Deeper!CanUp
CanTakeLet == LET Own == p' = 7 /\\ q' = p IN ENABLED Own
====
`;

const INMOST = `---- MODULE Inmost ----
EXTENDS Naturals
VARIABLE d
Up == d' = d + 1
CanUp == ENABLED (Up /\\ d' = 2)
====
`;

/** The value of each `Can..` of Inner, where x is 0, p is x + 1 and q is x. */
function enabledIn(substitution: string, names: readonly string[]): Record<string, boolean> {
  const text = `---- MODULE Root ----
EXTENDS Naturals
VARIABLE x
I == INSTANCE Inner WITH ${substitution}
${names.map((name) => `${name} == I!${name}`).join('\n')}
====
`;
  const sources = new Map([
    ['Root.tla', text],
    ['Inner', INNER],
    ['Inmost', INMOST],
  ]);
  const { root } = loadModule('Root.tla', { sources });
  const compiled = compileSpec(root, { values: new Map(), overrides: new Map() });
  return Object.fromEntries(
    names.map((name) => [name, compiled.compileState(name, named(root, name)).holds([0])]),
  );
}

describe('ENABLED inside an instance with expressions for its variables', () => {
  test('asks for values of the primed variables of the instance', () => {
    const expected = {
      CanGrow: true,
      CanChoose: true,
      CanTwice: false,
      CanApart: true,
      CanLocal: true,
      CanPassed: true,
      CanBranch: true,
      CanStay: true,
      CanMove: false,
      CanMoveOn: true,
      CanRead: true,
      CanGoDeep: true,
      CanTakeLet: true,
    };
    expect(enabledIn('p <- x + 1, q <- x', Object.keys(expected))).toEqual(expected);
  });

  test('a constant may be put in their place, which is the value of the unprimed variable alone', () => {
    const expected = {
      CanGrow: true,
      CanChoose: true,
      CanTwice: false,
      CanApart: true,
      CanLocal: true,
      CanPassed: true,
      CanBranch: true,
      CanStay: true,
      CanMove: false,
      CanMoveOn: true,
      CanRead: false,
      CanGoDeep: false,
      CanTakeLet: true,
    };
    expect(enabledIn('p <- 0, q <- x', Object.keys(expected))).toEqual(expected);
    expect(enabledIn('p <- 0, q <- 0', Object.keys(expected))).toEqual(expected);
    expect(enabledIn('p <- 1, q <- 0', Object.keys(expected))).toEqual({
      ...expected,
      CanRead: true,
      CanGoDeep: true,
    });
  });

  test('two of them may be one variable of the root module', () => {
    expect(enabledIn('p <- x, q <- x', ['CanApart', 'CanTwice', 'CanStay', 'CanMoveOn'])).toEqual({
      CanApart: true,
      CanTwice: false,
      CanStay: true,
      CanMoveOn: true,
    });
  });
});
