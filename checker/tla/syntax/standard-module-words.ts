import type { StandardModule } from './builtins.ts';

interface StandardWords {
  /** In the order of the text, each once; string literals with their quotes. */
  readonly words: readonly string[];
  /** The modules that it instantiates; what it extends is in STANDARD_EXTENDS. */
  readonly instances: readonly StandardModule[];
}

/**
 * The words of the standard modules' own texts in TLC 2.18 (tla2sany.StandardModules). TLC orders
 * strings by where it first saw them: wherever Naturals is extended, which defines `a + b`, "b" may come before "a string".
 */
export const STANDARD_MODULE_WORDS: Readonly<Record<StandardModule, StandardWords>> = {
  Naturals: words([], `Naturals Nat a b CHOOSE n TRUE`),
  Integers: words([], `Integers EXTENDS Naturals Int a 0`),
  Reals: words([], `Reals EXTENDS Integers Real "Reals" a b CHOOSE m Infinity i r`),
  Sequences: words(
    ['Naturals'],
    `Sequences LOCAL INSTANCE Naturals Seq S UNION 1 n Nat Len s CHOOSE DOMAIN t i IF THEN ELSE Append e Head Tail
     CASE SubSeq m SelectSeq Test _ LET F 0 IN`,
  ),
  FiniteSets: words(
    ['Naturals', 'Sequences'],
    `FiniteSets LOCAL INSTANCE Naturals Sequences IsFiniteSet S seq Seq s n 1 Len Cardinality LET CS T SUBSET IF THEN
     0 ELSE CHOOSE x IN`,
  ),
  Bags: words(
    ['Naturals'],
    `Bags EXTENDS TLC LOCAL INSTANCE Naturals IsABag B DOMAIN n Nat 0 BagToSet SetToBag S e 1 BagIn EmptyBag B1 B2 IF
     THEN ELSE LET IN d Sum f DSum SUBSET elt CHOOSE TRUE BagUnion UNION SubBag RemoveFromDom x y Combine BagSet i
     Biggest Range r s RSB BB BagOfAll F _ BagCardinality CopiesIn`,
  ),
  TLC: words(
    ['Naturals', 'Sequences', 'FiniteSets'],
    `TLC LOCAL INSTANCE Naturals Sequences FiniteSets Print out val PrintT TRUE Assert IF THEN ELSE CHOOSE v JavaTime
     n Nat TLCGet i TLCSet d e x f g DOMAIN Permutations S w SortSeq s Op _ LET Perm p 1 Len j IN RandomElement Any
     ToString a b STRING TLCEval`,
  ),
  Randomization: words(
    ['Naturals', 'FiniteSets'],
    `Randomization LOCAL INSTANCE Naturals FiniteSets RandomSubset k S CHOOSE T SUBSET Cardinality RandomSetOfSubsets
     n TestRandomSetOfSubsets i 1 5`,
  ),
};

function words(instances: readonly StandardModule[], text: string): StandardWords {
  return { words: text.trim().split(/\s+/), instances };
}
