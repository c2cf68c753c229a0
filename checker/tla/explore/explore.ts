import { BreadthFirstSearch } from './breadth-first.ts';
import type { ExploreOptions } from './explore-options.ts';
import type { ExploreReport } from './explore-report.ts';
import type { ExploredModel } from './explored-model.ts';

/** Explores all states of a model in this thread. It blocks: for somebody to interrupt, use a worker. */
export function explore(model: ExploredModel, options: ExploreOptions = {}): ExploreReport {
  return new BreadthFirstSearch(model, options).run();
}
