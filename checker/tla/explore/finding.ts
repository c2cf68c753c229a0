import type { State } from '../compile/compiled-spec.ts';
import type { EvaluationError } from '../values/evaluation-error.ts';
import type { Activity, Budget, Failure, Path, Violation } from './explore-report.ts';

/** What ends a search. */
export type Stop = 'at violation' | 'failed' | Budget;

/** The end of a path: up to a stored state, and perhaps one more that need not be stored. */
export interface PathEnd {
  /** The number of the stored state, or NO_STATE. */
  readonly stored: number;
  readonly last: State | undefined;
}

/** A violation before its path is known. */
export interface Finding {
  readonly kind: Violation['kind'];
  /** The formula, or the empty string for a deadlock. */
  readonly name: string;
  readonly end: PathEnd;
}

/** A failure before its path is known. */
export interface RawFailure {
  readonly during: Activity;
  readonly error: EvaluationError;
  readonly end: PathEnd;
}

export function violationOf({ kind, name }: Finding, path: Path): Violation {
  return kind === 'deadlock' ? { kind, path } : { kind, name, path };
}

export function failureOf({ during, error }: RawFailure, path: Path): Failure {
  return { during, error, path };
}

/** The path with the state that need not be stored. */
export function completedPath(stored: Path, last: State | undefined): Path {
  return last === undefined ? stored : [...stored, last];
}
