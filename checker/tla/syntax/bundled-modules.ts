/**
 * Modules that are neither among a spec's files nor made of operators that the checker knows by name.
 *
 * TLAPS names the back ends of the proof system: they stand in proofs, which are not read, and are TRUE elsewhere.
 * NaturalsInduction is of its library. RealTime is chapter 9 of Specifying Systems.
 */
export const BUNDLED_MODULES: Readonly<Record<string, string>> = {
  TLAPS: `---- MODULE TLAPS ----
${[
  'AllIsa',
  'AllProvers',
  'AllSMT',
  'Auto',
  'AutoUSE',
  'Blast',
  'CVC3',
  'ENABLEDaxioms',
  'ENABLEDrewrites',
  'ENABLEDrules',
  'ExpandCdot',
  'ExpandENABLED',
  'Force',
  'Isa',
  'IsaWithSetExtensionality',
  'LS4',
  'Lambdify',
  'LevelComparison',
  'PTL',
  'PropositionalTemporalLogic',
  'SMT',
  'SimpleArithmetic',
  'Simplification',
  'SimplifyAndSolve',
  'SlowZenon',
  'SlowerZenon',
  'SlowestZenon',
  'Spass',
  'Trivial',
  'VerySlowZenon',
  'Yices',
  'Z3',
  'Zenon',
  'veriT',
]
  .map((name) => `${name} == TRUE`)
  .join('\n')}
${[
  'AllIsaT',
  'AllProversT',
  'AllSMTT',
  'AutoT',
  'BlastT',
  'CVC3T',
  'ForceT',
  'IsaM',
  'IsaT',
  'SMTT',
  'SimplificationT',
  'SimplifyAndSolveT',
  'SpassT',
  'YicesT',
  'Z3T',
  'ZenonT',
  'veriTT',
]
  .map((name) => `${name}(X) == TRUE`)
  .join('\n')}
IsaMT(X, Y) == TRUE
====`,
  NaturalsInduction: `---- MODULE NaturalsInduction ----
EXTENDS Integers, TLAPS
NatInductiveDefHypothesis(f, f0, Def(_, _)) ==
  f = CHOOSE g : g = [i \\in Nat |-> IF i = 0 THEN f0 ELSE Def(g[i - 1], i)]
NatInductiveDefConclusion(f, f0, Def(_, _)) ==
  f = [i \\in Nat |-> IF i = 0 THEN f0 ELSE Def(f[i - 1], i)]
====`,
  RealTime: `---- MODULE RealTime ----
EXTENDS Reals
VARIABLE now
RTBound(A, v, D, E) ==
  LET TNext(t) == t' = IF <<A>>_v \\/ ~(ENABLED <<A>>_v)' THEN 0 ELSE t + (now' - now)
      Timer(t) == (t = 0) /\\ [][TNext(t)]_<<t, v, now>>
      MaxTime(t) == [](t \\leq E)
      MinTime(t) == [][A => t \\geq D]_v
  IN \\EE t : Timer(t) /\\ MaxTime(t) /\\ MinTime(t)
RTnow(v) ==
  LET NowNext == /\\ now' \\in {r \\in Real : r > now}
                 /\\ UNCHANGED v
  IN /\\ now \\in Real
     /\\ [][NowNext]_now
     /\\ \\A r \\in Real : WF_now(NowNext /\\ (now' > r))
====`,
};
