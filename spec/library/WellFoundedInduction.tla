---- MODULE WellFoundedInduction ----
(* The names alone, for the proofs that refer to them: proofs are not checked here. *)
EXTENDS NaturalsInduction
IsTransitivelyClosedOn(R, S) ==
  \A a, b, c \in S : <<a, b>> \in R /\ <<b, c>> \in R => <<a, c>> \in R
IsWellFoundedOn(R, S) == \A f \in [Nat -> S] : \E n \in Nat : <<f[n + 1], f[n]>> \notin R
SetLessThan(x, R, S) == {below \in S : <<below, x>> \in R}
WFDefOn(R, S, Def(_, _)) ==
  \A g, h : \A x \in S : (\A below \in SetLessThan(x, R, S) : g[below] = h[below]) => Def(g, x) = Def(h, x)
OpDefinesFcn(f, S, Def(_, _)) == f = CHOOSE g : g = [x \in S |-> Def(g, x)]
WFInductiveDefines(f, S, Def(_, _)) == f = [x \in S |-> Def(f, x)]
WFInductiveUnique(S, Def(_, _)) ==
  \A g, h : WFInductiveDefines(g, S, Def) /\ WFInductiveDefines(h, S, Def) => g = h
TransitiveClosureOn(R, S) ==
  {pair \in S \X S : \A T \in SUBSET (S \X S) :
     R \cap (S \X S) \subseteq T /\ IsTransitivelyClosedOn(T, S) => pair \in T}
OpToRel(_\prec_, S) == {pair \in S \X S : pair[1] \prec pair[2]}
PreImage(f(_), S, R) == {pair \in S \X S : <<f(pair[1]), f(pair[2])>> \in R}
LexPairOrdering(R1, R2, S1, S2) ==
  {pair \in (S1 \X S2) \X (S1 \X S2) :
     <<pair[1][1], pair[2][1]>> \in R1 \/ (pair[1][1] = pair[2][1] /\ <<pair[1][2], pair[2][2]>> \in R2)}
LexProductOrdering(R, S, n) ==
  {pair \in [1..n -> S] \X [1..n -> S] : \E first \in 1..n :
     (\A i \in 1..(first - 1) : pair[1][i] = pair[2][i]) /\ <<pair[1][first], pair[2][first]>> \in R}
THEOREM EmptyIsWellFounded == TRUE
THEOREM IsWellFoundedOnSubset == TRUE
THEOREM IsWellFoundedOnSubrelation == TRUE
THEOREM WFMin == TRUE
THEOREM MinWF == TRUE
THEOREM WellFoundedIsIrreflexive == TRUE
THEOREM WellFoundedIsAsymmetric == TRUE
THEOREM WFSetLessThanIrreflexive == TRUE
THEOREM SetLessTransitive == TRUE
THEOREM WFInduction == TRUE
THEOREM WFDefOnUnique == TRUE
THEOREM WFInductiveDefLemma == TRUE
THEOREM TransitiveClosureThm == TRUE
THEOREM TransitiveClosureMinimal == TRUE
THEOREM TCTCTC == TRUE
THEOREM TCRTC == TRUE
THEOREM RTCTC == TRUE
THEOREM TransitiveClosureChopLast == TRUE
THEOREM TransitiveClosureWF == TRUE
THEOREM WFInductiveDef == TRUE
THEOREM WFInductiveDefType == TRUE
THEOREM NatLessThanWellFounded == TRUE
THEOREM PreImageWellFounded == TRUE
THEOREM WFLexPairOrdering == TRUE
THEOREM WFLexProductOrdering == TRUE
====
