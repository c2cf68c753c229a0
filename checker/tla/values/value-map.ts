import { same } from './equality.ts';
import { hash } from './hash.ts';
import { isAtom } from './shape.ts';
import type { Value } from './value.ts';

interface Entry<Item> {
  readonly key: Value;
  item: Item;
}

/** A map by value rather than by identity. */
export class ValueMap<Item> {
  readonly #atoms = new Map<Value, Item>();
  readonly #others = new Map<number, Entry<Item>[]>();

  get(key: Value): Item | undefined {
    if (isAtom(key)) return this.#atoms.get(key);
    return this.#others.get(hash(key))?.find((entry) => same(entry.key, key))?.item;
  }

  set(key: Value, item: Item): void {
    if (isAtom(key)) {
      this.#atoms.set(key, item);
      return;
    }
    const bucket = this.#others.get(hash(key));
    const entry = bucket?.find((known) => same(known.key, key));
    if (entry !== undefined) entry.item = item;
    else if (bucket !== undefined) bucket.push({ key, item });
    else this.#others.set(hash(key), [{ key, item }]);
  }

  delete(key: Value): void {
    if (isAtom(key)) {
      this.#atoms.delete(key);
      return;
    }
    const bucket = this.#others.get(hash(key));
    if (bucket === undefined) return;
    const rest = bucket.filter((entry) => !same(entry.key, key));
    if (rest.length === 0) this.#others.delete(hash(key));
    else this.#others.set(hash(key), rest);
  }

  *entries(): Generator<readonly [Value, Item]> {
    yield* this.#atoms;
    for (const bucket of this.#others.values()) for (const { key, item } of bucket) yield [key, item];
  }
}
