import type { Components } from './components.ts';
import type { Product } from './product.ts';
import type { Fairness } from './temporal.ts';

/** Something that has to happen again and again on a step from a node along an edge of the graph. */
export type Demand = (node: number, edge: number) => boolean;

/** Nodes among which a behaviour can go on for ever, and what it must do again and again to be fair. */
export interface FairComponent {
  readonly nodes: readonly number[];
  readonly region: number;
  readonly demands: readonly Demand[];
}

/**
 * Looks for nodes among which a behaviour goes on for ever, keeps the promises of the automaton and is fair: a strongly
 * connected component with a step for each demand. Where a strong fairness is not met in a component, its behaviours
 * must leave out the states in which the action is enabled, and what is left is searched again (Emerson, Lei: Modalities
 * for Model Checking, 1987).
 */
export class FairSearch {
  readonly #product: Product;
  readonly #components: Components;
  readonly #fairness: Fairness;
  readonly #demands: readonly Demand[];

  constructor(product: Product, components: Components, fairness: Fairness) {
    this.#product = product;
    this.#components = components;
    this.#fairness = fairness;
    const { graph, automaton } = product;
    this.#demands = [
      ...Array.from({ length: automaton.promises }, (_, promise): Demand => {
        return (node) => !product.follows(node).postponed.has(promise);
      }),
      ...fairness.recurring.map((literals): Demand => {
        return (node, edge) => literals.some((each) => graph.satisfies(each, product.stateOf(node), edge));
      }),
    ];
  }

  find(): FairComponent | undefined {
    return this.#components.search(this.#product.initialNodes(), 0, (nodes, region) =>
      this.#fairPart(nodes, region),
    );
  }

  #fairPart(nodes: readonly number[], region: number): FairComponent | undefined {
    if (!this.#demands.every((demand) => this.#hasStep(nodes, region, demand))) return undefined;
    // A single node without a step to itself.
    if (!this.#hasStep(nodes, region, () => true)) return undefined;
    const demands = [...this.#demands];
    const { graph } = this.#product;
    const isEnabled = this.#fairness.strong.map(({ enabled }) => {
      return (node: number) =>
        graph.satisfies({ atom: enabled, holds: true }, this.#product.stateOf(node), 0);
    });
    const left = new Set(nodes);
    this.#fairness.strong.forEach(({ taken }, index) => {
      const enabled = isEnabled[index];
      if (enabled === undefined || !nodes.some(enabled)) return;
      const takes: Demand = (node, edge) =>
        graph.satisfies({ atom: taken, holds: true }, this.#product.stateOf(node), edge);
      if (this.#hasStep(nodes, region, takes)) demands.push(takes);
      else for (const node of nodes) if (enabled(node)) left.delete(node);
    });
    if (left.size === nodes.length) return { nodes, region, demands };
    const rest = [...left];
    return this.#components.search(rest, this.#components.renew(rest), (part, partRegion) =>
      this.#fairPart(part, partRegion),
    );
  }

  #hasStep(nodes: readonly number[], region: number, demand: Demand): boolean {
    return nodes.some((node) => {
      const degree = this.#product.degree(node);
      for (let step = 0; step < degree; step += 1) {
        const target = this.#product.target(node, step);
        if (this.#components.isIn(target, region) && demand(node, this.#product.edge(node, step)))
          return true;
      }
      return false;
    });
  }
}
