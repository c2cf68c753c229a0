import type { Expression } from '../syntax/ast.ts';
import type { Value } from '../values/value.ts';
import type { SearchLevel } from './search-level.ts';

/** One value per variable, in the order of CompiledSpec.variables. Never changed once it is found. */
export type State = readonly Value[];

/** A formula about one state: an INVARIANT, a CONSTRAINT, an ASSUME. */
export interface StatePredicate {
  readonly name: string;
  holds(state: State): boolean;
}

/** A formula about a step: [][A]_v, an ACTION_CONSTRAINT. */
export interface StepPredicate {
  readonly name: string;
  holds(from: State, to: State): boolean;
}

/** An expression of a state, such as a VIEW or an ALIAS. */
export interface StateFunction {
  readonly name: string;
  value(state: State): Value;
}

/** The definitions that were entered on the way to a successor, outermost first, with the values of their arguments. */
export interface ActionCall {
  readonly name: string;
  readonly arguments: readonly { readonly name: string; readonly value: Value }[];
}

export interface Successor {
  readonly state: State;
  readonly calls: readonly ActionCall[];
}

/**
 * A root module with its constants bound, compiled. Every function may throw an EvaluationError; what is found is
 * found in TLC's order, as often as TLC generates it (so that generated states can be compared).
 */
export interface CompiledSpec {
  readonly variables: readonly string[];
  /** What TLCGet("level") says in all that is compiled: whoever searches says where it is. */
  readonly level: SearchLevel;
  /** Each assignment of all variables that satisfies the formula, in order, repeated where TLC repeats it. */
  initialStates(init: Expression, found: (state: State) => void): void;
  /** Each successor by the action `next`, in order, repeated where TLC repeats it. */
  compileNext(next: Expression): (from: State, found: (to: State) => void) => void;
  /** As compileNext, and tells how each successor came about: slower, for counterexamples. */
  compileExplainedNext(next: Expression): (from: State, found: (to: Successor) => void) => void;
  compileState(name: string, formula: Expression): StatePredicate;
  compileStep(name: string, formula: Expression): StepPredicate;
  compileFunction(name: string, expression: Expression): StateFunction;
  /** The value of an expression without variables. */
  evaluate(expression: Expression): Value;
}
