import { beforeAll, describe, expect, test } from 'vitest';
import type { Module } from '../syntax/ast.ts';
import { loadModule } from '../syntax/load-module.ts';
import { initParser } from '../syntax/parser.ts';
import { named } from '../trace/trace-spec.ts';
import { format, internToken } from '../values/operations.ts';
import type { Value } from '../values/value.ts';
import { type CompiledModule, compileSpec } from './compile-spec.ts';
import type { State } from './compiled-spec.ts';

beforeAll(initParser);

interface Compiled {
  readonly module: Module;
  readonly spec: CompiledModule;
}

/** Compiles a module M with this text; other modules by name. */
function compile(
  text: string,
  {
    values = {},
    overrides = {},
    scopedOverrides = {},
    modules = {},
  }: {
    values?: Record<string, Value>;
    overrides?: Record<string, string>;
    scopedOverrides?: Record<string, Record<string, string>>;
    modules?: Record<string, string>;
  } = {},
): Compiled {
  const source = (name: string, body: string) => `---- MODULE ${name} ----\n${body}\n====\n`;
  const sources = new Map([['M.tla', source('M', text)]]);
  for (const [name, body] of Object.entries(modules)) sources.set(name, source(name, body));
  const { root, tokens } = loadModule('M.tla', { sources });
  for (const token of tokens) internToken(token);
  const bindings = {
    values: new Map(Object.entries(values)),
    overrides: new Map(Object.entries(overrides)),
    scopedOverrides: new Map(
      Object.entries(scopedOverrides).map(([inside, names]) => [inside, new Map(Object.entries(names))]),
    ),
  };
  return { module: root, spec: compileSpec(root, bindings) };
}

const print = (state: State): string => state.map(format).join(' ');

/** The initial states and, of each, the successors by Next. */
function steps({ module, spec }: Compiled): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  const next = spec.compileNext(named(module, 'Next'));
  spec.initialStates(named(module, 'Init'), (state) => {
    const successors: string[] = [];
    next(state, (to) => successors.push(print(to)));
    found[print(state)] = successors;
  });
  return found;
}

describe('successors, as TLC generates them', () => {
  const from = (next: string, more = '') =>
    steps(
      compile(
        `EXTENDS Naturals, Sequences\nVARIABLES x, y\n${more}\nInit == x = 0 /\\ y = 1\nNext == ${next}`,
      ),
    );

  test.each([
    ['each disjunct is one', "(x' = 1 /\\ UNCHANGED y) \\/ (x' = 2 /\\ y' = 5)", ['1 1', '2 5']],
    [
      'the first of several names runs fastest',
      "\\E i, j \\in {1, 2} : x' = i /\\ y' = j",
      ['1 1', '2 1', '1 2', '2 2'],
    ],
    [
      'so it does in several sets',
      "\\E i \\in {1, 2}, j \\in {1, 2} : x' = i /\\ y' = j",
      ['1 1', '2 1', '1 2', '2 2'],
    ],
    [
      'behind the last assignment a condition of two disjuncts gives one',
      "x' = 1 /\\ y' = 2 /\\ (x = 0 \\/ y = 1) /\\ \\E i \\in 1..3 : i > 0",
      ['1 2'],
    ],
    ['there it is evaluated no further than it has to', "x' = 1 /\\ y' = 2 /\\ (x = 0 \\/ <<>>[1])", ['1 2']],
    [
      'where a disjunct assigns the last variable, the others still do',
      "x' = 1 /\\ (y' = 2 \\/ y' = 3 \\/ x = 0)/\\ y' = 2",
      ['1 2', '1 2'],
    ],
    [
      'the conjuncts of \\A but the first are only evaluated there',
      "\\A i \\in 1..3 : (x' = 1 /\\ y' = 2) \\/ (x' = 1 /\\ y' = 2)",
      ['1 2', '1 2'],
    ],
    [
      'a true condition of two disjuncts gives two',
      "(x = 0 \\/ y = 1) /\\ x' = 3 /\\ y' = y",
      ['3 1', '3 1'],
    ],
    ['each witness is one', "\\E i \\in 1..3 : i # 2 /\\ x' = i /\\ y' = x", ['1 0', '3 0']],
    ['a primed set is a choice', "x' \\in {4, 5} /\\ y' \\in 0..1", ['4 0', '4 1', '5 0', '5 1']],
    [
      'the second conjunct about a variable compares',
      "x' = 1 /\\ y' = 2 /\\ x' \\in {1, 2} /\\ y' # 3",
      ['1 2'],
    ],
    ['and may forbid', "x' = 1 /\\ y' = 2 /\\ x' = 2", []],
    [
      '\\A assigns in each of its conjuncts',
      "\\A i \\in {0} : (x' = i \\/ x' = 7) /\\ y' = i",
      ['0 0', '7 0'],
    ],
    ['IF takes one branch', "IF x = 0 THEN x' = 9 /\\ y' = 9 ELSE x' = 8 /\\ y' = 8", ['9 9']],
    ['CASE takes the first arm', "CASE x = 1 -> x' = 1 /\\ y' = 1 [] x = 0 -> x' = 2 /\\ y' = 2", ['2 2']],
    ['LET may hold an action', "LET A(n) == x' = n /\\ y' = n IN A(1) \\/ A(2)", ['1 1', '2 2']],
    ['UNCHANGED goes through tuples and names', 'UNCHANGED <<x, <<y>>>>', ['0 1']],
    ['an implication whose left side is true goes on', "(x = 0 => x' = 1) /\\ y' = 0", ['1 0']],
    ['[A]_v may stutter', "[x' = 2 /\\ y' = 2]_<<x, y>>", ['2 2', '0 1']],
    ['<<A>>_v may not', "<<x' \\in {0, 2} /\\ y' = y>>_x", ['2 1']],
  ])('%s', (_what, next, expected) => {
    expect(Object.values(from(next))).toEqual([expected]);
  });

  test('what stands for a parameter may assign', () => {
    const more =
      "Set(old, new) == new = old + 4\nDo(A) == A /\\ y' = 3\nTwice(F(_)) == F(1) \\/ F(2)\nG(n) == x' = n /\\ y' = n";
    expect(Object.values(from("Do(Set(x, x')) ", more))).toEqual([['4 3']]);
    expect(Object.values(from('Twice(G)', more))).toEqual([['1 1', '2 2']]);
    expect(Object.values(from("Twice(LAMBDA n : x' = n /\\ y' = 0)", more))).toEqual([['1 0', '2 0']]);
  });

  test('a prime goes into definitions, LET and arguments', () => {
    const more = "Sum == x + y\nPlus(n) == n' + 1\nShow(a) == a";
    expect(Object.values(from("x' = 5 /\\ y' = 6 /\\ Sum' = 11 /\\ Sum = 1", more))).toEqual([['5 6']]);
    expect(Object.values(from("x' = 5 /\\ y' = Plus(x)", more))).toEqual([['5 6']]);
    expect(Object.values(from("x' = 5 /\\ y' = 1 /\\ (LET z == x + 1 IN z' = 6 /\\ z = 1)"))).toEqual([
      ['5 1'],
    ]);
    expect(Object.values(from("x' = 5 /\\ y' = Show(x' + 1)", more))).toEqual([['5 6']]);
  });

  test('ENABLED asks on a state of its own', () => {
    expect(Object.values(from("ENABLED (x < 1 /\\ x' = x + 1) /\\ x' = 7 /\\ y' = y"))).toEqual([['7 1']]);
    expect(Object.values(from("ENABLED (x > 1 /\\ x' = 1) /\\ x' = 7 /\\ y' = y"))).toEqual([[]]);
  });
});

describe('an argument that is an action in several ways, as TLC takes it', () => {
  const DEFINITIONS = `
One(F(_), a) == F(a)
Both(F(_, _), a, b) == F(F(a, b), b)
When(a) == a /\\ x' = 1`;
  const from = (next: string) =>
    steps(compile(`EXTENDS Integers\nVARIABLE x${DEFINITIONS}\nInit == x = 0\nNext == ${next}`))['0'];

  test.each([
    ['a LAMBDA', "One(LAMBDA p : \\E k \\in 1..2 : p, TRUE) /\\ x' = 1", ['1', '1']],
    [
      'one that is applied twice',
      "Both(LAMBDA p, q : \\E k \\in 1..2 : q, TRUE, TRUE) /\\ x' = 1",
      ['1', '1'],
    ],
    ['a condition about the state', 'When(\\E k \\in 1..2 : k > x)', ['1', '1']],
    ['but not a constant', 'When(\\E k \\in 1..2 : k > 0)', ['1']],
  ])('%s', (_what, next, expected) => {
    expect(from(next)).toEqual(expected);
  });
});

describe('a function applied as an action, whose rule TLC takes as the action', () => {
  const from = (more: string, next: string) =>
    steps(compile(`EXTENDS Integers\nVARIABLE x\n${more}\nInit == x = 0\nNext == ${next}`))['0'];

  test.each([
    ['of a state', 'F[i \\in {0, 1}] == i = x \\/ i < 2', "F[0] /\\ x' = 1", ['1', '1']],
    ['that is a literal', '', "[i \\in {0, 1} |-> x' = i \\/ x' = 0][1]", ['1', '0']],
    [
      'that is recursive',
      'P(j) == LET S[i \\in 0..2] == i = 0 \\/ (\\E k \\in {1, 2} : i > 0 /\\ k > x /\\ S[i - 1]) IN S[j]',
      "P(2) /\\ x' = 1",
      ['1', '1', '1', '1'],
    ],
    ['but not a constant', 'F[i \\in {0, 1}] == i = 0 \\/ i < 2', "F[0] /\\ x' = 1", ['1']],
  ])('%s', (_what, more, next, expected) => {
    expect(from(more, next)).toEqual(expected);
  });

  test('is refused outside of its domain', () => {
    expect(() => from('', "[i \\in {0, 1} |-> x' = i \\/ x' = 0][2]")).toThrow(
      expect.objectContaining({ code: 'RC1853' }),
    );
  });
});

describe('instances', () => {
  const COUNTER =
    "EXTENDS Naturals\nCONSTANT Step\nVARIABLE n\nInit == n = 0\nNext == n' = n + Step\nTwice == 2 * n";

  test('an instance substitutes constants and variables, also under primes', () => {
    const { module, spec } = compile(
      "EXTENDS Naturals\nVARIABLES a, b\nC == INSTANCE Counter WITH Step <- 3, n <- a\nInit == C!Init /\\ b = 0\nNext == C!Next /\\ b' = C!Twice'",
      { modules: { Counter: COUNTER } },
    );
    expect(steps({ module, spec })).toEqual({ '0 0': ['3 6'] });
  });

  test('what it substitutes may be an expression', () => {
    const compiled = compile(
      "EXTENDS Naturals\nVARIABLE a\nC == INSTANCE Counter WITH Step <- 2, n <- 2 * a\nInit == a = 0\nNext == a' \\in 0..4 /\\ C!Next",
      { modules: { Counter: COUNTER } },
    );
    expect(steps(compiled)).toEqual({ '0': ['1'] });
  });

  test('a parameterised instance is expanded where it is used', () => {
    const compiled = compile(
      'EXTENDS Naturals\nVARIABLE n\nC(Step) == INSTANCE Counter\nInit == C(1)!Init\nNext == \\E k \\in 1..2 : C(k)!Next',
      { modules: { Counter: COUNTER } },
    );
    expect(steps(compiled)).toEqual({ '0': ['1', '2'] });
  });
});

describe('the configuration', () => {
  test('a value or another definition takes the place of a name, also of a standard one', () => {
    const { module, spec } = compile(
      'EXTENDS Naturals\nCONSTANT C, F(_)\nD == 1\nE == 2\nTwo(n) == n + n\nSmall == 0..2\nAll == <<C, D, F(5), {n \\in Nat : n > 0}>>',
      { values: { C: 7 }, overrides: { D: 'E', F: 'Two', Nat: 'Small' } },
    );
    expect(format(spec.evaluate(named(module, 'All')))).toBe('<<7, 2, 10, {1, 2}>>');
  });
});

describe('what cannot be evaluated', () => {
  test.each([
    [
      'a function outside of its domain',
      "x' = <<1>>[2]",
      { code: 'RC1853', span: expect.objectContaining({ line: 5, column: 14 }) },
    ],
    [
      'a variable that has no value yet',
      "x' = y' /\\ y' = 1",
      { code: 'RC1870', span: expect.objectContaining({ line: 5, column: 14 }) },
    ],
    [
      'a state that is not complete',
      "x' = 1",
      { code: 'RC1871', span: expect.objectContaining({ line: 4, column: 1 }) },
    ],
    [
      'a state with a set that cannot be enumerated',
      "x' = Nat /\\ y' = 1",
      { code: 'RC1854', span: expect.objectContaining({ line: 4 }) },
    ],
    ['a CASE without an arm', "x' = (CASE x = 9 -> 1) /\\ y' = 1", { code: 'RC1872' }],
    [
      'a CASE of actions without an arm',
      "CASE x = 9 -> x' = 1 /\\ y' = 1",
      { code: 'RC1872', span: expect.objectContaining({ line: 5, column: 9 }) },
    ],
    [
      'an \\E over a set without end',
      "\\E n \\in Nat : x' = n /\\ y' = 1",
      { code: 'RC1854', span: expect.objectContaining({ line: 5, column: 18 }) },
    ],
    [
      'an \\A over no set',
      "\\A n \\in 1 : x' = n /\\ y' = 1",
      { code: 'RC1851', span: expect.objectContaining({ line: 5, column: 18 }) },
    ],
    [
      'a pair of a set that has none',
      "\\E <<a, b>> \\in {1} : x' = a /\\ y' = b",
      { span: expect.objectContaining({ line: 5, column: 25 }) },
    ],
    [
      'a next value of a set without end',
      "x' \\in Nat /\\ y' = 1",
      { code: 'RC1854', span: expect.objectContaining({ line: 5, column: 16 }) },
    ],
    [
      'a next value of another kind',
      "x' = 1 /\\ y' = 1 /\\ x' = \"a\"",
      { code: 'RC1852', span: expect.objectContaining({ line: 5, column: 29 }) },
    ],
    [
      'a next value that is no member',
      "x' = 1 /\\ y' = 1 /\\ x' \\in 5",
      { span: expect.objectContaining({ line: 5, column: 29 }) },
    ],
    [
      'a function as an action outside of its domain',
      "[n \\in {1} |-> x' = n /\\ y' = 1][2]",
      { span: expect.objectContaining({ line: 5, column: 9 }) },
    ],
    [
      'an Assert',
      'Assert(x = 1, "no") /\\ UNCHANGED <<x, y>>',
      { code: 'RC1874', message: expect.stringContaining('no') },
    ],
    ['a set that is not bounded', "x' = (CHOOSE z : z = 1) /\\ y' = 1", { code: 'RC4251' }],
  ])('%s is refused, with the place', (_what, next, expected) => {
    const compiled = compile(
      `EXTENDS Naturals, TLC\nVARIABLES x, y\nNext == \\/ ${next}\nInit == x = 0 /\\ y = 0`.replace(
        'Next == \\/ ',
        'Next ==\n     \\/ ',
      ),
    );
    expect(() => steps(compiled)).toThrow(expect.objectContaining(expected));
  });

  test.each([
    ['\\E i \\in 1 .. 2 : Step(i)', 'the action Bad does not say what the variables y and z are', 5],
    ["x' = 1 /\\ Part", 'the action Next does not say what the variable z is', 11],
    ['Other', 'the action Better does not say what the variables y and z are', 6],
  ])('a state that is not complete is told with the action that makes it: %s', (next, message, line) => {
    const text = `EXTENDS Naturals
      VARIABLES x, y, z
      Init == x = 0 /\\ y = 0 /\\ z = 0
      Bad(i) == x < i /\\ x' = i
      Better == x' = 2
      Step(i) == \\/ x' = i /\\ y' = 1 /\\ z' = 1
                 \\/ Bad(i)
      Part == y' = 1
      Other == x' = 1
      Next == ${next}`;
    const compiled = compile(text, { overrides: { Other: 'Better' } });
    const span = expect.objectContaining({ line });
    expect(() => steps(compiled)).toThrow(expect.objectContaining({ code: 'RC1871', message, span }));
  });

  test('what fails late within a constant is refused where it stands', () => {
    const compiled = compile(
      'VARIABLE x\nF ==\n  [s \\in {1, 2} |->\n    s = {}]\nInit == x = F\nNext == FALSE',
    );
    const span = expect.objectContaining({ line: 5, column: 5 });
    expect(() => steps(compiled)).toThrow(expect.objectContaining({ code: 'RC1852', span }));
  });

  test('an initial state that is not complete is told with all that it lacks', () => {
    const compiled = compile('VARIABLES x, y, z\nInit == y = 0\nNext == FALSE');
    expect(() => steps(compiled)).toThrow(
      'the initial predicate does not say what the variables x and z are',
    );
  });

  test('UNCHANGED of a definition keeps the overrides of its module, when steps are explained too', () => {
    const { module, spec } = compile(
      "EXTENDS Base\nSmall == 0 .. 3\nInit == x = 0 /\\ y = 9\nNext == x' = x /\\ y' = y + 1 /\\ UNCHANGED Seen",
      {
        scopedOverrides: { Base: { Nat: 'Small' } },
        modules: { Base: 'EXTENDS Naturals\nVARIABLES x, y\nSeen == IF 5 \\in Nat THEN y ELSE x' },
      },
    );
    const found: string[] = [];
    const next = spec.compileExplainedNext(named(module, 'Next'));
    spec.initialStates(named(module, 'Init'), (from) => next(from, ({ state }) => found.push(print(state))));
    expect(found).toEqual(['0 10']);
  });

  test('what an ENABLED enters is no call of the steps', () => {
    const { module, spec } = compile(
      "VARIABLE x\nB == x' = 1\nA == ENABLED B /\\ x' = 2\nC == x' = 3\nInit == x = 0\nNext == A \\/ C",
    );
    const [explained, counted]: [string[], string[]] = [[], []];
    const next = named(module, 'Next');
    spec.initialStates(named(module, 'Init'), (from) => {
      spec.compileExplainedNext(next)(from, ({ calls }) =>
        explained.push(calls.map(({ name }) => name).join(' ')),
      );
      spec.compileCounted(next).successors(from, (_to, entered) => counted.push(entered.join(' ')));
    });
    expect(explained).toEqual(['Next A', 'Next C']);
    expect(counted).toEqual(explained);
  });

  test('an argument that is not used need not have a value', () => {
    const { module, spec } = compile('First(a, b) == a\nA == First(1, <<>>[1])\nB == LET z == <<>>[1] IN 2');
    expect(format(spec.evaluate(named(module, 'A')))).toBe('1');
    expect(format(spec.evaluate(named(module, 'B')))).toBe('2');
  });

  test('a text of the spec is never code', () => {
    const { module, spec } = compile('A == "\\"); throw new Error(\\"no"');
    expect(format(spec.evaluate(named(module, 'A')))).toContain('throw new Error');
  });
});
