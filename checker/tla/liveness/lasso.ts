import type { State } from '../compile/compiled-spec.ts';
import { itemAt } from '../values/item-at.ts';
import type { Components } from './components.ts';
import type { FairComponent } from './fair-search.ts';
import { NO_NODE, type Product } from './product.ts';
import { type Taken, Walks } from './walks.ts';

/** An infinite behaviour: states, and where it goes on after the last one. */
export interface Lasso {
  readonly path: readonly State[];
  /** The place in `path`, from 0, to which the last state leads back; null where it stays as it is for ever. */
  readonly loopsTo: number | null;
}

/** A fair behaviour: on the shortest way into one of the components, then round and round there. */
export function lassoOf(product: Product, components: Components, fair: readonly FairComponent[]): Lasso {
  const walks = new Walks(product);
  const byRegion = new Map(fair.map((component) => [component.region, component]));
  const { prefix, component } = pathInto(product, walks, (node) => byRegion.get(components.regionOf(node)));
  const loop = roundTrip(walks, components, component, itemAt(prefix, prefix.length - 1));
  const before = withoutStutter(prefix.map((node) => product.stateOf(node)));
  const first = itemAt(before, before.length - 1);
  const cycle = withoutStutter([first, ...loop.map(({ target }) => product.stateOf(target))]);
  // The last step leads back to the first state.
  cycle.pop();
  rollBack(before, cycle);
  const path = [...before, ...cycle.slice(1)].map((state) => product.graph.store.state(state));
  return { path, loopsTo: cycle.length === 0 ? null : before.length - 1 };
}

/** Where the way into a cycle goes round it already, the cycle begins earlier. */
function rollBack(before: number[], cycle: number[]): void {
  for (;;) {
    const last = cycle.at(-1);
    if (last === undefined || before.length < 2 || before.at(-2) !== last) return;
    before.pop();
    cycle.pop();
    cycle.unshift(last);
  }
}

/** To stay as it is changes nothing about a behaviour. */
function withoutStutter(states: readonly number[]): number[] {
  return states.filter((state, index) => state !== states[index - 1]);
}

/** The nodes from an initial one to the nearest of a component. */
function pathInto(
  product: Product,
  walks: Walks,
  componentOf: (node: number) => FairComponent | undefined,
): { readonly prefix: readonly number[]; readonly component: FairComponent } {
  const starts = product.initialNodes();
  for (const start of starts) {
    const component = componentOf(start);
    if (component !== undefined) return { prefix: [start], component };
  }
  const anywhere = (): boolean => true;
  const steps = walks.find(starts, anywhere, ({ target }) => componentOf(target) !== undefined) ?? [];
  const [first] = steps;
  const component = componentOf(steps.at(-1)?.target ?? NO_NODE);
  if (first === undefined || component === undefined)
    throw new RangeError('a component that cannot be reached');
  return { prefix: [first.node, ...steps.map(({ target }) => target)], component };
}

/** Steps within a component from a node back to it, that meet every demand. */
function roundTrip(
  walks: Walks,
  components: Components,
  { region, demands }: FairComponent,
  entry: number,
): readonly Taken[] {
  const steps: Taken[] = [];
  const isInside = (target: number): boolean => components.isIn(target, region);
  const walk = (isLast: (step: Taken) => boolean): void => {
    const more = walks.find([steps.at(-1)?.target ?? entry], isInside, isLast);
    if (more === undefined) throw new RangeError('a component without the step that was found in it');
    steps.push(...more);
  };
  for (const demand of demands) {
    const meets = ({ node, edge }: Taken): boolean => demand(node, edge);
    if (!steps.some(meets)) walk(meets);
  }
  if (steps.at(-1)?.target !== entry) walk(({ target }) => target === entry);
  return steps;
}
