import { itemAt } from '../values/item-at.ts';

const ROWS_PER_PAGE_BITS = 12;
const ROW_MASK = (1 << ROWS_PER_PAGE_BITS) - 1;
const MOST_ROWS = 0x3fffffff;

/** There are more states than a table can hold. */
export class TableFull extends Error {}

/** The predecessor of an initial state. */
export const NO_STATE = -1;

/**
 * States as rows of numbers (those of their values), in the order in which they were added, each with the index of
 * its predecessor. Exact: rows are one state if and only if their identity columns agree.
 */
export class StateTable {
  readonly width: number;
  readonly #identityStart: number;
  readonly #identityEnd: number;
  readonly #pages: Int32Array[] = [];
  #size = 0;
  /** Open addressing: index + 1, or 0. */
  #slots = new Int32Array(1024);
  /** Where the row that was not found belongs. */
  #freeSlot = 0;

  /** The columns from identityStart up to, without, identityEnd decide which rows are one state. */
  constructor(width: number, identityStart: number, identityEnd: number) {
    this.width = width;
    this.#identityStart = identityStart;
    this.#identityEnd = identityEnd;
  }

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.#slots.byteLength + this.#pages.length * this.#pageBytes;
  }

  /** What the next addition allocates at most. */
  get nextGrowthBytes(): number {
    const slots = this.#isFull(this.#size + 1) ? this.#slots.byteLength * 2 : 0;
    return slots + this.#pageBytes;
  }

  get #pageBytes(): number {
    return (this.width + 1) * 4 * (ROW_MASK + 1);
  }

  /** The index of the state with this row, or NO_STATE. */
  find(row: Int32Array): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = this.#hash(row, 0) & mask; ; slot = (slot + 1) & mask) {
      const known = slots[slot] ?? 0;
      if (known === 0) {
        this.#freeSlot = slot;
        return NO_STATE;
      }
      if (this.#agrees(known - 1, row)) return known - 1;
    }
  }

  /** Adds the row that was just now not found; its index. */
  add(row: Int32Array, predecessor: number): number {
    const index = this.#size;
    if (index >= MOST_ROWS) throw new TableFull('too many states for one table');
    if (index >> ROWS_PER_PAGE_BITS === this.#pages.length) this.#pages.push(this.#newPage());
    const page = this.#pageOf(index);
    const start = this.#startOf(index);
    for (let column = 0; column < this.width; column++) page[start + column] = row[column] ?? 0;
    page[start + this.width] = predecessor;
    this.#slots[this.#freeSlot] = index + 1;
    this.#size = index + 1;
    if (this.#isFull(this.#size)) this.#grow();
    return index;
  }

  readRow(index: number, row: Int32Array): void {
    const page = this.#pageOf(index);
    const start = this.#startOf(index);
    for (let column = 0; column < this.width; column++) row[column] = page[start + column] ?? 0;
  }

  /** The state from which a state was found first, or NO_STATE. */
  predecessor(index: number): number {
    return this.#pageOf(index)[this.#startOf(index) + this.width] ?? NO_STATE;
  }

  #newPage(): Int32Array {
    return new Int32Array((this.width + 1) << ROWS_PER_PAGE_BITS);
  }

  #pageOf(index: number): Int32Array {
    return itemAt(this.#pages, index >> ROWS_PER_PAGE_BITS);
  }

  #startOf(index: number): number {
    return (index & ROW_MASK) * (this.width + 1);
  }

  #hash(cells: Int32Array, start: number): number {
    let h = 0x2c1b3c6d;
    for (let column = this.#identityStart; column < this.#identityEnd; column++) {
      h = Math.imul(h ^ (cells[start + column] ?? 0), 0x85ebca6b);
      h ^= h >>> 15;
    }
    h = Math.imul(h, 0xc2b2ae35);
    return h ^ (h >>> 16);
  }

  #agrees(index: number, row: Int32Array): boolean {
    const page = this.#pageOf(index);
    const start = this.#startOf(index);
    for (let column = this.#identityStart; column < this.#identityEnd; column++)
      if (page[start + column] !== row[column]) return false;
    return true;
  }

  #isFull(size: number): boolean {
    return size * 3 > this.#slots.length * 2;
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let index = 0; index < this.#size; index++) {
      let slot = this.#hash(this.#pageOf(index), this.#startOf(index)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = index + 1;
    }
    this.#slots = slots;
  }
}
