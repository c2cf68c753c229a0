/** A list of 32-bit numbers that grows. */
export class IntList {
  #items = new Int32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  get bytes(): number {
    return this.#items.byteLength;
  }

  push(item: number): void {
    if (this.#length === this.#items.length) {
      const grown = new Int32Array(this.#items.length * 2);
      grown.set(this.#items);
      this.#items = grown;
    }
    this.#items[this.#length] = item;
    this.#length += 1;
  }

  /** @returns 0 behind the end */
  at(index: number): number {
    return this.#items[index] ?? 0;
  }
}

/** A list of yes and no that grows. */
export class BitList {
  readonly #words = new IntList();
  #word = 0;
  #length = 0;

  get bytes(): number {
    return this.#words.bytes;
  }

  push(bit: boolean): void {
    if (bit) this.#word |= 1 << (this.#length & 31);
    this.#length += 1;
    if ((this.#length & 31) === 0) {
      this.#words.push(this.#word);
      this.#word = 0;
    }
  }

  at(index: number): boolean {
    const word = index >> 5 < this.#words.length ? this.#words.at(index >> 5) : this.#word;
    return ((word >> (index & 31)) & 1) === 1;
  }
}
