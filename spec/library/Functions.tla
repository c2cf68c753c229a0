----------------------------- MODULE Functions -----------------------------
EXTENDS Folds, Integers
LOCAL INSTANCE FiniteSets
LOCAL INSTANCE RaftcheckIteration

Range(f) == {f[x] : x \in DOMAIN f}

Restrict(f, S) == [x \in S |-> f[x]]
RestrictDomain(f, Test(_)) == Restrict(f, {x \in DOMAIN f : Test(x)})
RestrictValues(f, Test(_)) == RestrictDomain(f, LAMBDA x : Test(f[x]))
IsRestriction(narrow, wide) ==
  DOMAIN narrow \subseteq DOMAIN wide /\ \A x \in DOMAIN narrow : narrow[x] = wide[x]

Pointwise(f, g, T(_, _)) == [x \in DOMAIN f |-> T(f[x], g[x])]

(* An element of S that f maps to t, for each t in T; any element of S where *)
(* f has no such value.                                                      *)
Inverse(f, S, T) ==
  [t \in T |-> IF t \in Range(f) THEN CHOOSE s \in S : f[s] = t ELSE CHOOSE s \in S : TRUE]
AntiFunction(f) == Inverse(f, DOMAIN f, Range(f))

IsInjective(f) == Cardinality(Range(f)) = Cardinality(DOMAIN f)

Injection(S, T) == {f \in [S -> T] : IsInjective(f)}
Surjection(S, T) == {f \in [S -> T] : T \subseteq Range(f)}
Bijection(S, T) == {f \in Injection(S, T) : T \subseteq Range(f)}

(* For finite sets it is a matter of counting. *)
ExistsInjection(S, T) == Cardinality(S) <= Cardinality(T)
ExistsSurjection(S, T) == IF T = {} THEN S = {} ELSE Cardinality(T) <= Cardinality(S)
ExistsBijection(S, T) == Cardinality(S) = Cardinality(T)

(* op(fun[xn], ... op(fun[x2], op(fun[x1], base))), where x1 is what CHOOSE   *)
(* takes first: it matters only for an op that is not commutative and         *)
(* associative. For a sequence the first element is the innermost.            *)
FoldFunctionOnSet(op(_, _), base, fun, indices) ==
  IteratedOver(LAMBDA x, acc : op(fun[x], acc), indices, base)
FoldFunction(op(_, _), base, fun) == FoldFunctionOnSet(op, base, fun, DOMAIN fun)

SumFunctionOnSet(fun, indices) == FoldFunctionOnSet(LAMBDA x, sum : x + sum, 0, fun, indices)
SumFunction(fun) == SumFunctionOnSet(fun, DOMAIN fun)
=============================================================================
