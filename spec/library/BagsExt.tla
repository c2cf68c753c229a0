------------------------------ MODULE BagsExt ------------------------------
LOCAL INSTANCE Integers
LOCAL INSTANCE RaftcheckIteration
LOCAL INSTANCE Sequences

BagAdd(B, x) ==
  [y \in DOMAIN B \cup {x} |->
     (IF y \in DOMAIN B THEN B[y] ELSE 0) + (IF y = x THEN 1 ELSE 0)]

(* All copies of x, or one of them; B as it is where there is none. *)
BagRemoveAll(B, x) == [y \in DOMAIN B \ {x} |-> B[y]]
BagRemove(B, x) ==
  IF x \notin DOMAIN B THEN B
  ELSE IF B[x] = 1 THEN BagRemoveAll(B, x)
  ELSE [B EXCEPT ![x] = @ - 1]

(* op(f(x1), ... op(f(xn), base)), with each element as often as it is there, *)
(* its copies one after the other. The elements are taken in CHOOSE's order,  *)
(* and choose is not asked, as in the original.                               *)
MapThenFoldBag(op(_, _), base, f(_), choose(_), B) ==
  LET all == Elements(DOMAIN B)
      n == Len(all)
      copies(x, acc) == Iterated(LAMBDA i, rest : op(f(x), rest), 1, B[x], acc)
  IN  Iterated(LAMBDA i, acc : copies(all[n + 1 - i], acc), 1, n, base)

(* The first element is the innermost here: it matters only for an op that is *)
(* not commutative and associative, or that overflows.                        *)
FoldBag(op(_, _), base, B) ==
  LET copies(x, acc) == Iterated(LAMBDA i, rest : op(x, rest), 1, B[x], acc)
  IN  IteratedOver(copies, DOMAIN B, base)

SumBag(B) == FoldBag(LAMBDA x, sum : x + sum, 0, B)
ProductBag(B) == FoldBag(LAMBDA x, product : x * product, 1, B)
=============================================================================
