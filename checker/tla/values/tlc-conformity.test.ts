import { describe, expect, test } from 'vitest';
import { EvaluationError } from './evaluation-error.ts';
import * as o from './operations.ts';
import type { Value } from './value.ts';

/*
 * What TLC 2.18 answers to `ASSUME PrintT(expression)`, or that it refuses. TLC prints the function with an empty
 * domain as << >> or <<>>, depending on how it was made; here it is always <<>>.
 */

// The order of first appearance is TLC's order of strings and model values.
for (const text of ['m1', 'm2', 'm3', 'A_1', 'A_2', 'B_1', 'zz', 'yy', 'xx', 'Zz', 'a', 'b', 'x'])
  o.internToken(text);

const [m1, m2, m3] = [o.modelValue('m1'), o.modelValue('m2'), o.modelValue('m3')];
const [typedA, otherA, typedB] = [o.modelValue('A_1'), o.modelValue('A_2'), o.modelValue('B_1')];
const text = o.string;
const set = (...items: Value[]): Value => o.setOf(items);
const seq = (...items: Value[]): Value => o.sequence(items);
const rec = (fields: Readonly<Record<string, Value>>): Value =>
  o.recordOf(o.recordShape(Object.keys(fields)), Object.values(fields));
const fun = (...pairs: readonly (readonly [Value, Value])[]): Value =>
  o.functionOf(
    pairs.map(([key]) => key),
    pairs.map(([, value]) => value),
  );
const first = (of: Value): Value => o.choose(of, () => true);
const REFUSED = 'refused';
const nat = o.NATURALS;
const one = set(1);

type Row = readonly [expression: string, answer: string | boolean, value: () => Value];

function answerOf(value: () => Value): string | boolean {
  try {
    const answer = value();
    return typeof answer === 'boolean' ? answer : o.format(answer);
  } catch (error) {
    if (error instanceof EvaluationError) return REFUSED;
    throw error;
  }
}

function conforms(title: string, rows: readonly Row[]): void {
  describe(title, () => {
    test.each(rows)('%s', (_expression, answer, value) => {
      expect(answerOf(value)).toBe(answer);
    });
  });
}

conforms('printing', [
  [
    '{"xx", "yy", "zz", "Zz"}',
    '{"zz", "yy", "xx", "Zz"}',
    () => set(text('xx'), text('yy'), text('zz'), text('Zz')),
  ],
  ['{m3, m2, m1}', '{m1, m2, m3}', () => set(m3, m2, m1)],
  ['{3, m3, 1, m1, 2}', '{m1, m3, 1, 2, 3}', () => set(3, m3, 1, m1, 2)],
  ['{A_1, B_1, 1}', '{A_1, B_1, 1}', () => set(typedB, 1, typedA)],
  ['[xx |-> 1, yy |-> 2, zz |-> 3]', '[zz |-> 3, yy |-> 2, xx |-> 1]', () => rec({ xx: 1, yy: 2, zz: 3 })],
  ['[x \\in {3, 5} |-> x]', '(3 :> 3 @@ 5 :> 5)', () => o.functionOver(set(5, 3), (x) => x)],
  [
    '[x \\in {"xx", "zz"} |-> 1]',
    '[zz |-> 1, xx |-> 1]',
    () => o.functionOver(set(text('xx'), text('zz')), () => 1),
  ],
  ['[x \\in {1, 2} |-> x]', '<<1, 2>>', () => o.functionOver(set(1, 2), (x) => x)],
  ['[x \\in {TRUE} |-> x]', '(TRUE :> TRUE)', () => fun([true, true])],
  [
    '(<<>> :> <<>> @@ <<1>> :> <<1>>)',
    '(<<>> :> <<>> @@ <<1>> :> <<1>>)',
    () => fun([seq(1), seq(1)], [seq(), seq()]),
  ],
  ['1..0', '{}', () => o.interval(1, 0)],
  ['1..1', '1..1', () => o.interval(1, 1)],
  ['(1..3) \\ {7}', '{1, 2, 3}', () => o.difference(o.interval(1, 3), set(7))],
  ['SUBSET (1..7)', 'SUBSET 1..7', () => o.powerSet(o.interval(1, 7))],
  ['[1..2 -> 1..45]', '[1..2 -> 1..45]', () => o.functionSet(o.interval(1, 2), o.interval(1, 45))],
  ['(1..44) \\X (1..46)', '(1..44 \\X 1..46)', () => o.product([o.interval(1, 44), o.interval(1, 46)])],
  [
    '[a : 1..44, b : 1..46]',
    '[a: 1..44, b: 1..46]',
    () => o.recordSet(['a', 'b'], [o.interval(1, 44), o.interval(1, 46)]),
  ],
  ['{SUBSET (1..8)}', '{SUBSET 1..8}', () => set(o.powerSet(o.interval(1, 8)))],
  ['[a |-> SUBSET (1..2)]', '[a |-> {{}, {1}, {2}, {1, 2}}]', () => rec({ a: o.powerSet(o.interval(1, 2)) })],
  ['Nat', 'Nat', () => nat],
  ['Seq({1, 2})', 'Seq({1, 2})', () => o.sequencesOver(set(2, 1))],
  ['BOOLEAN', '{FALSE, TRUE}', () => o.BOOLEANS],
  ['Any', 'ANY', () => o.ANY],
  ['"a\\"b\\\\c\\n\\td"', '"a\\"b\\\\c\\n\\td"', () => text('a"b\\c\n\td')],
  ['-3', '-3', () => -3],
  [
    '(3 :> 2) @@ (1 :> 3) @@ (3 :> 9)',
    '(1 :> 3 @@ 3 :> 2)',
    () => o.combine(o.combine(fun([3, 2]), fun([1, 3])), fun([3, 9])),
  ],
  ['<<1, 2>> @@ <<3, 4, 5>>', '<<1, 2, 5>>', () => o.combine(seq(1, 2), seq(3, 4, 5))],
  ['[x |-> 1] @@ <<1>>', REFUSED, () => o.combine(rec({ x: 1 }), seq(1))],
]);

conforms('the order of CHOOSE', [
  ['CHOOSE x \\in {"xx", "zz", "yy"} : TRUE', '"zz"', () => first(set(text('xx'), text('zz'), text('yy')))],
  [
    '{<<2>>, <<>>, <<1, 1>>, <<1>>}',
    '{<<>>, <<1>>, <<2>>, <<1, 1>>}',
    () => set(seq(2), seq(), seq(1, 1), seq(1)),
  ],
  [
    'records',
    '{[zz |-> 5], [yy |-> 3], [zz |-> 1, xx |-> 3], [yy |-> 1, xx |-> 2], [yy |-> 2, xx |-> 1]}',
    () =>
      set(
        rec({ xx: 1, yy: 2 }),
        rec({ xx: 2, yy: 1 }),
        rec({ zz: 5 }),
        rec({ xx: 3, zz: 1 }),
        rec({ yy: 3 }),
      ),
  ],
  [
    'functions',
    '{(7 :> 2), (3 :> 1 @@ 5 :> 1), (3 :> 2 @@ 4 :> 2), (3 :> 3 @@ 4 :> 4 @@ 5 :> 5)}',
    () => set(fun([3, 1], [5, 1]), fun([3, 2], [4, 2]), fun([7, 2]), fun([3, 3], [4, 4], [5, 5])),
  ],
  [
    'sequences and other functions',
    '{(7 :> 1), (0 :> 2 @@ 5 :> 2), <<1, 2>>, (2 :> 1 @@ 3 :> 1)}',
    () => set(seq(1, 2), fun([2, 1], [3, 1]), fun([0, 2], [5, 2]), fun([7, 1])),
  ],
  [
    'sets',
    '{{}, {1}, {2}, {7}, {1, 2}, 4..5, 1..3}',
    () => set(set(1), set(), set(2), set(1, 2), o.interval(1, 3), set(7), o.interval(4, 5)),
  ],
  ['{TRUE, FALSE}', '{FALSE, TRUE}', () => set(true, false)],
  ['{m2, <<1>>, m1, <<>>}', '{m1, m2, <<>>, <<1>>}', () => set(m2, seq(1), m1, seq())],
  [
    'CHOOSE x \\in {<<m2, 1>>, <<m1, 2>>, <<1, 1>>} : TRUE',
    '<<m1, 2>>',
    () => first(set(seq(m2, 1), seq(m1, 2), seq(1, 1))),
  ],
  [
    'CHOOSE x \\in [{1, 2} -> {4, 3}] : x[1] # 3',
    '<<4, 3>>',
    () => o.choose(o.functionSet(set(1, 2), set(4, 3)), (x) => !o.equal(o.apply(x, 1), 3)),
  ],
  [
    'CHOOSE x \\in (SUBSET {1, 2}) \\cup {{0}} : x # {}',
    '{0}',
    () => o.choose(o.union(o.powerSet(set(1, 2)), set(set(0))), (x) => !o.equal(x, set())),
  ],
]);

conforms('equality', [
  ['1 = "a"', REFUSED, () => o.equal(1, text('a'))],
  ['TRUE = 1', REFUSED, () => o.equal(true, 1)],
  ['1 = m1', false, () => o.equal(1, m1)],
  ['m1 = {1}', false, () => o.equal(m1, one)],
  ['[a |-> 1] = m1', false, () => o.equal(rec({ a: 1 }), m1)],
  ['A_1 = A_2', false, () => o.equal(typedA, otherA)],
  ['A_1 = B_1', REFUSED, () => o.equal(typedA, typedB)],
  ['A_1 = m1', false, () => o.equal(typedA, m1)],
  ['{} = A_1', REFUSED, () => o.equal(set(), typedA)],
  ['1 = A_1', REFUSED, () => o.equal(1, typedA)],
  ['{} = 1', REFUSED, () => o.equal(set(), 1)],
  ['{} = <<>>', REFUSED, () => o.equal(set(), seq())],
  ['<<1>> = <<"a">>', REFUSED, () => o.equal(seq(1), seq(text('a')))],
  ['<<1, 2>> = <<3, "a">>', false, () => o.equal(seq(1, 2), seq(3, text('a')))],
  ['<<1, 2>> = <<1, "a">>', REFUSED, () => o.equal(seq(1, 2), seq(1, text('a')))],
  ['<<1, "a">> = <<1>>', false, () => o.equal(seq(1, text('a')), seq(1))],
  ['[a |-> 1] = <<>>', false, () => o.equal(rec({ a: 1 }), seq())],
  ['<<>> = [a |-> 1]', false, () => o.equal(seq(), rec({ a: 1 }))],
  ['[a |-> 1] = <<1, 2>>', REFUSED, () => o.equal(rec({ a: 1 }), seq(1, 2))],
  ['<<1, 2>> = [a |-> 1]', false, () => o.equal(seq(1, 2), rec({ a: 1 }))],
  ['<<1>> = [a |-> 1]', REFUSED, () => o.equal(seq(1), rec({ a: 1 }))],
  ['[a |-> 1] = [b |-> "x"]', false, () => o.equal(rec({ a: 1 }), rec({ b: text('x') }))],
  ['[a |-> 1] = [a |-> "x"]', REFUSED, () => o.equal(rec({ a: 1 }), rec({ a: text('x') }))],
  ['[a |-> 1] = (2 :> 1)', REFUSED, () => o.equal(rec({ a: 1 }), fun([2, 1]))],
  ['(2 :> 1) = [a |-> 1]', REFUSED, () => o.equal(fun([2, 1]), rec({ a: 1 }))],
  ['(2 :> 1 @@ 3 :> 3) = [a |-> 1]', false, () => o.equal(fun([2, 1], [3, 3]), rec({ a: 1 }))],
  ['(2 :> 1) = <<1>>', false, () => o.equal(fun([2, 1]), seq(1))],
  ['(m1 :> 1) = <<1>>', REFUSED, () => o.equal(fun([m1, 1]), seq(1))],
  ['(m1 :> 1) = [a |-> 1]', false, () => o.equal(fun([m1, 1]), rec({ a: 1 }))],
  ['(2 :> 1) = ("x" :> 1)', REFUSED, () => o.equal(fun([2, 1]), fun([text('x'), 1]))],
  ['{1} = {"a"}', REFUSED, () => o.equal(one, set(text('a')))],
  ['{1} = {"a", "b"}', false, () => o.equal(one, set(text('a'), text('b')))],
  ['{1, 2} = {1, m1}', false, () => o.equal(set(1, 2), set(1, m1))],
  ['{"a"} = 1..1', REFUSED, () => o.equal(set(text('a')), o.interval(1, 1))],
  ['{} = 1..0', true, () => o.equal(set(), o.interval(1, 0))],
  ['Nat = Nat', true, () => o.equal(nat, nat)],
  ['Nat = Int', false, () => o.equal(nat, o.INTEGERS)],
  ['{1} = Nat', REFUSED, () => o.equal(one, nat)],
  ['Nat = m1', false, () => o.equal(nat, m1)],
  ['SUBSET {1} = {{}, {1}}', true, () => o.equal(o.powerSet(one), set(set(), set(1)))],
  ['SUBSET Nat = SUBSET Int', false, () => o.equal(o.powerSet(nat), o.powerSet(o.INTEGERS))],
  ['[Nat -> {1}] = [Nat -> {2}]', false, () => o.equal(o.functionSet(nat, one), o.functionSet(nat, set(2)))],
  ['<<1..3>> = <<{3, 2, 1}>>', true, () => o.equal(seq(o.interval(1, 3)), seq(set(3, 2, 1)))],
]);

conforms('membership', [
  ['1 \\in {"a", "b"}', REFUSED, () => o.isMember(1, set(text('a'), text('b')))],
  ['1 \\in {}', false, () => o.isMember(1, set())],
  ['1 \\in {m1}', false, () => o.isMember(1, set(m1))],
  ['"a" \\in {m1, 2}', REFUSED, () => o.isMember(text('a'), set(m1, 2))],
  ['1 \\in {{1}}', REFUSED, () => o.isMember(1, set(set(1)))],
  ['<<1>> \\in {<<1, 2>>}', false, () => o.isMember(seq(1), set(seq(1, 2)))],
  ['<<1>> \\in {[a |-> 1]}', REFUSED, () => o.isMember(seq(1), set(rec({ a: 1 })))],
  [
    '[a |-> 1] \\in {<<1, 2>>, <<3, 4, 5>>}',
    false,
    () => o.isMember(rec({ a: 1 }), set(seq(1, 2), seq(3, 4, 5))),
  ],
  ['1 \\in BOOLEAN', REFUSED, () => o.isMember(1, o.BOOLEANS)],
  ['m1 \\in BOOLEAN', false, () => o.isMember(m1, o.BOOLEANS)],
  ['A_1 \\in 1..3', REFUSED, () => o.isMember(typedA, o.interval(1, 3))],
  ['A_1 \\in Nat', REFUSED, () => o.isMember(typedA, nat)],
  ['B_1 \\in S, with S = {A_1, A_2}', false, () => o.isMember(typedB, set(typedA, otherA))],
  ['B_1 \\in S, with S = {1, 2}', false, () => o.isMember(typedB, set(1, 2))],
  ['1 \\in S, with S = {A_1, A_2}', false, () => o.isMember(1, set(typedA, otherA))],
  ['{B_1} \\in SUBSET S, with S = {A_1}', false, () => o.isMember(set(typedB), o.powerSet(set(typedA)))],
  ['<<>> \\in Nat', REFUSED, () => o.isMember(seq(), nat)],
  ['m1 \\in STRING', false, () => o.isMember(m1, o.STRINGS)],
  ['[a |-> 1] \\in Seq({1})', REFUSED, () => o.isMember(rec({ a: 1 }), o.sequencesOver(one))],
  ['<<"a">> \\in Seq({1})', REFUSED, () => o.isMember(seq(text('a')), o.sequencesOver(one))],
  ['m1 \\in SUBSET {1}', REFUSED, () => o.isMember(m1, o.powerSet(one))],
  ['Nat \\in SUBSET Nat', REFUSED, () => o.isMember(nat, o.powerSet(nat))],
  ['1..3 \\in SUBSET Nat', true, () => o.isMember(o.interval(1, 3), o.powerSet(nat))],
  ['<<1>> \\in [{"a"} -> {1}]', REFUSED, () => o.isMember(seq(1), o.functionSet(set(text('a')), one))],
  ['<<1, 2>> \\in [{"a"} -> {1}]', false, () => o.isMember(seq(1, 2), o.functionSet(set(text('a')), one))],
  [
    '[a |-> 1] \\in [{"a"} -> {1}]',
    true,
    () => o.isMember(rec({ a: 1 }), o.functionSet(set(text('a')), one)),
  ],
  [
    '[a |-> "x"] \\in [{"b"} -> {1}]',
    false,
    () => o.isMember(rec({ a: text('x') }), o.functionSet(set(text('b')), one)),
  ],
  ['{} \\in [{1} -> {1}]', REFUSED, () => o.isMember(set(), o.functionSet(one, one))],
  ['m1 \\in [{1} -> {1}]', false, () => o.isMember(m1, o.functionSet(one, one))],
  ['<<>> \\in [a : {1}]', false, () => o.isMember(seq(), o.recordSet(['a'], [one]))],
  ['<<1>> \\in [a : {1}]', REFUSED, () => o.isMember(seq(1), o.recordSet(['a'], [one]))],
  ['("a" :> 1) \\in [a : {1}]', true, () => o.isMember(fun([text('a'), 1]), o.recordSet(['a'], [one]))],
  ['(2 :> 1) \\in [a : {1}]', REFUSED, () => o.isMember(fun([2, 1]), o.recordSet(['a'], [one]))],
  ['<<2, "x">> \\in {1} \\X {2}', false, () => o.isMember(seq(2, text('x')), o.product([one, set(2)]))],
  ['<<1, "x">> \\in {1} \\X {2}', REFUSED, () => o.isMember(seq(1, text('x')), o.product([one, set(2)]))],
  ['(2 :> 1) \\in {1} \\X {2}', false, () => o.isMember(fun([2, 1]), o.product([one, set(2)]))],
  ['[a |-> 1] \\in {1} \\X {2}', REFUSED, () => o.isMember(rec({ a: 1 }), o.product([one, set(2)]))],
  ['1 \\in Nat \\cup {"a"}', REFUSED, () => o.isMember(1, o.union(nat, set(text('a'))))],
  ['"a" \\in Nat \\cup {"a"}', true, () => o.isMember(text('a'), o.union(nat, set(text('a'))))],
  ['1 \\in Nat \\cap {1}', true, () => o.isMember(1, o.intersection(nat, one))],
  ['1 \\in UNION {{1}, {"a"}}', REFUSED, () => o.isMember(1, o.bigUnion(set(one, set(text('a')))))],
  ['1 \\in <<1>>', REFUSED, () => o.isMember(1, seq(1))],
  ['{} \\subseteq {"a"}', true, () => o.isSubset(set(), set(text('a')))],
  ['{1} \\subseteq {"a"}', REFUSED, () => o.isSubset(one, set(text('a')))],
  ['Nat \\subseteq {1}', REFUSED, () => o.isSubset(nat, one)],
  ['{1} \\cup {"a"}', REFUSED, () => o.union(one, set(text('a')))],
  ['{1, {}}', REFUSED, () => set(1, set())],
  ['{<<1>>, <<"a", 2>>}', '{<<1>>, <<"a", 2>>}', () => set(seq(1), seq(text('a'), 2))],
]);

conforms('functions', [
  ['(2 :> 1)["a"]', REFUSED, () => o.apply(fun([2, 1]), text('a'))],
  ['1[1]', REFUSED, () => o.apply(1, 1)],
  ['[a |-> 1]["a"]', '1', () => o.apply(rec({ a: 1 }), text('a'))],
  ['<<1>>.a', REFUSED, () => o.select(seq(1), 'a')],
  ['("a" :> 1).a', '1', () => o.select(fun([text('a'), 1]), 'a')],
  ['[<<1, 2>> EXCEPT ![3] = 1]', '<<1, 2>>', () => o.except(seq(1, 2), 3, () => 1)],
  ['[<<1, 2>> EXCEPT ![m1] = 1]', REFUSED, () => o.except(seq(1, 2), m1, () => 1)],
  ['[[a |-> 1] EXCEPT !.b = 1]', '[a |-> 1]', () => o.except(rec({ a: 1 }), text('b'), () => 1)],
  ['[[a |-> 1] EXCEPT ![1] = 1]', REFUSED, () => o.except(rec({ a: 1 }), 1, () => 1)],
  ['[(2 :> 1) EXCEPT ![3] = 1]', '(2 :> 1)', () => o.except(fun([2, 1]), 3, () => 1)],
  ['[(2 :> 1) EXCEPT !["a"] = 1]', REFUSED, () => o.except(fun([2, 1]), text('a'), () => 1)],
  ['[<<>> EXCEPT ![3] = 1]', '<<>>', () => o.except(seq(), 3, () => 1)],
  ['[m1 EXCEPT ![3] = 1]', REFUSED, () => o.except(m1, 3, () => 1)],
  ['(2..3 :> 1)[{2, 3}]', '1', () => o.apply(fun([o.interval(2, 3), 1]), set(2, 3))],
  ['DOMAIN [a |-> 1, b |-> 2]', '{"a", "b"}', () => o.domain(rec({ a: 1, b: 2 }))],
  ['DOMAIN <<1, 2>>', '1..2', () => o.domain(seq(1, 2))],
  ['DOMAIN "abc"', REFUSED, () => o.domain(text('abc'))],
  [
    'Cardinality([1..40 -> 1..40])',
    REFUSED,
    () => o.cardinality(o.functionSet(o.interval(1, 40), o.interval(1, 40))),
  ],
  ['Cardinality(Nat)', REFUSED, () => o.cardinality(nat)],
  ['IsFiniteSet(Nat \\cap {1})', true, () => o.isFinite(o.intersection(nat, one))],
]);
