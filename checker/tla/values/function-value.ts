import { hash } from './hash.ts';
import { itemAt } from './item-at.ts';
import { finish } from './mixing.ts';
import type { Shape } from './shape.ts';
import type { Value } from './value.ts';

/**
 * A function with a finite domain, known value by value; a record if all of its domain are strings. Never one whose
 * domain is empty or 1..n: that is a SequenceValue.
 */
export class FunctionValue {
  /** 0 until it is known. */
  hashCode = 0;
  /** The weighed hashes of the values, from which the hash of an EXCEPT is found quickly. Known with the hash. */
  sum = 0;
  /** Whether it is known to have no lazy parts. */
  normal = false;
  declare shape: Shape;
  /** In the order of the shape's keys. */
  declare readonly values: readonly Value[];

  constructor(shape: Shape, values: readonly Value[]) {
    this.shape = shape;
    this.values = values;
  }

  computeHash(): number {
    const { shape, values } = this;
    const weights = shape.weights;
    let sum = 0;
    for (let i = 0; i < values.length; i++) {
      sum = (sum + Math.imul(hash(itemAt(values, i)), weights[i] ?? 1)) | 0;
    }
    return this.setSum(sum);
  }

  setSum(sum: number): number {
    this.sum = sum;
    this.hashCode = finish(sum ^ this.shape.hashCode);
    return this.hashCode;
  }
}
