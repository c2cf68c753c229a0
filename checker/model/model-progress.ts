import type { StateCounts } from '../tlc/tlc-report.ts';

/** How far an engine is with a model. */
export interface ModelProgress extends StateCounts {
  /** While the native engine checks liveness: of how many of the states the steps are known. */
  readonly stepsKnown?: number;
  /** The states are those of random behaviours, and `depth` is how many the longest has. */
  readonly isRandom?: boolean;
}
