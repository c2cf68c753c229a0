import { itemAt } from '../values/item-at.ts';
import { hash, normalise, same } from '../values/operations.ts';
import type { Value } from '../values/value.ts';

/** The values that one variable had in some state, numbered from 0: equal values have one number and one object. */
export class ValueTable {
  readonly #values: Value[] = [];
  /** Open addressing: number + 1, or 0. */
  #slots = new Int32Array(64);

  get size(): number {
    return this.#values.length;
  }

  /** What the table itself takes, without the values. */
  get bytes(): number {
    return this.#slots.byteLength + this.#values.length * 8;
  }

  value(number: number): Value {
    return itemAt(this.#values, number);
  }

  /** The number of a value, a new one if it was never there. Refuses infinite sets. */
  intern(value: Value): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash(value) & mask;
    for (;;) {
      const known = slots[slot] ?? 0;
      if (known === 0) break;
      if (same(itemAt(this.#values, known - 1), value)) return known - 1;
      slot = (slot + 1) & mask;
    }
    const number = this.#values.push(normalise(value)) - 1;
    slots[slot] = number + 1;
    if (number * 2 > slots.length) this.#grow();
    return number;
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let number = 0; number < this.#values.length; number++) {
      let slot = hash(itemAt(this.#values, number)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots = slots;
  }
}
