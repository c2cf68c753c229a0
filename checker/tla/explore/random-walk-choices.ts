/**
 * The choices of one random walk: xoshiro128** (Blackman and Vigna, 2018), its state filled by splitmix32 (Steele, Lea
 * and Flood's SplitMix with 32-bit constants). The same seed and number give the same choices on every machine.
 */
export class RandomWalkChoices {
  readonly #s = new Uint32Array(4);

  /** @param seed an integer, its low 53 bits count; @param number which walk of that seed, a natural number */
  constructor(seed: number, number: number) {
    let state =
      (seed ^ Math.imul(Math.floor(seed / 2 ** 32), 0x9e3779b9) ^ Math.imul(number + 1, 0x85ebca6b)) | 0;
    for (let i = 0; i < 4; i++) {
      state = (state + 0x9e3779b9) | 0;
      let mixed = state ^ (state >>> 16);
      mixed = Math.imul(mixed, 0x21f0aaad);
      mixed ^= mixed >>> 15;
      mixed = Math.imul(mixed, 0x735a2d97);
      this.#s[i] = mixed ^ (mixed >>> 15);
    }
  }

  /** One of the items, each as likely as the others; undefined if there are none. */
  pick<Item>(items: readonly Item[]): Item | undefined {
    return items[Math.floor((this.#next32() / 2 ** 32) * items.length)];
  }

  #next32(): number {
    const s = this.#s;
    const [s0, s1, s2, s3] = [s[0] ?? 0, s[1] ?? 0, s[2] ?? 0, s[3] ?? 0];
    const result = Math.imul(rotate(Math.imul(s1, 5), 7), 9) >>> 0;
    const [t2, t3] = [s2 ^ s0, s3 ^ s1];
    s[0] = s0 ^ t3;
    s[1] = s1 ^ t2;
    s[2] = t2 ^ (s1 << 9);
    s[3] = rotate(t3, 11);
    return result;
  }
}

function rotate(bits: number, by: number): number {
  return (bits << by) | (bits >>> (32 - by));
}
