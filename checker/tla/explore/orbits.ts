import { itemAt } from '../values/item-at.ts';
import { mix } from '../values/mixing.ts';
import type { Value } from '../values/value.ts';
import type { Permutation } from './explored-model.ts';
import { ImageHashes } from './image-hashes.ts';
import { groupOf, inversesOf } from './permutation-group.ts';
import type { ValueTable } from './value-table.ts';
import { VariableImages } from './variable-images.ts';

/**
 * For each state the one that stands for all its images under a group of permutations.
 *
 * Each image x of a state has a hash h(x), found without making x. The state's orbit O has a least hash m, and
 * L = {x \in O : h(x) = m} depends on O only. The representative is that of L whose values have the least numbers, in
 * the order of the variables. Numbers are given once for ever, so it depends on O only: two states have the same
 * representative if and only if they are in one orbit, however many hashes collide.
 *
 * Nearly always L has one element, and only that is made and numbered. It may be the image under several permutations,
 * if the state has automorphisms: whether it is, is not left to hashes, but decided by the numbers of the images.
 */
export class Orbits {
  readonly group: readonly Permutation[];
  readonly #inverses: readonly number[];
  readonly #variables: readonly VariableImages[];
  /** By permutation: the hash of the image, but for what no permutation changes, which is `#common`. */
  readonly #sums: Int32Array;
  #common = 0;
  #candidate: Int32Array;
  #least: Int32Array;

  /** `hashOf` as for ImageHashes. */
  constructor(
    generators: readonly Permutation[],
    tables: readonly ValueTable[],
    hashOf?: (value: Value) => number,
  ) {
    this.group = groupOf(generators);
    this.#inverses = inversesOf(this.group);
    const hashes = new ImageHashes(this.group, hashOf);
    this.#variables = tables.map((table, i) => new VariableImages(this.group, hashes, table, i));
    this.#sums = new Int32Array(this.group.length);
    this.#candidate = new Int32Array(tables.length);
    this.#least = new Int32Array(tables.length);
  }

  /** Writes the representative of a state into `least`. Returns which permutation leads from the state to it. */
  leastImage(state: Int32Array, least: Int32Array): number {
    const leastHash = this.#hashImages(state);
    const sums = this.#sums;
    let best = -1;
    for (let permutation = sums.indexOf(leastHash); permutation >= 0; ) {
      if (best < 0) {
        this.#makeImage(permutation, state);
        best = permutation;
      } else if (this.#isLess(permutation, state)) {
        [this.#least, this.#candidate] = [this.#candidate, this.#least];
        best = permutation;
      }
      permutation = sums.indexOf(leastHash, permutation + 1);
    }
    for (let variable = 0; variable < this.#variables.length; variable++)
      least[variable] = this.#least[variable] ?? 0;
    return best;
  }

  /** A hash of a state: the same for all of an orbit, in every thread. */
  hashOf(state: Int32Array): number {
    const least = this.#hashImages(state);
    return mix((least + this.#common) | 0);
  }

  /** Finds the hashes of all images; the least of them. */
  #hashImages(state: Int32Array): number {
    const sums = this.#sums.fill(0);
    let common = 0;
    for (let variable = 0; variable < this.#variables.length; variable++)
      common = (common + itemAt(this.#variables, variable).addShares(state[variable] ?? 0, sums)) | 0;
    this.#common = common;
    let least = sums[0] ?? 0;
    for (let permutation = 1; permutation < sums.length; permutation++) {
      const sum = sums[permutation] ?? 0;
      if (sum < least) least = sum;
    }
    return least;
  }

  #makeImage(permutation: number, state: Int32Array): void {
    for (let variable = 0; variable < this.#variables.length; variable++)
      this.#least[variable] = this.#image(permutation, variable, state[variable] ?? 0);
  }

  /** Whether an image is before the least one so far; if so, it is the candidate. */
  #isLess(permutation: number, state: Int32Array): boolean {
    let decided = false;
    for (let variable = 0; variable < this.#variables.length; variable++) {
      const image = this.#image(permutation, variable, state[variable] ?? 0);
      const least = this.#least[variable] ?? 0;
      if (!decided && image > least) return false;
      if (image < least) decided = true;
      this.#candidate[variable] = image;
    }
    return decided;
  }

  /** Undoes a permutation: from the representative back to the state. */
  original(permutation: number, image: Int32Array, state: Int32Array): void {
    const inverse = itemAt(this.#inverses, permutation);
    for (let variable = 0; variable < this.#variables.length; variable++)
      state[variable] = this.#image(inverse, variable, image[variable] ?? 0);
  }

  #image(permutation: number, variable: number, number: number): number {
    return itemAt(this.#variables, variable).image(permutation, number);
  }
}
