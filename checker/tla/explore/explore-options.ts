import type { Counts } from './explore-report.ts';

export interface Progress extends Counts {
  /** States whose successors are still to be found. */
  readonly queue: number;
}

/** Limits and callbacks of an exploration; nothing is limited but the memory unless it is said. */
export interface ExploreOptions {
  /** Goes on after a violation, and reports the first one of each formula. */
  readonly continueAfterViolation?: boolean;
  /** The most states stored. */
  readonly maxStates?: number;
  /** The most levels: the states of the last one are checked, but their successors are not looked for. */
  readonly maxDepth?: number;
  /** The most memory of the process, in bytes. The heap's limit holds in any case. */
  readonly maxMemoryBytes?: number;
  /** Asked before each state is explored: whether time is up, or somebody interrupts. */
  shouldStop?(): 'time' | 'signal' | undefined;
  /** How much memory the process takes, in bytes: for tests. */
  memoryUsed?(): number;
  onProgress?(progress: Progress): void;
  /** After how many initial states, then explored states, `onProgress` is called, 65536 unless said. */
  readonly progressInterval?: number;
  /** After how many explored states the memory is looked at, 1024 unless said. */
  readonly stopInterval?: number;
}
