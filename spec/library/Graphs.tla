------------------------------- MODULE Graphs -------------------------------
(* A graph is [node |-> nodes, edge |-> set of pairs <<from, to>>].          *)
LOCAL INSTANCE FiniteSets
LOCAL INSTANCE Naturals
LOCAL INSTANCE RaftcheckIteration
LOCAL INSTANCE Sequences
LOCAL INSTANCE TLC

EmptyGraph == [node |-> {}, edge |-> {}]
Graphs(S) == [node : {S}, edge : SUBSET (S \X S)]

IsDirectedGraph(G) ==
  G = [node |-> G.node, edge |-> G.edge] /\ G.edge \subseteq G.node \X G.node
DirectedSubgraph(G) ==
  {H \in [node : SUBSET G.node, edge : SUBSET G.edge] : IsDirectedGraph(H)}

Transpose(G) == [node |-> G.node, edge |-> {<<e[2], e[1]>> : e \in G.edge}]

(* An undirected graph has each edge in both directions. *)
IsUndirectedGraph(G) == IsDirectedGraph(G) /\ Transpose(G).edge \subseteq G.edge
UndirectedSubgraph(G) == {H \in DirectedSubgraph(G) : IsUndirectedGraph(H)}

GraphUnion(G, H) == [node |-> G.node \cup H.node, edge |-> G.edge \cup H.edge]

-----------------------------------------------------------------------------
(* Neighbours                                                                *)

Successors(G, n) == {m \in G.node : <<n, m>> \in G.edge}
Predecessors(G, n) == {m \in G.node : <<m, n>> \in G.edge}
AllSuccessors(G, S) == UNION {Successors(G, n) : n \in S}
AllPredecessors(G, S) == UNION {Predecessors(G, n) : n \in S}
InDegree(G, n) == Cardinality(Predecessors(G, n))
OutDegree(G, n) == Cardinality(Successors(G, n))
Roots(G) == {n \in G.node : Predecessors(G, n) = {}}
Leaves(G) == {n \in G.node : Successors(G, n) = {}}

(* U and V share no node and hold all of them; each edge leads from one into the other. *)
IsBipartiteWithPartitions(G, U, V) ==
  /\ U \cap V = {}
  /\ G.node \subseteq U \cup V
  /\ \A e \in G.edge : (e[1] \in U /\ e[2] \in V) \/ (e[1] \in V /\ e[2] \in U)

-----------------------------------------------------------------------------
(* Paths, which have one node at least                                       *)

LOCAL IsPath(p, G) == p # <<>> /\ \A i \in 1..Len(p) - 1 : <<p[i], p[i + 1]>> \in G.edge

(* There may be infinitely many: whether something is one can be asked. *)
Path(G) == {p \in Seq(G.node) : IsPath(p, G)}

(* The paths that meet no node twice. *)
SimplePath(G) ==
  LET next(p) == Successors(G, p[Len(p)]) \ {p[i] : i \in 1..Len(p)}
      longer(i, paths) == paths \cup UNION {{Append(p, n) : n \in next(p)} : p \in paths}
  IN  Iterated(longer, 2, Cardinality(G.node), {<<n>> : n \in G.node})

(* For each node the nodes that paths from it lead to, itself included. *)
LOCAL Reached(G) ==
  LET more(i, reached) == TLCEval([n \in G.node |-> reached[n] \cup AllSuccessors(G, reached[n])])
  IN  Iterated(more, 2, Cardinality(G.node), TLCEval([n \in G.node |-> {n}]))

ConnectionsIn(G) == LET reached == Reached(G) IN [m, n \in G.node |-> n \in reached[m]]
AreConnectedIn(m, n, G) == m \in G.node /\ n \in Reached(G)[m]
IsStronglyConnected(G) == LET reached == Reached(G) IN \A n \in G.node : reached[n] = G.node

(* An edge that leads back from where paths lead. *)
HasCycle(G) ==
  LET reached == Reached(G)
  IN  \E m \in G.node : \E n \in reached[m] : <<n, m>> \in G.edge
IsDag(G) == IsDirectedGraph(G) /\ ~HasCycle(G)

(* Edges lead from a child to its parent, one from each node but the root. *)
IsTreeWithRoot(G, r) ==
  /\ IsDirectedGraph(G)
  /\ \A e \in G.edge : e[1] # r
  /\ \A e \in G.edge : \A f \in G.edge : e[1] = f[1] => e = f
  /\ LET reached == Reached(G) IN \A n \in G.node : r \in reached[n]
=============================================================================
