import { BreadthFirstSearch } from './breadth-first.ts';
import type { ExploreOptions } from './explore-options.ts';
import type { ExploreReport } from './explore-report.ts';
import type { ExploredModel } from './explored-model.ts';
import { type InSteps, throughout } from './in-steps.ts';

/** Explores all states of a model in this thread, which it blocks. */
export function explore(model: ExploredModel, options: ExploreOptions = {}): ExploreReport {
  return throughout(exploreInSteps(model, options));
}

/** The same with pauses. */
export function exploreInSteps(model: ExploredModel, options: ExploreOptions = {}): InSteps<ExploreReport> {
  return new BreadthFirstSearch(model, options).inSteps();
}
