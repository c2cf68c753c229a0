/** The names that a java.util.Hashtable holds, in the order that its size and the names' hashes give them. */
export class JavaHashtable {
  /** A chain of names by hash; the last of a chain was added last, and is what Java enumerates first. */
  #chains: string[][];
  #size: number;

  /** One that already holds so many other names, none of which it will name. */
  constructor(capacity: number, size: number) {
    this.#chains = emptyChains(capacity);
    this.#size = size;
  }

  add(name: string): void {
    if (this.#size >= Math.floor(this.#chains.length * LOAD)) this.#rehash();
    this.#size++;
    this.#chainOf(name).push(name);
  }

  /** All names, each once: from Java's last to its first. */
  backwards(): string[] {
    return this.#chains.flat();
  }

  #rehash(): void {
    const old = this.#chains;
    this.#chains = emptyChains(2 * old.length + 1);
    for (const name of old.flat().reverse()) this.#chainOf(name).push(name);
  }

  #chainOf(name: string): string[] {
    const place = (hashOf(name) & 0x7fffffff) % this.#chains.length;
    return this.#chains[place] ?? [];
  }
}

const LOAD = 0.75;

function emptyChains(count: number): string[][] {
  return Array.from({ length: count }, () => []);
}

/** java.lang.String.hashCode */
function hashOf(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(31, hash) + text.charCodeAt(i)) | 0;
  return hash;
}
