--------------------------- MODULE Combinatorics ---------------------------
EXTENDS Naturals
LOCAL INSTANCE RaftcheckIteration

factorial[n \in Nat] == IF n = 0 THEN 1 ELSE n * factorial[n - 1]

(* n over k, an error if k > n. Factor by factor, since factorials overflow   *)
(* from 13 on; of k and n - k the smaller one, as it makes smaller products.  *)
choose(n, k) ==
  LET of[j \in 0..n] == Iterated(LAMBDA i, c : (c * (n - j + i)) \div i, 1, j, 1)
  IN  IF k <= n - k THEN of[k] ELSE of[n - k]
=============================================================================
