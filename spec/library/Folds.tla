------------------------------- MODULE Folds -------------------------------
LOCAL INSTANCE FiniteSets
LOCAL INSTANCE Integers
LOCAL INSTANCE RaftcheckIteration
LOCAL INSTANCE Sequences

(* op(f(x1), op(f(x2), ... op(f(xn), base))), where x1 is choose(S), x2 is   *)
(* choose(S \ {x1}), and so on.                                              *)
MapThenFoldSet(op(_, _), base, f(_), choose(_), S) ==
  LET n == Cardinality(S)
      pick(i, t) == LET x == choose(t[1])
                    IN  <<t[1] \ {x}, Append(t[2], x)>>
      chosen == Iterated(pick, 1, n, <<{x \in S : TRUE}, <<>>>>)[2]
  IN  Iterated(LAMBDA i, rest : op(f(chosen[n + 1 - i]), rest), 1, n, base)
=============================================================================
