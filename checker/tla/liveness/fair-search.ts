import type { InSteps } from '../explore/in-steps.ts';
import type { Components } from './components.ts';
import type { Product } from './product.ts';
import type { Atom, Fairness, StateAtom } from './temporal.ts';

/** Something that has to happen again and again on a step from a node along an edge of the graph. */
export type Demand = (node: number, edge: number) => boolean;

/** Nodes among which a behaviour can go on for ever, and what it must do again and again to be fair. */
export interface FairComponent {
  readonly region: number;
  readonly demands: readonly Demand[];
}

/**
 * Looks for all nodes among which a behaviour goes on for ever, keeps the promises of the automaton and is fair: a
 * strongly connected component with a step for each demand. Where a strong fairness is not met in a component, its
 * behaviours must leave out the states in which the action is enabled, and what is left is searched again (Emerson,
 * Lei: Modalities for Model Checking, 1987).
 */
export class FairSearch {
  readonly #product: Product;
  readonly #components: Components;
  readonly #fairness: Fairness;
  readonly #demands: readonly Demand[];
  readonly #found: FairComponent[] = [];

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

  /** All of them: which one is the nearest is not known before. */
  *findAll(): InSteps<readonly FairComponent[]> {
    yield* this.#components.search(this.#product.initialNodes(), 0, (nodes, region) =>
      this.#visit(nodes, region),
    );
    return this.#found;
  }

  *#visit(nodes: readonly number[], region: number): InSteps<void> {
    if (!this.#demands.every((demand) => this.#hasStep(nodes, region, demand))) return;
    // A single node without a step to itself.
    if (!this.#hasStep(nodes, region, () => true)) return;
    const demands = [...this.#demands];
    const avoided: StateAtom[] = [];
    for (const { enabled, taken } of this.#fairness.strong) {
      if (!nodes.some((node) => this.#isEnabled(enabled, node))) continue;
      const takes: Demand = (node, edge) => this.#isTrue(taken, node, edge);
      if (this.#hasStep(nodes, region, takes)) demands.push(takes);
      else avoided.push(enabled);
    }
    if (avoided.length === 0) {
      this.#found.push({ region, demands });
      return;
    }
    const rest = nodes.filter((node) => !avoided.some((enabled) => this.#isEnabled(enabled, node)));
    yield* this.#components.search(rest, this.#components.renew(rest), (part, partRegion) =>
      this.#visit(part, partRegion),
    );
  }

  #isEnabled(atom: StateAtom, node: number): boolean {
    const state = this.#product.stateOf(node);
    return this.#product.graph.satisfies({ atom, holds: true }, state, this.#product.graph.firstEdge(state));
  }

  #isTrue(atom: Atom, node: number, edge: number): boolean {
    return this.#product.graph.satisfies({ atom, holds: true }, this.#product.stateOf(node), edge);
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
