import { hash } from './hash.ts';
import { finish, mix } from './mixing.ts';
import { refuseSize } from './refusals.ts';
import { type Shape, shapeOfSorted } from './shape.ts';
import type { Value } from './value.ts';

/** What an element adds to the hash of a set: the order of the elements has no influence. */
export function weightOfElement(element: Value): number {
  return mix((hash(element) ^ 0x2545f491) | 0);
}

/** The hash of a set, from the sum of its elements' weights. */
export function hashOfSet(sum: number, size: number): number {
  return finish((sum + Math.imul(size + 1, 0x85157af5)) | 0);
}

/** A finite set with its elements in TLC's order, all different. */
export class SetValue {
  /** 0 until it is known. */
  hashCode = 0;
  /** The sum of the elements' weights, from which the hash of a union is found quickly. Known with the hash. */
  sum = 0;
  /** Whether it is known to have no lazy parts. */
  normal = false;
  declare readonly items: readonly Value[];
  #shape: Shape | undefined;

  constructor(items: readonly Value[]) {
    this.items = items;
  }

  /** The shape of functions with this domain. */
  get shape(): Shape {
    this.#shape ??= shapeOfSorted(this.items);
    return this.#shape;
  }

  computeHash(): number {
    let sum = 0;
    for (const item of this.items) sum = (sum + weightOfElement(item)) | 0;
    return this.setSum(sum);
  }

  setSum(sum: number): number {
    this.sum = sum;
    this.hashCode = hashOfSet(sum, this.items.length);
    return this.hashCode;
  }
}

export const emptySet = new SetValue([]);
/** An interval without elements, such as 1..0: to TLC it is an interval, although it prints it as {}. */
export const emptyInterval = new SetValue([]);

/** About as many as fit into an array. */
const MOST_ITEMS = 50_000_000;

/** The integers from low to high; empty (and then never made: see `interval`) if high < low. */
export class IntervalValue {
  /** 0 until it is known. */
  hashCode = 0;
  declare readonly low: number;
  declare readonly high: number;
  #explicit: SetValue | undefined;

  constructor(low: number, high: number) {
    this.low = low;
    this.high = high;
  }

  get size(): number {
    return this.high - this.low + 1;
  }

  get explicit(): SetValue {
    if (this.#explicit === undefined) {
      if (this.size > MOST_ITEMS) throw refuseSize(this);
      const items: number[] = [];
      for (let i = this.low; i <= this.high; i++) items.push(i);
      this.#explicit = new SetValue(items);
    }
    return this.#explicit;
  }

  computeHash(): number {
    let sum = 0;
    for (let i = this.low; i <= this.high; i++) sum = (sum + weightOfElement(i)) | 0;
    this.hashCode = hashOfSet(sum, this.size);
    return this.hashCode;
  }
}
