import { GRAPHS, RELATIONS, UNDIRECTED_GRAPHS } from './library-graphs.fixture.ts';
import { SEQUENCES } from './library-sequences.fixture.ts';
import { type ExpectedValues, REFUSED } from './library-value.fixture.ts';

/** Graphs and UndirectedGraphs define the same names; the others are taken as they are. */
export const LIBRARY_PRELUDE = `INSTANCE SequencesExt
INSTANCE BagsExt
INSTANCE Bitwise
INSTANCE Relation
INSTANCE Combinatorics
INSTANCE TLCExt
G == INSTANCE Graphs
U == INSTANCE UndirectedGraphs
D == INSTANCE DyadicRationals
Pair(x, y) == <<x, y>>
Triangle == [node |-> 1..4, edge |-> {<<1, 2>>, <<2, 3>>, <<3, 1>>}]
Tree == [node |-> 1..4, edge |-> {<<2, 1>>, <<3, 1>>, <<4, 2>>}]
Line == [node |-> 1..4, edge |-> {{1, 2}, {2, 3}}]
LessThan == [p \\in (1..3) \\X (1..3) |-> p[1] < p[2]]
Next3 == [p \\in (1..3) \\X (1..3) |-> p[2] = p[1] + 1]
Copies == (1 :> 2) @@ (2 :> 1) @@ (3 :> 3)`;

const FOLDS: ExpectedValues = [
  ['MapThenFoldSet(Pair, 0, LAMBDA x : -x, Max, {1, 2, 3})', '<<-3,<<-2,<<-1,0>>>>>>'],
  ['MapThenFoldSet(Pair, 0, LAMBDA x : x, LAMBDA S : CHOOSE x \\in S : TRUE, {1, 2})', '<<1,<<2,0>>>>'],
  ['MapThenFoldSet(Pair, 0, LAMBDA x : x, Min, {})', '0'],
  ['MapThenFoldSet(Pair, 0, LAMBDA x : x, Min, 42)', REFUSED],
];

const DYADIC_RATIONALS: ExpectedValues = [
  ['D!Half(D!One)', '[num|->1,den|->2]'],
  ['D!Half(D!Half(D!One))', '[num|->1,den|->4]'],
  ['D!Add(D!Half(D!One), D!Half(D!Half(D!One)))', '[num|->3,den|->4]'],
  ['D!Add(D!Half(D!One), D!Half(D!One)) = D!One', 'TRUE'],
  ['D!Add(D!Zero, D!Half(D!One))', '[num|->1,den|->2]'],
  ['[d \\in 1..4 |-> D!IsDyadicRational([num |-> 3, den |-> d])]', '<<TRUE,TRUE,FALSE,TRUE>>'],
  ['<<D!PrettyPrint(D!Zero), D!PrettyPrint(D!One), D!PrettyPrint(D!Half(D!One))>>', '<<"0","1","1/2">>'],
];

const FINITE_SETS: ExpectedValues = [
  ['FoldSet(+, 0, 0..10)', '55'],
  ['FoldSet(+, 0, 1..1000)', '500500'],
  ['FoldSet(Pair, 0, {1, 2, 3})', '<<1,<<2,<<3,0>>>>>>'],
  ['FoldSet(Pair, 0, {})', '0'],
  ['FoldSet(LAMBDA f, g : f @@ g, <<>>, {[a |-> 1], [b |-> 2]})', '[a|->1,b|->2]'],
  ['ReduceSet(+, {1, 2, 3}, 0)', '6'],
  ['SumSet(0..10)', '55'],
  ['SumSet({})', '0'],
  ['ProductSet(1..3)', '6'],
  ['ProductSet({})', '1'],
  ['MapThenSumSet(LAMBDA e : e % 2, 1..5)', '3'],
  ['FlattenSet({{1}, {2, 3}, {}})', '{1,2,3}'],
  ['SymDiff({1, 2, 3}, {2, 3, 4})', '{1,4}'],
  ['Quantify(1..9, LAMBDA n : n % 2 = 0)', '4'],
  ['kSubset(2, 1..3)', '{{1,2},{1,3},{2,3}}'],
  ['kSubset(0, 1..3)', '{{}}'],
  ['kSubset(27, 1..27) = {1..27}', 'TRUE'],
  ['kSubset(4, 1..3)', '{}'],
  ['kSubset(-1, 1..3)', '{}'],
  ['\\A k \\in -1..5 : kSubset(k, 1..4) = {s \\in SUBSET (1..4) : Cardinality(s) = k}', 'TRUE'],
  ['Max({1, 5, 3})', '5'],
  ['Min({1, 5, 3})', '1'],
  ['Max({})', REFUSED],
  ['Min({})', REFUSED],
  ['Choices({{1, 2}, {2, 3}, {5}})', '{{2,5},{1,2,5},{1,3,5},{2,3,5}}'],
  ['Choices({})', '{{}}'],
  ['Choices({{}, {1}})', '{}'],
  ['ChooseUnique({2, 3, 4, 5}, LAMBDA x : x % 3 = 1)', '4'],
  ['ChooseUnique({2, 3, 4, 5}, LAMBDA x : TRUE)', REFUSED],
  ['ChooseUnique({2, 3, 4, 5}, LAMBDA x : FALSE)', REFUSED],
];

const FUNCTIONS: ExpectedValues = [
  ['Restrict([x \\in 0..3 |-> x * x], {0, 2})', '(0:>0@@2:>4)'],
  ['Restrict(<<1>>, {2})', REFUSED],
  ['RestrictDomain([x \\in 0..4 |-> x * x], LAMBDA x : x % 2 = 0)', '(0:>0@@2:>4@@4:>16)'],
  ['RestrictValues([x \\in 0..4 |-> x * x], LAMBDA y : y % 4 = 1)', '(1:>1@@3:>9)'],
  ['IsRestriction([one |-> 1], [one |-> 1, two |-> 2])', 'TRUE'],
  ['IsRestriction([one |-> 1, two |-> 2], [one |-> 1, two |-> 3])', 'FALSE'],
  ['IsRestriction([one |-> 1], [two |-> 2])', 'FALSE'],
  ['Range([x \\in 1..3 |-> x * x])', '{1,4,9}'],
  ['Pointwise([a |-> 0, b |-> 1], [a |-> 1, b |-> 2], +)', '[a|->1,b|->3]'],
  ['Inverse([a |-> 0, b |-> 1], {"a", "b"}, 0..1)', '(0:>"a"@@1:>"b")'],
  ['Inverse(<<7, 7>>, 1..2, {7, 8})', '(7:>1@@8:>1)'],
  ['AntiFunction(<<"a", "b", "c">>)', '[a|->1,b|->2,c|->3]'],
  ['IsInjective(<<>>)', 'TRUE'],
  ['IsInjective(<<1, 2, 3>>)', 'TRUE'],
  ['IsInjective(<<1, 2, 1>>)', 'FALSE'],
  ['IsInjective([i \\in 0..9 |-> {i}])', 'TRUE'],
  ['Injection(1..2, 3..4)', '{<<3,4>>,<<4,3>>}'],
  ['Injection(1..2, {3})', '{}'],
  ['Surjection(1..2, {3})', '{<<3,3>>}'],
  ['Surjection(1..3, 4..5) = [1..3 -> 4..5] \\ {<<4, 4, 4>>, <<5, 5, 5>>}', 'TRUE'],
  ['Bijection(1..2, 3..4)', '{<<3,4>>,<<4,3>>}'],
  ['Bijection(1..2, 3..5)', '{}'],
  ['<<ExistsInjection(1..2, 3..5), ExistsInjection(1..3, 4..5)>>', '<<TRUE,FALSE>>'],
  ['<<ExistsSurjection(1..2, 3..5), ExistsSurjection(1..3, 4..5)>>', '<<FALSE,TRUE>>'],
  [
    '<<ExistsSurjection({}, {}), ExistsSurjection({1}, {}), ExistsSurjection({}, {1})>>',
    '<<TRUE,FALSE,FALSE>>',
  ],
  ['<<ExistsBijection(1..2, 3..4), ExistsBijection(1..2, 3..5)>>', '<<TRUE,FALSE>>'],
  ['FoldFunction(LAMBDA x, y : {x} \\cup y, {}, <<1, 2, 1>>)', '{1,2}'],
  ['FoldFunction(Pair, 0, <<3, 1, 2>>)', '<<2,<<1,<<3,0>>>>>>'],
  ['FoldFunction(+, 0, [a |-> 1, b |-> 2])', '3'],
  ['FoldFunction(+, 0, TRUE)', REFUSED],
  ['FoldFunctionOnSet(+, 0, [n \\in 1..999 |-> n], 2..998) = 499500 - 1 - 999', 'TRUE'],
  ['FoldFunctionOnSet(+, 7, <<1, 2>>, {})', '7'],
  ['FoldFunctionOnSet(+, 7, <<1, 2>>, {3})', REFUSED],
  ['SumFunction([a |-> 1, b |-> 2])', '3'],
  ['SumFunctionOnSet(<<1, 2, 3>>, {1, 3})', '4'],
];

const BAGS: ExpectedValues = [
  ['BagAdd(SetToBag({1, 2}), 2)', '<<1,2>>'],
  ['BagAdd(SetToBag({1, 2}), 3)', '<<1,1,1>>'],
  ['BagRemove(SetToBag({1, 2}), 2)', '<<1>>'],
  ['BagRemove(<<2, 1>>, 1)', '<<1,1>>'],
  ['BagRemove(SetToBag({1, 2}), 3)', '<<1,1>>'],
  ['BagRemoveAll(<<2, 1>>, 1)', '(2:>1)'],
  ['FoldBag(+, 0, Copies)', '13'],
  ['FoldBag(+, 0, (1 :> 1000) @@ (-2 :> 500))', '0'],
  ['FoldBag(+, 5, EmptyBag)', '5'],
  ['MapThenFoldBag(+, 0, LAMBDA x : 1, LAMBDA B : CHOOSE x \\in DOMAIN B : TRUE, Copies)', '6'],
  ['MapThenFoldBag(\\o, <<>>, LAMBDA x : <<x>>, Min, Copies)', '<<1,1,2,3,3,3>>'],
  ['SumBag((1 :> 2) @@ (2 :> 1) @@ (3 :> 2))', '10'],
  ['ProductBag((2 :> 2) @@ (3 :> 1))', '12'],
  ['ProductBag((0 :> 1) @@ (10000 :> 1000))', '0'],
];

const NUMBERS: ExpectedValues = [
  ['<<12 & 10, 12 | 10, 12 ^^ 10>>', '<<8,14,6>>'],
  ['\\A n \\in 0..40 : n & 1 = n % 2 /\\ n | 0 = n /\\ n ^^ n = 0', 'TRUE'],
  ['2147483647 & 1431655765', '1431655765'],
  ['1 & (-1)', REFUSED],
  ['<<Not(5), Not(0), Not(7), Not(8)>>', '<<2,0,0,7>>'],
  ['<<shiftR(13, 0), shiftR(13, 1), shiftR(13, 2), shiftR(13, 40)>>', '<<13,6,3,0>>'],
  ['shiftR(13, -1)', REFUSED],
  ['<<factorial[0], factorial[5], factorial[12]>>', '<<1,120,479001600>>'],
  ['factorial[-1]', REFUSED],
  ['<<choose(5, 2), choose(5, 0), choose(5, 5), choose(63, 62)>>', '<<10,1,1,63>>'],
  [
    '\\A n \\in 0..12 : \\A k \\in 0..n : choose(n, k) = factorial[n] \\div (factorial[k] * factorial[n - k])',
    'TRUE',
  ],
  ['choose(2, 3)', REFUSED],
];

const TLC_EXTENSION: ExpectedValues = [
  ['AssertEq(1, 1)', 'TRUE'],
  ['AssertEq({1}, {2})', 'FALSE'],
  ['TLCNoOp(3)', '3'],
  ['TLCCache(3, <<1>>)', '3'],
  ['AssertError("wrong", 1)', REFUSED],
  ['CounterExample', REFUSED],
  ['PickSuccessor(TRUE)', REFUSED],
  ['TLCDefer(TRUE)', REFUSED],
  ['TLCEvalDefinition("Pair")', REFUSED],
  ['TLCFP(1)', REFUSED],
  ['TLCGetAndSet(1, +, 2, 0)', REFUSED],
  ['TLCGetOrDefault(1, 2)', REFUSED],
  ['TLCModelValue("m")', REFUSED],
  ['ToTrace(1)', REFUSED],
  ['Trace', REFUSED],
];

export const LIBRARY_VALUES: ExpectedValues = [
  ...FOLDS,
  ...FINITE_SETS,
  ...DYADIC_RATIONALS,
  ...FUNCTIONS,
  ...SEQUENCES,
  ...BAGS,
  ...NUMBERS,
  ...RELATIONS,
  ...GRAPHS,
  ...UNDIRECTED_GRAPHS,
  ...TLC_EXTENSION,
];
