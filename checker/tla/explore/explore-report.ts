import type { State } from '../compile/compiled-spec.ts';
import type { EvaluationError } from '../values/evaluation-error.ts';

/** States in order, from an initial state on. */
export type Path = readonly State[];

export interface Counts {
  /** Initial states and successors found, repetitions included. */
  readonly generated: number;
  /** States stored. */
  readonly distinct: number;
  /** Levels: 1 is that of the initial states. TLC's "depth of the complete state graph search". */
  readonly depth: number;
}

/**
 * The depth of a search that has explored so many levels. It is 1 even where there is no state at all, as TLC's is
 * (tlc2.tool.TLCTrace).
 */
export function depthOf(explored: number, isNextBegun: boolean): number {
  return Math.max(1, isNextBegun ? explored + 1 : explored);
}

/** What an exploration found against the spec. */
export type Violation =
  /** The last state of the path violates it. */
  | { readonly kind: 'invariant'; readonly name: string; readonly path: Path }
  /** The path is one initial state, which violates it. */
  | { readonly kind: 'initial'; readonly name: string; readonly path: Path }
  /** The last step of the path violates it. */
  | { readonly kind: 'step'; readonly name: string; readonly path: Path }
  /** The last state of the path has no successor. */
  | { readonly kind: 'deadlock'; readonly path: Path };

/** What was evaluated when an EvaluationError was thrown. */
export interface Activity {
  readonly what:
    | 'initial states'
    | 'successors'
    | 'invariant'
    | 'initial predicate'
    | 'step property'
    | 'temporal property'
    | 'fairness of the specification'
    | 'constraint'
    | 'action constraint'
    | 'view'
    | 'state';
  /** The name of the formula, or the empty string. */
  readonly name: string;
}

/** The formula could not be evaluated: in the last state of the path, or on its last step. */
export interface Failure {
  readonly during: Activity;
  readonly error: EvaluationError;
  readonly path: Path;
}

/** What ended an exploration before it was complete. */
export type Budget = 'states' | 'memory' | 'time' | 'depth' | 'signal';

/** How far an exploration came. Only `complete` has seen each reachable state within the constraints. */
export type ExploreReport =
  | (Counts & { readonly outcome: 'complete' })
  | (Counts & {
      readonly outcome: 'violated';
      /** The first one; with continueAfterViolation the first one of each formula. Never empty. */
      readonly violations: readonly Violation[];
      /** How the search ended: at the violation, or later, if it was to continue. */
      readonly ended: 'at violation' | 'complete' | Budget;
    })
  | (Counts & {
      readonly outcome: 'exhausted';
      readonly budget: Budget;
    })
  | (Counts & {
      readonly outcome: 'failed';
      readonly failure: Failure;
      /** What was found before, with continueAfterViolation. */
      readonly violations: readonly Violation[];
    });
