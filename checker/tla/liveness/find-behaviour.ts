import type { Budget } from '../explore/explore-report.ts';
import type { InSteps } from '../explore/in-steps.ts';
import { fitsIntoMemory } from '../explore/memory-budget.ts';
import { AutomatonTooLarge, automatonOf } from './automaton.ts';
import type { BehaviourGraph, GraphOptions } from './behaviour-graph.ts';
import { Components } from './components.ts';
import { FairSearch } from './fair-search.ts';
import { bothFair, casesOf, fairnessOf } from './fairness.ts';
import { type Lasso, lassoOf } from './lasso.ts';
import { Product } from './product.ts';
import { and, type Fairness, type Temporal } from './temporal.ts';

interface Found {
  readonly outcome: 'found';
  readonly lasso: Lasso;
}

export type BehaviourSearch =
  | Found
  | { readonly outcome: 'none' }
  | { readonly outcome: 'exhausted'; readonly budget: Budget };

/** Each case is a search of its own. */
const MOST_SEARCHES = 100;

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
  let cases = 0;
  let shortest: BehaviourSearch = { outcome: 'none' };
  for (const demanded of casesOf(bothFair(fairness, fairnessOf([formula])))) {
    cases += 1;
    if (cases > MOST_SEARCHES) {
      // One that was found is one, whatever the other cases are.
      if (shortest.outcome === 'found') break;
      throw new AutomatonTooLarge(`more than ${MOST_SEARCHES} cases`);
    }
    const search = yield* findInCase(graph, demanded, options);
    if (search.outcome === 'exhausted') return shortest.outcome === 'found' ? shortest : search;
    if (search.outcome === 'found' && isShorter(search, shortest)) shortest = search;
  }
  return shortest;
}

function isShorter({ lasso }: Found, than: BehaviourSearch): boolean {
  return than.outcome !== 'found' || lasso.path.length < than.lasso.path.length;
}

function* findInCase(
  graph: BehaviourGraph,
  demanded: Fairness,
  options: GraphOptions,
): InSteps<BehaviourSearch> {
  const product = new Product(graph, automatonOf(and(...demanded.assumed)));
  if (!fitsIntoMemory(Components.bytesOf(product), options.maxMemoryBytes ?? Infinity)) {
    return { outcome: 'exhausted', budget: 'memory' };
  }
  let budget: Budget | undefined;
  const components = new Components(product, () => {
    budget ??= options.shouldStop?.();
    return budget !== undefined;
  });
  const found = yield* new FairSearch(product, components, demanded).findAll();
  if (found.length > 0) return { outcome: 'found', lasso: lassoOf(product, components, found) };
  return budget === undefined ? { outcome: 'none' } : { outcome: 'exhausted', budget };
}
