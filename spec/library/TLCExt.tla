------------------------------- MODULE TLCExt -------------------------------
(* What has a meaning without TLC's innards. The rest bears its name, so that *)
(* a spec that mentions it can be read, but it has no value: CHOOSE without   *)
(* a set is refused where it is evaluated. A TLC that has a module TLCExt of   *)
(* its own uses that one.                                                     *)
LOCAL INSTANCE TLC

(* a = b; prints both where they differ. *)
AssertEq(a, b) ==
  \/ a = b
  \/ PrintT("Assertion failed") /\ PrintT(a) /\ PrintT(b) /\ FALSE

TLCNoOp(val) == val
TLCCache(expression, closure) == expression

AssertError(err, exp) == CHOOSE assertError : TRUE
CounterExample == CHOOSE counterExample : TRUE
PickSuccessor(exp) == CHOOSE pickSuccessor : TRUE
TLCDefer(expression) == CHOOSE tlcDefer : TRUE
TLCEvalDefinition(definitionName) == CHOOSE tlcEvalDefinition : TRUE
TLCFP(var) == CHOOSE tlcFP : TRUE
TLCGetAndSet(key, Op(_, _), val, defaultVal) == CHOOSE tlcGetAndSet : TRUE
TLCGetOrDefault(key, defaultVal) == CHOOSE tlcGetOrDefault : TRUE
TLCModelValue(str) == CHOOSE tlcModelValue : TRUE
ToTrace(CE) == CHOOSE toTrace : TRUE
Trace == CHOOSE trace : TRUE
=============================================================================
