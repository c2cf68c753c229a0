------------------------------ MODULE Relation ------------------------------
(* A relation R over S is a function with R[x, y] in BOOLEAN; one that is     *)
(* "under" an operator is that operator's, over S.                            *)
LOCAL INSTANCE FiniteSets
LOCAL INSTANCE Naturals
LOCAL INSTANCE RaftcheckIteration
LOCAL INSTANCE TLC

LOCAL Under(op(_, _), S) == [p \in S \X S |-> op(p[1], p[2])]

IsReflexive(R, S) == \A x \in S : R[x, x]
IsIrreflexive(R, S) == \A x \in S : ~R[x, x]
IsSymmetric(R, S) == \A x \in S : \A y \in S : R[x, y] = R[y, x]
IsAntiSymmetric(R, S) == \A x \in S : \A y \in S \ {x} : ~(R[x, y] /\ R[y, x])
IsAsymmetric(R, S) == \A x \in S : \A y \in S : R[x, y] => ~R[y, x]
IsTransitive(R, S) ==
  \A x \in S : \A y \in S : R[x, y] => \A z \in S : R[y, z] => R[x, z]

IsStrictlyPartiallyOrdered(R, S) ==
  IsIrreflexive(R, S) /\ IsAntiSymmetric(R, S) /\ IsTransitive(R, S)
IsPartiallyOrdered(R, S) ==
  IsReflexive(R, S) /\ IsAntiSymmetric(R, S) /\ IsTransitive(R, S)
IsStrictlyTotallyOrdered(R, S) ==
  /\ IsStrictlyPartiallyOrdered(R, S)
  /\ \A x \in S : \A y \in S \ {x} : R[x, y] \/ R[y, x]
IsTotallyOrdered(R, S) ==
  /\ IsPartiallyOrdered(R, S)
  /\ \A x \in S : \A y \in S \ {x} : R[x, y] \/ R[y, x]

IsReflexiveUnder(op(_, _), S) == IsReflexive(Under(op, S), S)
IsIrreflexiveUnder(op(_, _), S) == IsIrreflexive(Under(op, S), S)
IsSymmetricUnder(op(_, _), S) == IsSymmetric(Under(op, S), S)
IsAntiSymmetricUnder(op(_, _), S) == IsAntiSymmetric(Under(op, S), S)
IsAsymmetricUnder(op(_, _), S) == IsAsymmetric(Under(op, S), S)
IsTransitiveUnder(op(_, _), S) == IsTransitive(Under(op, S), S)
IsStrictlyPartiallyOrderedUnder(op(_, _), S) == IsStrictlyPartiallyOrdered(Under(op, S), S)
IsPartiallyOrderedUnder(op(_, _), S) == IsPartiallyOrdered(Under(op, S), S)
IsStrictlyTotallyOrderedUnder(op(_, _), S) == IsStrictlyTotallyOrdered(Under(op, S), S)
IsTotallyOrderedUnder(op(_, _), S) == IsTotallyOrdered(Under(op, S), S)

(* Warshall's way. TLCEval: a function whose values are found only when they *)
(* are asked for would ask three times as often with each element of S.      *)
TransitiveClosure(R, S) ==
  LET throughToo(z, Q) ==
        TLCEval([x, y \in S |-> Q[x, y] \/ (Q[x, z] /\ Q[z, y])])
  IN  IteratedOver(throughToo, S, TLCEval([x, y \in S |-> R[x, y]]))
ReflexiveTransitiveClosure(R, S) ==
  LET closure == TransitiveClosure(R, S)
  IN  [x, y \in S |-> x = y \/ closure[x, y]]

(* Whether each element is reached from each. *)
IsConnected(R, S) ==
  LET closure == TransitiveClosure(R, S)
  IN  \A x \in S : \A y \in S \ {x} : closure[x, y]
=============================================================================
