const SLOTS = 1 << 16;
const UNUSED = -1;

/** Some of the rows that were sent lately. Most states are found several times: they need not be sent again. */
export class SentRows {
  readonly #width: number;
  readonly #cells: Int32Array;

  constructor(width: number) {
    this.#width = width;
    this.#cells = new Int32Array(SLOTS * width).fill(UNUSED);
  }

  /** Whether the row is among them; from now on it is. */
  testAndAdd(row: Int32Array): boolean {
    const cells = this.#cells;
    const start = this.#slotOf(row) * this.#width;
    let isKnown = true;
    for (let i = 0; i < this.#width; i++) {
      const cell = row[i] ?? 0;
      if (cells[start + i] !== cell) isKnown = false;
      cells[start + i] = cell;
    }
    return isKnown;
  }

  clear(): void {
    this.#cells.fill(UNUSED);
  }

  #slotOf(row: Int32Array): number {
    let h = 0x165667b1;
    for (let i = 0; i < this.#width; i++) {
      h = Math.imul(h ^ (row[i] ?? 0), 0x85ebca6b);
      h ^= h >>> 15;
    }
    return h & (SLOTS - 1);
  }
}
