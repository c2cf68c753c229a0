------------------------ MODULE RaftcheckIteration ------------------------
(* What the modules of this folder fold with: no community module, and its  *)
(* name is unlikely to be one that stands beside a user's spec.              *)
LOCAL INSTANCE FiniteSets
LOCAL INSTANCE Integers
LOCAL INSTANCE Sequences
LOCAL INSTANCE TLC

(* step(hi, ... step(lo + 1, step(lo, first))), and first if lo > hi. The    *)
(* range is halved, so the recursion is as deep as its logarithm; arguments  *)
(* of a function are evaluated at once, those of an operator would wait and  *)
(* nest as deep as the range is long.                                        *)
Iterated(step(_, _), lo, hi, first) ==
  LET run[t \in Any] ==
        LET from == t[1]
            to == t[2]
            mid == (from + to) \div 2
        IN  IF from > to THEN t[3]
            ELSE IF from = to THEN step(from, t[3])
            ELSE run[<<mid + 1, to, run[<<from, mid, t[3]>>]>>]
  IN  run[<<lo, hi, first>>]

(* step(x, so far) for all x of the finite set S, in CHOOSE's order.         *)
IteratedOver(step(_, _), S, first) ==
  LET next(i, t) == LET x == CHOOSE x \in t[1] : TRUE
                    IN  <<t[1] \ {x}, step(x, t[2])>>
  IN  Iterated(next, 1, Cardinality(S), <<{x \in S : TRUE}, first>>)[2]

(* The elements of the finite set S, each once, in CHOOSE's order.           *)
Elements(S) == IteratedOver(LAMBDA x, all : Append(all, x), S, <<>>)

(* The subsets of S with k elements, for k in 0..Cardinality(S).             *)
SubsetsOfSize(k, S) ==
  Iterated(LAMBDA i, sets : UNION {{T \cup {x} : x \in S \ T} : T \in sets},
           1, k, {{}})
=============================================================================
