import { itemAt } from '../values/item-at.ts';
import { NO_NODE, type Product } from './product.ts';

/** A step of a walk. */
export interface Taken {
  readonly node: number;
  /** The edge of the graph. */
  readonly edge: number;
  readonly target: number;
}

/** Shortest walks through a product. */
export class Walks {
  readonly #product: Product;
  /** The node and the step that led to a node; what counts is marked with the number of the walk. */
  readonly #from: Int32Array;
  readonly #step: Int32Array;
  readonly #mark: Int32Array;
  #walk = 0;

  constructor(product: Product) {
    this.#product = product;
    this.#from = new Int32Array(product.size);
    this.#step = new Int32Array(product.size);
    this.#mark = new Int32Array(product.size);
  }

  /** The shortest walk from one of the nodes whose last step is one that is looked for; undefined if there is none. */
  find(
    starts: readonly number[],
    mayEnter: (target: number) => boolean,
    isLast: (step: Taken) => boolean,
  ): readonly Taken[] | undefined {
    this.#walk += 1;
    const queue: number[] = [];
    for (const start of starts) this.#reach(start, NO_NODE, 0, queue);
    for (let at = 0; at < queue.length; at += 1) {
      const node = itemAt(queue, at);
      const degree = this.#product.degree(node);
      for (let step = 0; step < degree; step += 1) {
        const target = this.#product.target(node, step);
        if (target === NO_NODE || !mayEnter(target)) continue;
        const taken = this.#taken(node, step);
        if (isLast(taken)) return [...this.#stepsTo(node), taken];
        this.#reach(target, node, step, queue);
      }
    }
    return undefined;
  }

  #reach(node: number, from: number, step: number, queue: number[]): void {
    if (this.#mark[node] === this.#walk) return;
    this.#mark[node] = this.#walk;
    this.#from[node] = from;
    this.#step[node] = step;
    queue.push(node);
  }

  #taken(node: number, step: number): Taken {
    return { node, edge: this.#product.edge(node, step), target: this.#product.target(node, step) };
  }

  #before(node: number): number {
    return this.#from[node] ?? NO_NODE;
  }

  #stepsTo(node: number): readonly Taken[] {
    const steps: Taken[] = [];
    for (let at = node, from = this.#before(at); from !== NO_NODE; at = from, from = this.#before(at)) {
      steps.push(this.#taken(from, this.#step[at] ?? 0));
    }
    return steps.reverse();
  }
}
