import type { State } from '../compile/compiled-spec.ts';
import { itemAt } from '../values/item-at.ts';
import type { Components } from './components.ts';
import type { FairComponent } from './fair-component.ts';
import { NO_NODE, type Product } from './product.ts';

/** An infinite behaviour: states, and where it goes on after the last one. */
export interface Lasso {
  readonly path: readonly State[];
  /** The place in `path`, from 0, to which the last state leads back; null where it stays as it is for ever. */
  readonly loopsTo: number | null;
}

/** A step of a walk. */
interface Taken {
  readonly node: number;
  readonly edge: number;
  readonly target: number;
}

/** A fair behaviour: on the shortest way into one of the components, then round and round there. */
export function lassoOf(product: Product, components: Components, fair: readonly FairComponent[]): Lasso {
  const { prefix, component } = pathInto(product, components, fair);
  const entry = itemAt(prefix, prefix.length - 1);
  const loop = roundTrip(product, components, component, entry);
  const before = withoutStutter(prefix.map((node) => product.stateOf(node)));
  const first = itemAt(before, before.length - 1);
  const states = withoutStutter([first, ...loop.map(({ target }) => product.stateOf(target))]);
  // The last step leads back to the first state.
  states.pop();
  const path = [...before, ...states.slice(1)].map((state) => product.graph.store.state(state));
  return { path, loopsTo: states.length === 0 ? null : before.length - 1 };
}

/** To stay as it is changes nothing about a behaviour. */
function withoutStutter(states: readonly number[]): number[] {
  return states.filter((state, index) => state !== states[index - 1]);
}

/** The nodes from an initial one to the nearest of a component. */
function pathInto(
  product: Product,
  components: Components,
  fair: readonly FairComponent[],
): { readonly prefix: readonly number[]; readonly component: FairComponent } {
  const byRegion = new Map(fair.map((component) => [component.region, component]));
  const queue = [...product.initialNodes()];
  const from = new Map(queue.map((node) => [node, NO_NODE]));
  for (let at = 0; at < queue.length; at += 1) {
    const node = itemAt(queue, at);
    const component = byRegion.get(components.regionOf(node));
    if (component !== undefined) return { prefix: backFrom(node, from), component };
    const degree = product.degree(node);
    for (let step = 0; step < degree; step += 1) {
      const target = product.target(node, step);
      if (target === NO_NODE || from.has(target)) continue;
      from.set(target, node);
      queue.push(target);
    }
  }
  throw new RangeError('a component that cannot be reached');
}

function backFrom(node: number, from: ReadonlyMap<number, number>): readonly number[] {
  const path: number[] = [];
  for (let at = node; at !== NO_NODE; at = from.get(at) ?? NO_NODE) path.push(at);
  return path.reverse();
}

/** Steps within a component from a node back to it, that meet every demand. */
function roundTrip(
  product: Product,
  components: Components,
  { region, demands }: FairComponent,
  entry: number,
): readonly Taken[] {
  const steps: Taken[] = [];
  const walk = (isLast: (step: Taken) => boolean): void => {
    const at = steps.at(-1)?.target ?? entry;
    steps.push(...walkUntil(product, components, region, at, isLast));
  };
  for (const demand of demands) {
    const meets = ({ node, edge }: Taken): boolean => demand(node, edge);
    if (!steps.some(meets)) walk(meets);
  }
  if (steps.length === 0 || steps.at(-1)?.target !== entry) walk(({ target }) => target === entry);
  return steps;
}

/** The shortest walk from a node whose last step is one that is looked for. */
function walkUntil(
  product: Product,
  components: Components,
  region: number,
  start: number,
  isLast: (step: Taken) => boolean,
): readonly Taken[] {
  const queue = [start];
  const by = new Map<number, Taken | undefined>([[start, undefined]]);
  for (let at = 0; at < queue.length; at += 1) {
    const node = itemAt(queue, at);
    const degree = product.degree(node);
    for (let step = 0; step < degree; step += 1) {
      const target = product.target(node, step);
      if (!components.isIn(target, region)) continue;
      const taken = { node, edge: product.edge(node, step), target };
      if (isLast(taken)) return [...stepsTo(node, by), taken];
      if (by.has(target)) continue;
      by.set(target, taken);
      queue.push(target);
    }
  }
  throw new RangeError('a component without the step that was found in it');
}

function stepsTo(node: number, by: ReadonlyMap<number, Taken | undefined>): readonly Taken[] {
  const steps: Taken[] = [];
  for (let taken = by.get(node); taken !== undefined; taken = by.get(taken.node)) steps.push(taken);
  return steps.reverse();
}
