/**
 * A small seeded generator (mulberry32). A real cluster does not repeat itself, but its election timeouts and its
 * faults are at least drawn the same way again.
 */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** An integer from `low` up to, and without, `high`. */
  between(low: number, high: number): number {
    return low + Math.floor(this.#next() * (high - low));
  }

  /** One of the elements, each as likely as the others. */
  pick<T>(elements: readonly T[]): T {
    const element = elements[this.between(0, elements.length)];
    if (element === undefined) throw new Error('nothing to pick from');
    return element;
  }

  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let bits = this.#state;
    bits = Math.imul(bits ^ (bits >>> 15), bits | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  }
}
