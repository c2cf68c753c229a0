import type { ModelFiles } from '../../model/model-files.ts';
import type { ModelVerdict, UncheckedProperty } from '../../model/model-verdict.ts';
import type { CounterexampleForm, CounterexampleText } from '../model/counterexample-text.ts';
import type { Coverage } from '../model/coverage.ts';
import type { Refusal } from './refusal-message.ts';

/** Random behaviours in place of all states. */
export interface Simulation {
  readonly behaviours: number;
  readonly seed: number;
  readonly depth: number;
}

/** What an engine is to do with a model. */
export interface EngineTask extends ModelFiles {
  readonly workers: number;
  readonly coverage?: boolean;
  readonly simulation?: Simulation;
  /** In which form a counterexample is wanted, if it is. */
  readonly counterexampleAs?: CounterexampleForm;
}

/** The same as plain data, with its limits. */
export interface EngineJob extends EngineTask {
  readonly memoryBytes: number;
  /** When the budget is exhausted, on the clock of `sharedClockMs`; Infinity without one. */
  readonly endMs: number;
  /** A SharedProgress. */
  readonly progress: SharedArrayBuffer;
}

/** What came of it. */
export interface EngineResult {
  readonly verdict: ModelVerdict;
  /** Where it was asked for. */
  readonly coverage?: Coverage;
  readonly counterexample?: CounterexampleText;
}

/** To the thread of an engine, which does one job after the other. */
export type EngineCommand =
  | { readonly type: 'do'; readonly job: EngineJob }
  /** The job that is under way is to end, if there is one. */
  | { readonly type: 'abort' };

/** From it. */
export type EngineAnswer =
  | { readonly type: 'ready'; readonly unchecked: readonly UncheckedProperty[] }
  | { readonly type: 'print'; readonly text: string }
  | { readonly type: 'done'; readonly result: EngineResult }
  | { readonly type: 'refused'; readonly refusal: Refusal };
