import type { State, StateFunction, StatePredicate, StepPredicate } from '../compile/compiled-spec.ts';
import type { SearchLevel } from '../compile/search-level.ts';
import type { ModelValue, Value } from '../values/value.ts';

/** A permutation of model values: what is not a key stays as it is. */
export type Permutation = ReadonlyMap<ModelValue, Value>;

/** A spec and what a configuration wants to know about it. Its functions may throw an EvaluationError. */
export interface ExploredModel {
  readonly variables: readonly string[];
  /** Each initial state, as often as TLC generates it. */
  initialStates(found: (state: State) => void): void;
  /** Each successor, as often as TLC generates it. */
  successors(from: State, found: (to: State) => void): void;
  readonly invariants: readonly StatePredicate[];
  /** What must hold of each generated step: [][A]_v. */
  readonly steps: readonly StepPredicate[];
  /** What must hold of each initial state: a PROPERTY without a temporal operator. */
  readonly initialPredicates?: readonly StatePredicate[];
  readonly constraints: readonly StatePredicate[];
  readonly actionConstraints: readonly StepPredicate[];
  /** States with the same view are one state. */
  readonly view?: StateFunction;
  /** Generators of the group of permutations under which states are one state. */
  readonly symmetry?: readonly Permutation[];
  /** In which order TLC compares the variables of two states, as places in `variables`; as declared if it is missing. */
  readonly variableOrder?: readonly number[];
  readonly checkDeadlock: boolean;
  /** Where the search says how far it is, for formulas that ask. */
  readonly level?: SearchLevel;
}
