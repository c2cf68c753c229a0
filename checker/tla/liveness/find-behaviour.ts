import type { Budget } from '../explore/explore-report.ts';
import type { InSteps } from '../explore/in-steps.ts';
import { fitsIntoMemory } from '../explore/memory-budget.ts';
import { automatonOf } from './automaton.ts';
import type { BehaviourGraph, GraphOptions } from './behaviour-graph.ts';
import { Components } from './components.ts';
import { FairSearch } from './fair-component.ts';
import { type Lasso, lassoOf } from './lasso.ts';
import { Product } from './product.ts';
import { and, type Fairness, type Temporal } from './temporal.ts';

export type BehaviourSearch =
  | { readonly outcome: 'found'; readonly lasso: Lasso }
  | { readonly outcome: 'none' }
  | { readonly outcome: 'exhausted'; readonly budget: Budget };

/**
 * Looks for a fair behaviour of which a formula is true. To check a property is to look for one that is true of its
 * negation.
 *
 * @throws AutomatonTooLarge
 */
export function* findBehaviour(
  graph: BehaviourGraph,
  formula: Temporal,
  fairness: Fairness,
  options: GraphOptions,
): InSteps<BehaviourSearch> {
  const product = new Product(graph, automatonOf(and(formula, ...fairness.assumed)));
  if (!fitsIntoMemory(Components.bytesOf(product), options.maxMemoryBytes ?? Infinity)) {
    return { outcome: 'exhausted', budget: 'memory' };
  }
  let budget: Budget | undefined;
  const components = new Components(product, () => {
    budget ??= options.shouldStop?.();
    return budget !== undefined;
  });
  const found = yield* new FairSearch(product, components, fairness).findAll();
  if (found.length > 0) return { outcome: 'found', lasso: lassoOf(product, components, found) };
  return budget === undefined ? { outcome: 'none' } : { outcome: 'exhausted', budget };
}
