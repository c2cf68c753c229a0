--------------------------- MODULE FiniteSetsExt ---------------------------
EXTENDS Folds, Functions
LOCAL INSTANCE FiniteSets
LOCAL INSTANCE Integers
LOCAL INSTANCE RaftcheckIteration
LOCAL INSTANCE Sequences

(* op(x1, op(x2, ... op(xn, base))), where x1 is what CHOOSE takes first: it  *)
(* matters only for an op that is not commutative and associative.            *)
FoldSet(op(_, _), base, set) ==
  LET all == Elements(set)
      n == Len(all)
  IN  Iterated(LAMBDA i, rest : op(all[n + 1 - i], rest), 1, n, base)

(* FoldSet as it was called first; mind the order of the parameters. *)
ReduceSet(op(_, _), set, acc) == FoldSet(op, acc, set)

(* Equal images count as often as they come. *)
MapThenSumSet(op(_), set) == IteratedOver(LAMBDA x, sum : op(x) + sum, set, 0)
SumSet(set) == MapThenSumSet(LAMBDA x : x, set)
ProductSet(set) == IteratedOver(LAMBDA x, product : x * product, set, 1)

FlattenSet(S) == UNION S
SymDiff(A, B) == (A \cup B) \ (A \cap B)

(* How many elements of S satisfy P. *)
Quantify(S, P(_)) == Cardinality({x \in S : P(x)})

(* The subsets of S with k elements. The larger ones are made from what they *)
(* leave out, so that kSubset(n, S) does not go through all sizes.           *)
kSubset(k, S) ==
  LET n == Cardinality(S)
  IN  IF k < 0 \/ k > n THEN {}
      ELSE IF k <= n - k THEN SubsetsOfSize(k, S)
      ELSE {S \ T : T \in SubsetsOfSize(n - k, S)}

(* Of a finite set of integers; the empty one has neither. *)
Max(S) == CHOOSE x \in S : \A y \in S : y <= x
Min(S) == CHOOSE x \in S : \A y \in S : x <= y

(* The sets that are made by taking one element of each set. *)
Choices(Sets) ==
  LET extended(T, chosen) == {c \cup {x} : c \in chosen, x \in T}
  IN  IteratedOver(extended, Sets, {{}})

(* The only element of S that satisfies P; an error if there are none or several. *)
ChooseUnique(S, P(_)) == LET found == {x \in S : P(x)}
                         IN  CHOOSE x \in S : found = {x}
=============================================================================
