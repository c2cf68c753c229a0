import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evaluate, explore, parse, type Spec } from '../index.ts';

const PARTS = `---- MODULE Parts ----
EXTENDS Naturals, Sequences
---- MODULE Inner ----
CONSTANT C
Twice == 2 * C
Q(a) == \\A i \\in {1, C} : i + C > a
THEOREM Thm == C = 4
LEMMA Lbl == K:: C + 1 = 5
LEMMA AP == ASSUME NEW n \\in Nat PROVE n >= 0
Two(a) == a + C
====
M == INSTANCE Inner WITH C <- 4
N(k) == INSTANCE Inner WITH C <- k
S == {1, 2, 3}
Chain == 1 = 1 /\\ 2 = 3 /\\ 4 = 5
List == /\\ 1 = 1
        /\\ 2 = 3
        /\\ 4 = 4
Sum(a, b) == a + b * 2
Tup == <<10, 20, 30>>
If(a) == IF a = 1 THEN a + 10 ELSE a + 20
Cs(a) == CASE a = 1 -> "one" [] a = 2 -> "two" [] OTHER -> "other"
Rec == [f |-> 1 + 1, g |-> "str"]
App == [i \\in S, j \\in S |-> i + j][1, 2]
Ex == [Rec EXCEPT !.f = 5]
Q(k) == \\A i, j \\in S, m \\in {4, 5} : i + j + k < m
Ch == CHOOSE i \\in {3, 4} : i > 3
Flt == {i \\in S : i > 1}
Mp == {i * j : i \\in S, j \\in {2}}
Fn == [i \\in S |-> i * 10]
fact[n \\in 0..5] == IF n = 0 THEN 1 ELSE n * fact[n - 1]
RECURSIVE Down(_)
Down(n) == IF n = 0 THEN <<>> ELSE <<n>> \\o Down(n - 1)
Pr == S \\X {1} \\X {2}
Lt(a) == LET y == a + 1
             G(z) == LET w == z * 2 IN w + y
         IN  G(y) + a
Lb(a) == \\E i \\in S : A1(i):: \\A j \\in S : /\\ B1(j):: i + j > a
                                          /\\ C1(j):: LET q == i * 100 IN D1:: q + j > 0
Fld == Rec.f
Lam == SelectSeq(Tup, LAMBDA e : e > 15)
Lbl == L1:: (M1:: 5) + 6
Deep(a) == {LET c == [Rec EXCEPT !.f = v] d(x) == c.f + x IN d(a) : v \\in S}
Ap(Op(_), v) == Op(v)
Ap2(Op(_, _), v, w) == Op(v, w)
Unbounded == \\E i : i = 1
====
`;

// TLC 2.18 prints the same values; of fact!(4) it says that fact is undefined.
const VALUES: readonly (readonly [reference: string, value: string])[] = [
  ['<<Chain!1, Chain!2, Chain!1!1, Chain!1!2>>', '<<FALSE, FALSE, TRUE, FALSE>>'],
  ['<<List!1, List!2, List!:, List!3>>', '<<TRUE, FALSE, FALSE, TRUE>>'],
  ['<<Sum(1, 2)!1, Sum(1, 2)!:, Sum(1, 2)!2>>', '<<1, 5, 4>>'],
  ['<<Sum(1, 2)!<<, Sum(1, 2)!>>!1, Tup!<<, Tup!2>>', '<<1, 2, 10, 20>>'],
  ['<<If(1)!1, If(1)!2, If(1)!3, If(7)!3!<<>>', '<<TRUE, 11, 21, 7>>'],
  ['<<Cs(1)!1!1, Cs(3)!1!2, Cs(1)!3!2>>', '<<TRUE, "one", "other">>'],
  ['<<Rec!1, Rec!2, Fld!1, Fld!2>>', '<<2, "str", [f |-> 2, g |-> "str"], "f">>'],
  ['<<App!2, Ex!1, Pr!3>>', '<<<<1, 2>>, [f |-> 2, g |-> "str"], {2}>>'],
  ['<<Q(1)!1, Q(1)!2, Q(1)!(1, 1, 5), Q(2)!(1, 2, 4)!1>>', '<<{1, 2, 3}, {4, 5}, TRUE, 5>>'],
  ['<<Ch!1, Ch!(5), Flt!(0), Mp!2, Mp!(5, 6), Fn!(7)>>', '<<{3, 4}, TRUE, FALSE, {2}, 30, 70>>'],
  ['<<fact!1, fact!(4), fact!(0)!1>>', '<<0..5, 24, TRUE>>'],
  ['<<Down(3)!1, Down(3)!3, Down(3)!3!2>>', '<<FALSE, <<3, 2, 1>>, <<2, 1>>>>'],
  ['<<Lt(5)!1, Lt(5)!1!1, Lt(5)!1!1!1>>', '<<23, 18, 6>>'],
  ['<<Lt(5)!:!G(3), Lt(5)!:!G(3)!1, Lt(5)!:!y, Lt(5)!:!G(3)!:!w>>', '<<12, 12, 6, 6>>'],
  ['<<Lb(0)!A1(2), Lb(3)!A1(2)!B1(1), Lb(3)!A1(2)!B1(3)!1>>', '<<TRUE, FALSE, 5>>'],
  ['<<Lb(3)!A1(2)!C1(3)!D1!1, Lb(3)!A1(2)!(1)!1>>', '<<203, FALSE>>'],
  ['<<Lb(1)!(3)!(2)!2, Lam!2!(16), Deep(5)!(7)>>', '<<TRUE, TRUE, 12>>'],
  ['<<Lbl!L1, Lbl!L1!M1, Lbl!1, Lbl!L1!2>>', '<<11, 5, 5, 6>>'],
  ['<<M!Twice!2, M!Q(3)!1, M!Q(3)!(2)!1, N(8)!Q(1)!(2)!2, N(9)!Twice!2>>', '<<4, {1, 4}, 6, 1, 9>>'],
  ['<<M!Thm, M!Thm!1, N(3)!Thm!:, M!Lbl!K>>', '<<TRUE, 4, FALSE, TRUE>>'],
  ['<<Ap2(Sum!1, 3, 4), Ap2(Sum!2, 3, 4), Ap2(Sum!:, 3, 4), Ap(If!2, 4)>>', '<<3, 8, 11, 14>>'],
  ['<<Ap(Fn!@, 4), Ap2(Lb!A1, 3, 1), Ap2(M!Q!@, 2, 3), Ap2(N!Two!1, 7, 5)>>', '<<40, FALSE, TRUE, 5>>'],
  ['{LET F(y) == y + v IN F(3)!2 : v \\in S}', '{1, 2, 3}'],
  ['{LET F(y) == {z + y + v : z \\in S} IN F(3)!(10) : v \\in S}', '{14, 15, 16}'],
  ['{LET F(y) == y + v IN Ap(F!2, 3) : v \\in S}', '{1, 2, 3}'],
];

const REFUSED: readonly (readonly [reference: string, message: string])[] = [
  ['Chain!3', 'RC1813 1:7: there is no such part: what is before it has 2 parts'],
  ['List!>>', 'RC1813 1:6: there is no such part: what is before it has 3 parts'],
  ['Sum(1, 2)!1!1', 'RC1813 1:13: there is no such part: what is before it has no parts'],
  ['Sum!1', 'RC1805 1:1: Sum needs 2 arguments, but is given none'],
  ['Q(1)!(1)', 'RC1805 1:6: !(...) needs 3 arguments, but is given 1'],
  ['Q(1)!@', 'RC1807 1:6: !@ makes an operator, but an expression is expected'],
  ['Tup!(1)', 'RC1813 1:5: there is no such part: what is before it binds no names'],
  ['Cs(1)!1', 'RC1813 1:7: there is no such part: an arm of a CASE is no expression'],
  ['Cs(1)!3!1', 'RC1813 1:9: there is no such part: what is before it has 2 parts'],
  ['Ex!2', 'RC1813 1:4: there is no such part: what is before it has 1 part'],
  ['Lb(1)!B1', 'RC1813 1:7: there is no label B1 directly in what stands before it'],
  ['Lb(1)!A1', 'RC1805 1:7: A1 needs 1 argument, but is given none'],
  ['Lt(1)!:!H', 'RC1813 1:9: the LET does not define H'],
  ['Tup!1!G', 'RC1813 1:7: there is no such part: G is sought in a LET'],
  ['Tup!1!:', 'RC1813 1:7: there is no such part: !: stands only behind the name of a definition'],
  ['Ap(Sum(1, 2)!1, 2)', 'RC1805 1:4: an operator is expected: Sum is not given arguments here'],
  ['Ap(Tup!1, 2)', 'RC1807 1:4: argument 1 of Ap must be an operator with 1 argument'],
  ['Lam!2', 'RC1813 1:5: there is no such part: this part is an operator'],
  ['M!1', 'RC1807 1:3: M is an instance of a module'],
  ['Unbounded!(1)', 'RC4251 a reference to a part of an expression is not supported'],
  ['M!AP', 'RC4251 an ASSUME/PROVE as an expression is not supported'],
  ['M!AP!2', 'RC4251 a reference to a part of an expression is not supported'],
];

/** Lines 3 and on of a module that extends Naturals and has the variable x. */
const REFUSED_MODULES: readonly (readonly [lines: string, message: string])[] = [
  ['A == \\A i \\in {1} : L:: i > 0', 'RC1805 3:21: the label L needs i as a parameter'],
  ['A(b) == L(b):: 1', 'RC1804 3:11: b is not bound around the label'],
  ['A == <<L:: 1, L:: 2>>', 'RC1806 3:15: the label L is given twice in one definition'],
  ['A == x!1', 'RC1813 3:6: x has no parts: it is not defined by an expression'],
  ['RECURSIVE A(_)\nA(n) == A(n)!1', 'RC1813 4:9: A has no parts inside its own definition'],
  ['THEOREM T == nonsense', 'RC1804 3:14: nonsense is not known here'],
];

describe('parts of definitions', () => {
  let spec: Spec;

  beforeAll(async () => {
    spec = await parse({ text: PARTS });
  });

  test.each(VALUES)('%s', async (reference, value) => {
    expect((await evaluate(reference, { spec })).text).toBe(value);
  });

  test.each(REFUSED)('%s is refused', async (reference, message) => {
    expect(await messageOf(evaluate(reference, { spec }))).toContain(message);
  });

  test.each(REFUSED_MODULES)('%s is refused', async (lines, message) => {
    const text = `---- MODULE M ----\nEXTENDS Naturals VARIABLE x\n${lines}\n====`;
    expect(await messageOf(parse({ text }))).toContain(message);
  });
});

async function messageOf(result: Promise<unknown>): Promise<string> {
  const error = await result.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error) || !('code' in error)) throw new Error('it is not refused');
  return `${error.code} ${error.message}`.replace(/ (?:M\.tla|expression):(?=\d+:\d+:)/, ' ');
}

// The counts are TLC's: raftcheck model --engine both says that they agree.
describe('parts in a model', () => {
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parts-'));
    await writeFile(
      join(folder, 'Steps.tla'),
      `---- MODULE Steps ----
EXTENDS Naturals
VARIABLE x
THEOREM T == x \\in 0..1
ASSUME Small == 1 < 2
ASSUME Small
Init == x = 0
A == x' = 1 - x /\\ x = x
B == /\\ x < 5
     /\\ x' = x
P(a) == LET y == a + 1
        IN  \\E z \\in {1, 2} : L(z):: /\\ M:: x' = (x + y + z) % 2
                                     /\\ z > 0
Next == A!1 \\/ B \\/ P(0)!1!(2) \\/ P(1)!L(1)!M
Inv == T
Zero == T!1 = 0
Unbounded == \\A i : i = x
Some == Unbounded!(x)
====
`,
    );
  });

  afterAll(() => rm(folder, { recursive: true }));

  test.each([
    ['Inv', { verdict: 'holds', distinct: 2, generated: 9, depth: 2 }],
    ['Zero', { verdict: 'violated', distinct: 2, generated: 2, depth: 2 }],
  ])('invariant %s', async (invariant, verdict) => {
    const configFile = join(folder, `${invariant}.cfg`);
    await writeFile(configFile, `INIT Init NEXT Next INVARIANT ${invariant}`);
    expect(await explore({ specFile: join(folder, 'Steps.tla'), configFile })).toMatchObject(verdict);
  });

  test('a part that the engine does not keep is refused with its place', async () => {
    const configFile = join(folder, 'Some.cfg');
    await writeFile(configFile, 'INIT Init NEXT Next INVARIANT Some');
    const specFile = join(folder, 'Steps.tla');
    expect(await messageOf(explore({ specFile, configFile }))).toMatch(
      /^RC4251 a reference to a part of an expression is not supported \(.*Steps\.tla:18:9\)/,
    );
  });

  test('a configuration cannot name a theorem, nor an assumption', async () => {
    const spec = await parse({ file: join(folder, 'Steps.tla') });
    expect(spec.definitions.map(({ name }) => name)).not.toContain('T');
    expect(spec.definitions.map(({ name }) => name)).not.toContain('Small');
  });
});
