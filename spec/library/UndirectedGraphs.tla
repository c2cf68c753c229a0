-------------------------- MODULE UndirectedGraphs --------------------------
(* A graph is [node |-> nodes, edge |-> set of sets {a, b} of nodes]; a loop *)
(* is {a}.                                                                   *)
LOCAL INSTANCE FiniteSets
LOCAL INSTANCE Naturals
LOCAL INSTANCE RaftcheckIteration
LOCAL INSTANCE Sequences
LOCAL INSTANCE TLC

LOCAL HasEdges(G, sizes) ==
  /\ G = [node |-> G.node, edge |-> G.edge]
  /\ \A e \in G.edge : e \subseteq G.node /\ Cardinality(e) \in sizes

IsUndirectedGraph(G) == HasEdges(G, {1, 2})
IsLoopFreeUndirectedGraph(G) == HasEdges(G, {2})
UndirectedSubgraph(G) ==
  {H \in [node : SUBSET G.node, edge : SUBSET G.edge] : IsUndirectedGraph(H)}
UndirectedGraphs(S) == [node : {S}, edge : SUBSET {{a, b} : a, b \in S}]

(* There may be infinitely many: whether something is one can be asked. *)
Path(G) ==
  {p \in Seq(G.node) : p # <<>> /\ \A i \in 1..Len(p) - 1 : {p[i], p[i + 1]} \in G.edge}

LOCAL Neighbours(G, n) == {m \in G.node : {m, n} \in G.edge}

(* The paths that meet no node twice. *)
SimplePath(G) ==
  LET next(p) == Neighbours(G, p[Len(p)]) \ {p[i] : i \in 1..Len(p)}
      longer(i, paths) == paths \cup UNION {{Append(p, n) : n \in next(p)} : p \in paths}
  IN  Iterated(longer, 2, Cardinality(G.node), {<<n>> : n \in G.node})

(* The largest sets of nodes that paths connect. *)
ConnectedComponents(G) ==
  LET more(i, of) == TLCEval([n \in G.node |-> of[n] \cup UNION {Neighbours(G, m) : m \in of[n]}])
      component == Iterated(more, 2, Cardinality(G.node), TLCEval([n \in G.node |-> {n}]))
  IN  {component[n] : n \in G.node}
AreConnectedIn(m, n, G) == \E S \in ConnectedComponents(G) : m \in S /\ n \in S
IsStronglyConnected(G) == ConnectedComponents(G) = {G.node}
=============================================================================
