import type { ExploreOptions } from './explore-options.ts';
import type { ExploreReport } from './explore-report.ts';
import type { ModelLocation } from './model-module.ts';
import { SearchCoordinator } from './search-coordinator.ts';
import { WorkerTeam } from './worker-team.ts';

export interface WorkerSearchOptions extends ExploreOptions {
  /** How many threads search. */
  readonly workers: number;
  /** Ends the search as soon as each worker is done with its state: `shouldStop` is asked why, or else it was a signal. */
  readonly abort?: AbortSignal;
}

/**
 * Explores all states of a model in threads of their own, so that this one stays responsive. A complete search counts
 * the same for any number of workers; one that ends early may have come to other states, but its counterexamples are
 * as short. The states of a path are decoded here: open the model here first, so that their texts are in TLC's order.
 *
 * @throws whatever the module throws when it opens the model
 */
export async function exploreInWorkers(
  location: ModelLocation,
  options: WorkerSearchOptions,
): Promise<ExploreReport> {
  const team = new WorkerTeam(location, options);
  try {
    return await new SearchCoordinator(team, options).run();
  } finally {
    await team.dismiss();
  }
}
