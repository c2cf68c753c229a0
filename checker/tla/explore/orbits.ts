import { itemAt } from '../values/item-at.ts';
import { substitute } from '../values/operations.ts';
import type { Permutation } from './explored-model.ts';
import { groupOf, inversesOf } from './permutation-group.ts';
import type { ValueTable } from './value-table.ts';

/** The images of states under the permutations of a group, by the numbers of their values: each value is permuted once. */
export class Orbits {
  readonly group: readonly Permutation[];
  readonly #inverses: readonly number[];
  readonly #tables: readonly ValueTable[];
  /** By permutation, then variable, then number: the number of the image, or undefined if nobody asked yet. */
  readonly #images: number[][][];
  #candidate: Int32Array;
  #least: Int32Array;

  constructor(generators: readonly Permutation[], tables: readonly ValueTable[]) {
    this.group = groupOf(generators);
    this.#inverses = inversesOf(this.group);
    this.#tables = tables;
    this.#images = this.group.map(() => tables.map(() => []));
    this.#candidate = new Int32Array(tables.length);
    this.#least = new Int32Array(tables.length);
  }

  /** Writes the least image of a state into `least`. Returns which permutation leads from the state to it. */
  leastImage(state: Int32Array, least: Int32Array): number {
    const width = this.#tables.length;
    for (let variable = 0; variable < width; variable++) this.#least[variable] = state[variable] ?? 0;
    let best = 0;
    for (let permutation = 1; permutation < this.group.length; permutation++) {
      if (!this.#isLess(permutation, state)) continue;
      best = permutation;
      [this.#least, this.#candidate] = [this.#candidate, this.#least];
    }
    for (let variable = 0; variable < width; variable++) least[variable] = this.#least[variable] ?? 0;
    return best;
  }

  /** Whether an image is before the least one so far; if so, it is the candidate. */
  #isLess(permutation: number, state: Int32Array): boolean {
    const width = this.#tables.length;
    let decided = false;
    for (let variable = 0; variable < width; variable++) {
      const image = this.image(permutation, variable, state[variable] ?? 0);
      const least = this.#least[variable] ?? 0;
      if (!decided && image > least) return false;
      if (image < least) decided = true;
      this.#candidate[variable] = image;
    }
    return decided;
  }

  /** Undoes a permutation: from the least image back to the state. */
  original(permutation: number, image: Int32Array, state: Int32Array): void {
    const inverse = itemAt(this.#inverses, permutation);
    for (let variable = 0; variable < this.#tables.length; variable++)
      state[variable] = this.image(inverse, variable, image[variable] ?? 0);
  }

  /** The number of the image of a variable's value. */
  image(permutation: number, variable: number, number: number): number {
    if (permutation === 0) return number;
    const images = itemAt(itemAt(this.#images, permutation), variable);
    const known = images[number];
    if (known !== undefined && known >= 0) return known;
    while (images.length < number) images.push(-1);
    const table = itemAt(this.#tables, variable);
    const image = table.intern(substitute(table.value(number), itemAt(this.group, permutation)));
    images[number] = image;
    return image;
  }
}
