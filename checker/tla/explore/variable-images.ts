import { itemAt } from '../values/item-at.ts';
import { mix } from '../values/mixing.ts';
import { substitute } from '../values/operations.ts';
import type { Permutation } from './explored-model.ts';
import type { ImageHashes } from './image-hashes.ts';
import type { ValueTable } from './value-table.ts';

/** So many hashes of images are remembered for each variable (8 MB), and so many numbers of images (3 MB). */
const HASHES = 1 << 21;
const IMAGES = 1 << 18;

const FIRST_SLOTS = 64;

/** What a slot says of a number: that no permutation changes its value. */
const FIXED = 1;
const MOVED = 2;

/**
 * The images of one variable's values, by the numbers of the values: their hashes, and those images that somebody asked
 * for. Both are caches of bounded size in which a number has one place, and displaces the one that was there.
 */
export class VariableImages {
  readonly #group: readonly Permutation[];
  readonly #hashes: ImageHashes;
  readonly #table: ValueTable;
  /** So that a value in one variable does not count as the same value in another. */
  readonly #salt: number;
  /** By slot: which number, what it is, and what it adds to the hash of a state under each permutation. */
  #numbers = new Int32Array(0);
  #kinds = new Uint8Array(0);
  #shares = new Int32Array(0);
  #slots = 0;
  /** By slot: number, permutation, image. */
  #images = new Int32Array(0);

  constructor(group: readonly Permutation[], hashes: ImageHashes, table: ValueTable, variable: number) {
    this.#group = group;
    this.#hashes = hashes;
    this.#table = table;
    this.#salt = mix(variable + 1);
  }

  /** Whether some permutation may change the value. */
  isMoved(number: number): boolean {
    // The slot first: finding it may replace the arrays.
    const slot = this.#slotOf(number);
    return this.#kinds[slot] === MOVED;
  }

  /** Adds to the hash of a state under each permutation. Returns what it adds instead if no permutation changes it. */
  addShares(number: number, sums: Int32Array): number {
    const slot = this.#slotOf(number);
    const shares = this.#shares;
    const order = this.#group.length;
    const start = slot * order;
    if (this.#kinds[slot] === FIXED) return shares[start] ?? 0;
    for (let g = 0; g < order; g++) sums[g] = (sums[g] ?? 0) + (shares[start + g] ?? 0);
    return 0;
  }

  #slotOf(number: number): number {
    if (number >= this.#slots) this.#grow();
    const slot = number & (this.#slots - 1);
    if (this.#numbers[slot] !== number || this.#kinds[slot] === 0) this.#fill(slot, number);
    return slot;
  }

  #grow(): void {
    const most = HASHES / this.#group.length;
    let slots = Math.max(this.#slots, FIRST_SLOTS);
    while (slots < this.#table.size && slots * 2 <= most) slots *= 2;
    if (slots === this.#slots) return;
    this.#slots = slots;
    this.#numbers = new Int32Array(slots);
    this.#kinds = new Uint8Array(slots);
    this.#shares = new Int32Array(slots * this.#group.length);
    const images = Math.min(IMAGES, slots * 4);
    if (images * 3 > this.#images.length) this.#images = new Int32Array(images * 3).fill(-1);
  }

  #fill(slot: number, number: number): void {
    const value = this.#table.value(number);
    const hashes = this.#hashes.compute(value);
    const start = slot * this.#group.length;
    this.#numbers[slot] = number;
    this.#kinds[slot] = hashes === undefined ? FIXED : MOVED;
    if (hashes === undefined) {
      this.#shares[start] = mix(this.#hashes.hashOf(value) ^ this.#salt);
      return;
    }
    for (let g = 0; g < hashes.length; g++) this.#shares[start + g] = mix((hashes[g] ?? 0) ^ this.#salt);
  }

  /** The number of the image of a value. */
  image(permutation: number, number: number): number {
    if (permutation === 0 || !this.isMoved(number)) return number;
    const images = this.#images;
    const place = (Math.imul(number, this.#group.length) + permutation) >>> 0;
    const slot = (place % (images.length / 3)) * 3;
    if (images[slot] === number && images[slot + 1] === permutation) return images[slot + 2] ?? 0;
    const image = this.#table.intern(substitute(this.#table.value(number), itemAt(this.#group, permutation)));
    images[slot] = number;
    images[slot + 1] = permutation;
    images[slot + 2] = image;
    return image;
  }
}
