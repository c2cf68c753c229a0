import type { ExpectedValues } from './library-value.fixture.ts';

/** Each property of a relation: of <, of <= and of = over 1..3. */
const PROPERTIES: readonly (readonly [name: string, ofThem: string])[] = [
  ['IsReflexive', '<<FALSE,TRUE,TRUE>>'],
  ['IsIrreflexive', '<<TRUE,FALSE,FALSE>>'],
  ['IsSymmetric', '<<FALSE,FALSE,TRUE>>'],
  ['IsAntiSymmetric', '<<TRUE,TRUE,TRUE>>'],
  ['IsAsymmetric', '<<TRUE,FALSE,FALSE>>'],
  ['IsTransitive', '<<TRUE,TRUE,TRUE>>'],
  ['IsStrictlyPartiallyOrdered', '<<TRUE,FALSE,FALSE>>'],
  ['IsPartiallyOrdered', '<<FALSE,TRUE,TRUE>>'],
  ['IsStrictlyTotallyOrdered', '<<TRUE,FALSE,FALSE>>'],
  ['IsTotallyOrdered', '<<FALSE,TRUE,FALSE>>'],
];

/** Of Relation. */
export const RELATIONS: ExpectedValues = [
  ...PROPERTIES.flatMap(([name, values]): ExpectedValues => {
    const under = ['<', '<=', '='].map((operator) => `${name}Under(${operator}, 1..3)`);
    return [
      [`<<${under.join(', ')}>>`, values],
      [`${name}(LessThan, 1..3)`, values.startsWith('<<TRUE') ? 'TRUE' : 'FALSE'],
      [`${name}(LessThan, {})`, 'TRUE'],
    ];
  }),
  ['IsTransitive(Next3, 1..3)', 'FALSE'],
  ['IsAntiSymmetricUnder(LAMBDA x, y : x # y, 1..2)', 'FALSE'],
  ['TransitiveClosure(Next3, 1..3) = LessThan', 'TRUE'],
  ['TransitiveClosure([p \\in (1..40) \\X (1..40) |-> p[2] = p[1] + 1], 1..40)[1, 40]', 'TRUE'],
  ['ReflexiveTransitiveClosure(Next3, 1..3) = [p \\in (1..3) \\X (1..3) |-> p[1] <= p[2]]', 'TRUE'],
  ['IsConnected(Next3, 1..3)', 'FALSE'],
  ['IsConnected([p \\in (1..3) \\X (1..3) |-> p[2] = (p[1] % 3) + 1], 1..3)', 'TRUE'],
];

/** Of Graphs. */
export const GRAPHS: ExpectedValues = [
  ['G!EmptyGraph', '[node|->{},edge|->{}]'],
  ['Cardinality(G!Graphs({1, 2}))', '16'],
  [
    '<<G!IsDirectedGraph(Triangle), G!IsDirectedGraph([node |-> {1}, edge |-> {<<1, 2>>}])>>',
    '<<TRUE,FALSE>>',
  ],
  ['Cardinality(G!DirectedSubgraph([node |-> 1..2, edge |-> {<<1, 2>>}]))', '5'],
  ['G!Transpose(Tree).edge', '{<<1,2>>,<<1,3>>,<<2,4>>}'],
  [
    '<<G!IsUndirectedGraph(Tree), G!IsUndirectedGraph(G!GraphUnion(Tree, G!Transpose(Tree)))>>',
    '<<FALSE,TRUE>>',
  ],
  ['Cardinality(G!UndirectedSubgraph(Tree))', '16'],
  [
    'G!GraphUnion([node |-> {1}, edge |-> {}], [node |-> {2}, edge |-> {<<2, 2>>}])',
    '[node|->{1,2},edge|->{<<2,2>>}]',
  ],
  ['<<G!Successors(Tree, 2), G!Predecessors(Tree, 1)>>', '<<{1},{2,3}>>'],
  ['<<G!AllSuccessors(Tree, {2, 4}), G!AllPredecessors(Tree, {1, 2})>>', '<<{1,2},{2,3,4}>>'],
  ['<<G!InDegree(Tree, 1), G!OutDegree(Tree, 1)>>', '<<2,0>>'],
  ['<<G!Roots(Tree), G!Leaves(Tree)>>', '<<{3,4},{1}>>'],
  ['G!IsBipartiteWithPartitions(Tree, {1, 4}, {2, 3})', 'TRUE'],
  ['G!IsBipartiteWithPartitions(Triangle, {1, 4}, {2, 3})', 'FALSE'],
  [
    '<<<<4, 2, 1>> \\in G!Path(Tree), <<1, 2>> \\in G!Path(Tree), <<>> \\in G!Path(Tree)>>',
    '<<TRUE,FALSE,FALSE>>',
  ],
  ['<<1, 2, 3, 1, 2>> \\in G!Path(Triangle)', 'TRUE'],
  ['G!SimplePath(G!EmptyGraph)', '{}'],
  [
    'G!SimplePath([node |-> 1..3, edge |-> {<<1, 2>>, <<2, 3>>}])',
    '{<<1>>,<<2>>,<<3>>,<<1,2>>,<<2,3>>,<<1,2,3>>}',
  ],
  [
    '<<G!AreConnectedIn(3, 2, Triangle), G!AreConnectedIn(4, 4, Triangle), G!AreConnectedIn(1, 4, Triangle)>>',
    '<<TRUE,TRUE,FALSE>>',
  ],
  ['G!AreConnectedIn(9, 9, Triangle)', 'FALSE'],
  ['\\A m, n \\in 1..4 : G!ConnectionsIn(Triangle)[m, n] = G!AreConnectedIn(m, n, Triangle)', 'TRUE'],
  [
    '<<G!IsStronglyConnected(Triangle), G!IsStronglyConnected([Triangle EXCEPT !.node = 1..3])>>',
    '<<FALSE,TRUE>>',
  ],
  [
    '<<G!HasCycle(Triangle), G!HasCycle(Tree), G!HasCycle([node |-> {1}, edge |-> {<<1, 1>>}])>>',
    '<<TRUE,FALSE,TRUE>>',
  ],
  ['<<G!IsDag(Triangle), G!IsDag(Tree)>>', '<<FALSE,TRUE>>'],
  [
    '<<G!IsTreeWithRoot(Tree, 1), G!IsTreeWithRoot(Tree, 2), G!IsTreeWithRoot(Triangle, 1)>>',
    '<<TRUE,FALSE,FALSE>>',
  ],
];

/** Of UndirectedGraphs. */
export const UNDIRECTED_GRAPHS: ExpectedValues = [
  ['<<U!IsUndirectedGraph(Line), U!IsUndirectedGraph([node |-> {1}, edge |-> {{1, 2}}])>>', '<<TRUE,FALSE>>'],
  ['U!IsLoopFreeUndirectedGraph(Line)', 'TRUE'],
  ['U!IsLoopFreeUndirectedGraph([node |-> {1}, edge |-> {{1}}])', 'FALSE'],
  ['Cardinality(U!UndirectedSubgraph([node |-> 1..2, edge |-> {{1, 2}}]))', '5'],
  ['Cardinality(U!UndirectedGraphs({1, 2}))', '8'],
  ['<<<<1, 2, 1>> \\in U!Path(Line), <<1, 3>> \\in U!Path(Line)>>', '<<TRUE,FALSE>>'],
  ['U!SimplePath([node |-> 1..3, edge |-> {{1, 2}}])', '{<<1>>,<<2>>,<<3>>,<<1,2>>,<<2,1>>}'],
  [
    '<<U!AreConnectedIn(3, 1, Line), U!AreConnectedIn(1, 4, Line), U!AreConnectedIn(4, 4, Line)>>',
    '<<TRUE,FALSE,TRUE>>',
  ],
  ['U!ConnectedComponents(Line)', '{{4},{1,2,3}}'],
  ['U!ConnectedComponents([node |-> {}, edge |-> {}])', '{}'],
  ['<<U!IsStronglyConnected(Line), U!IsStronglyConnected([Line EXCEPT !.node = 1..3])>>', '<<FALSE,TRUE>>'],
];
