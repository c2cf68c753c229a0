import { mix } from '../values/mixing.ts';
import { hash } from '../values/operations.ts';
import {
  FunctionValue,
  LazyFunction,
  LazySet,
  ModelValue,
  SequenceValue,
  SetValue,
  type Value,
} from '../values/value.ts';
import { ValueMap } from '../values/value-map.ts';
import type { Permutation } from './explored-model.ts';

/** So many integers of hashes are remembered; then all are forgotten. */
const REMEMBERED = 1 << 21;

const NONE = new Int32Array(0);

const ELEMENT = 0x2545f491;
const KEY = 0x51ed270b;

/**
 * Hashes of the images of values under each permutation of a group, without the images: equal images have equal hashes.
 *
 * A model value has the hash of its image. Elements of sets, and pairs of arguments and values of functions, are added
 * up, because a permutation changes their order; items of sequences are weighed by their position. What contains no
 * model value that the group moves is its own image, and has the hash that it has everywhere. Since an image has the
 * structure of its original (the group takes model values to model values, so no function becomes a sequence and no
 * elements of a set become equal), the hash under g of v is the hash under the identity of g(v): it depends on the
 * image alone.
 */
export class ImageHashes {
  readonly #order: number;
  readonly #hashOf: (value: Value) => number;
  /** The model values that some permutation moves: the hashes of their images. */
  readonly #moved = new Map<Value, Int32Array>();
  /** For parts of values, which recur; NONE for those that no permutation changes. */
  #known = new ValueMap<Int32Array>();
  #knownLeft: number;

  /** `hashOf` is for values without moved parts and for the images of model values. */
  constructor(group: readonly Permutation[], hashOf: (value: Value) => number = hash) {
    this.#order = group.length;
    this.#hashOf = hashOf;
    this.#knownLeft = REMEMBERED;
    for (const point of new Set(group.flatMap((permutation) => [...permutation.keys()]))) {
      const images = group.map((permutation) => permutation.get(point) ?? point);
      if (images.some((image) => image !== point))
        this.#moved.set(
          point,
          Int32Array.from(images, (image) => hashOf(image)),
        );
    }
  }

  /** The hash of a value that no permutation changes. */
  hashOf(value: Value): number {
    return this.#hashOf(value);
  }

  /** The hashes by permutation; undefined for a value without a model value that some permutation moves. */
  of(value: Value): Int32Array | undefined {
    if (typeof value !== 'object') return undefined;
    if (value instanceof ModelValue) return this.#moved.get(value);
    if (!isCompound(value)) return undefined;
    let hashes = this.#known.get(value);
    if (hashes === undefined) {
      hashes = this.compute(value) ?? NONE;
      this.#remember(value, hashes);
    }
    return hashes === NONE ? undefined : hashes;
  }

  /** As `of`, not remembered: a new array. */
  compute(value: Value): Int32Array | undefined {
    if (value instanceof ModelValue) return this.#moved.get(value)?.slice();
    const sums = new Sums(this.#order);
    this.#addParts(value, sums);
    return sums.finish(value);
  }

  #addParts(value: Value, sums: Sums): void {
    if (value instanceof SetValue)
      for (const item of value.items) this.#addPart(item, ELEMENT, undefined, sums);
    else if (value instanceof SequenceValue)
      for (let i = 0; i < value.length; i++) this.#addPart(value.at(i), mix(i + 1), undefined, sums);
    else if (value instanceof FunctionValue) this.#addPairs(value, sums);
    else if (value instanceof LazySet || value instanceof LazyFunction) this.#addParts(value.explicit, sums);
  }

  #addPairs({ shape, values }: FunctionValue, sums: Sums): void {
    shape.keys.forEach((key, i) => {
      const keys = this.of(key);
      const salt = keys === undefined ? mix(this.#hashOf(key) ^ KEY) : 0;
      this.#addPart(values[i] ?? 0, salt, keys, sums);
    });
  }

  #addPart(part: Value, salt: number, keys: Int32Array | undefined, sums: Sums): void {
    const hashes = this.of(part);
    if (keys !== undefined) sums.addPairs(keys, hashes, hashes === undefined ? this.#hashOf(part) : 0);
    else if (hashes !== undefined) sums.addAll(hashes, salt);
    else sums.common = (sums.common + mix(this.#hashOf(part) ^ salt)) | 0;
  }

  #remember(value: Value, hashes: Int32Array): void {
    this.#knownLeft -= hashes.length + 1;
    if (this.#knownLeft < 0) {
      this.#known = new ValueMap();
      this.#knownLeft = REMEMBERED;
    }
    this.#known.set(value, hashes);
  }
}

function isCompound(value: Value): boolean {
  return (
    value instanceof SetValue ||
    value instanceof FunctionValue ||
    value instanceof SequenceValue ||
    value instanceof LazySet ||
    value instanceof LazyFunction
  );
}

/** What the parts of one value add to its hashes. */
class Sums {
  /** What the parts add that no permutation changes. */
  common = 0;
  readonly #order: number;
  /** By permutation, once a part differs. */
  #sums: Int32Array | undefined;

  constructor(order: number) {
    this.#order = order;
  }

  addAll(hashes: Int32Array, salt: number): void {
    this.#sums ??= new Int32Array(this.#order);
    const sums = this.#sums;
    for (let g = 0; g < sums.length; g++) sums[g] = (sums[g] ?? 0) + mix((hashes[g] ?? 0) ^ salt);
  }

  /** Of arguments that differ; `common` is the hash of the value if that does not. */
  addPairs(keys: Int32Array, hashes: Int32Array | undefined, common: number): void {
    this.#sums ??= new Int32Array(this.#order);
    const sums = this.#sums;
    for (let g = 0; g < sums.length; g++) {
      const hashOfValue = hashes === undefined ? common : (hashes[g] ?? 0);
      sums[g] = (sums[g] ?? 0) + mix(hashOfValue ^ mix((keys[g] ?? 0) ^ KEY));
    }
  }

  /** undefined if no part differs. */
  finish(value: Value): Int32Array | undefined {
    const sums = this.#sums;
    if (sums === undefined) return undefined;
    const common = (this.common + kindOf(value)) | 0;
    for (let g = 0; g < sums.length; g++) sums[g] = mix(((sums[g] ?? 0) + common) | 0);
    return sums;
  }
}

/** Tells a set from a function; lazy ones are as explicit ones. */
function kindOf(value: Value): number {
  return value instanceof SetValue || value instanceof LazySet ? 0x3b9f : 0x71c5;
}
