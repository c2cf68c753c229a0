import type { InSteps } from '../explore/in-steps.ts';
import { itemAt } from '../values/item-at.ts';
import { NO_NODE, type Product } from './product.ts';

/** The order of a node that belongs to a component already found. */
const DONE = 0x7fffffff;

/** An array holds no more. */
const MOST_NODES = 2 ** 31;

/** Nodes between two pauses. */
const LOOK_INTERVAL = 4096;

/** What is done with a component, and with the region that it got. */
export type ComponentVisitor = (component: readonly number[], region: number) => InSteps<void>;

/**
 * Finds strongly connected components (Tarjan: Depth-First Search and Linear Graph Algorithms, 1972), without recursion.
 * A node belongs to a region; a search stays within one, and gives each component that it finds a region of its own.
 */
export class Components {
  readonly #product: Product;
  /** 0 where a node was not met. */
  readonly #order: Int32Array;
  readonly #lowest: Int32Array;
  readonly #region: Int32Array;
  readonly #shouldStop: () => boolean;
  #met = 0;
  #regions = 0;

  /** @param shouldStop asked now and then */
  constructor(product: Product, shouldStop: () => boolean) {
    this.#product = product;
    this.#order = new Int32Array(product.size);
    this.#lowest = new Int32Array(product.size);
    this.#region = new Int32Array(product.size);
    this.#shouldStop = shouldStop;
  }

  /** How many bytes the search of a product takes, with the walks to what it finds. */
  static bytesOf(product: Product): number {
    return product.size > MOST_NODES ? Infinity : 6 * 4 * product.size;
  }

  /** Every node of a product has one, 0 before it was met. */
  regionOf(node: number): number {
    return this.#region[node] ?? 0;
  }

  isIn(node: number, region: number): boolean {
    return this.#region[node] === region;
  }

  /** Makes a region of nodes that were met before, to search it anew. */
  renew(nodes: readonly number[]): number {
    this.#regions += 1;
    for (const node of nodes) {
      this.#region[node] = this.#regions;
      this.#order[node] = 0;
    }
    return this.#regions;
  }

  /**
   * Calls `visit` for each component of a region that can be reached from these nodes.
   *
   * @param region 0 for what no search has met yet
   */
  *search(roots: Iterable<number>, region: number, visit: ComponentVisitor): InSteps<void> {
    for (const root of roots) {
      if (this.#shouldStop()) return;
      if (this.#order[root] === 0 && this.#region[root] === region)
        yield* this.#searchFrom(root, region, visit);
    }
  }

  *#searchFrom(root: number, region: number, visit: ComponentVisitor): InSteps<void> {
    const product = this.#product;
    const path = [root];
    const steps = [0];
    const open: number[] = [];
    this.#meet(root, open);
    for (let at = path.length - 1; at >= 0; at = path.length - 1) {
      const node = itemAt(path, at);
      const step = itemAt(steps, at);
      if (step < product.degree(node)) {
        steps[at] = step + 1;
        const target = product.target(node, step);
        if (target === NO_NODE || this.#region[target] !== region) continue;
        const order = this.#order[target] ?? 0;
        if (order === 0) {
          if (this.#met % LOOK_INTERVAL === 0) {
            yield;
            if (this.#shouldStop()) return;
          }
          this.#meet(target, open);
          path.push(target);
          steps.push(0);
        } else if (order !== DONE) this.#lower(node, order);
        continue;
      }
      path.pop();
      steps.pop();
      const parent = path[at - 1];
      if (parent !== undefined) this.#lower(parent, this.#lowest[node] ?? 0);
      if (this.#lowest[node] !== this.#order[node]) continue;
      yield* visit(this.#close(node, open), this.#regions);
    }
  }

  #meet(node: number, open: number[]): void {
    this.#met += 1;
    this.#order[node] = this.#met;
    this.#lowest[node] = this.#met;
    open.push(node);
  }

  #lower(node: number, order: number): void {
    if (order < (this.#lowest[node] ?? 0)) this.#lowest[node] = order;
  }

  /** The component of which this is the first node: all that were met since and are still open. */
  #close(first: number, open: number[]): readonly number[] {
    const component = open.splice(open.lastIndexOf(first));
    this.#regions += 1;
    for (const node of component) {
      this.#order[node] = DONE;
      this.#region[node] = this.#regions;
    }
    return component;
  }
}
