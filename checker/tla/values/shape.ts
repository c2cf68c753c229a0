import { ModelValue, StringValue } from './atoms.ts';
import { same } from './equality.ts';
import { hash } from './hash.ts';
import { itemAt } from './item-at.ts';
import { finish, mix } from './mixing.ts';
import type { SetValue } from './set-value.ts';
import type { Value } from './value.ts';

/** Up to so many keys a search looks at each. */
const FEW = 8;

/**
 * The domain of functions: its elements in TLC's order, all different. Interned where it is cheap: two functions with the
 * same domain often share one shape, but only `sameShape` says whether their domains are the same.
 */
export class Shape {
  readonly hashCode: number;
  readonly keys: readonly Value[];
  readonly size: number;
  /** Odd numbers, one for each key: what a value weighs in the hash of its function. */
  readonly weights: readonly number[];
  /** Whether all keys are strings: a function of this shape is a record. */
  readonly isRecord: boolean;
  /** Whether the keys are 1..n: a function of this shape is a sequence. */
  readonly isSequence: boolean;
  /** The keys as a set, once somebody asked for the DOMAIN. */
  domain: SetValue | undefined = undefined;
  /** Whether equality of the keys is identity. */
  readonly allAtoms: boolean;
  #atoms: Map<Value, number> | undefined;
  /** Open addressing: position + 1 in keys, or 0. */
  #table: Int32Array | undefined;

  constructor(keys: readonly Value[]) {
    this.keys = keys;
    this.size = keys.length;
    const weights: number[] = [];
    this.weights = weights;
    let isRecord = keys.length > 0;
    let isSequence = true;
    let allAtoms = true;
    let sum = keys.length;
    for (let i = 0; i < keys.length; i++) {
      const key = itemAt(keys, i);
      const weight = mix((hash(key) + 0x51ed27) | 0) | 1;
      weights.push(weight);
      sum = (sum + Math.imul(weight, weight ^ 0x3c6ef372)) | 0;
      if (!(key instanceof StringValue)) isRecord = false;
      if (key !== i + 1) isSequence = false;
      if (!isAtom(key)) allAtoms = false;
    }
    this.hashCode = finish(sum);
    this.isRecord = isRecord;
    this.isSequence = isSequence;
    this.allAtoms = allAtoms;
  }

  /** The position of a key, or -1. Never an error: a key of another type is simply not there. */
  indexOf(key: Value): number {
    if (isAtom(key)) {
      if (this.size > FEW) return this.allAtoms ? this.#indexOfAtom(key) : this.#indexInTable(key);
      const keys = this.keys;
      for (let i = 0; i < keys.length; i++) if (keys[i] === key) return i;
      return -1;
    }
    if (this.allAtoms) return -1;
    return this.size > FEW ? this.#indexInTable(key) : this.#indexOfCompound(key);
  }

  #indexOfAtom(key: Value): number {
    if (this.#atoms === undefined) {
      this.#atoms = new Map();
      for (let i = 0; i < this.size; i++) this.#atoms.set(itemAt(this.keys, i), i);
    }
    return this.#atoms.get(key) ?? -1;
  }

  #indexOfCompound(key: Value): number {
    const keys = this.keys;
    for (let i = 0; i < keys.length; i++) if (same(itemAt(keys, i), key)) return i;
    return -1;
  }

  #indexInTable(key: Value): number {
    const table = this.#table ?? this.#makeTable();
    const mask = table.length - 1;
    for (let slot = hash(key) & mask; ; slot = (slot + 1) & mask) {
      const position = table[slot] ?? 0;
      if (position === 0) return -1;
      if (same(itemAt(this.keys, position - 1), key)) return position - 1;
    }
  }

  #makeTable(): Int32Array {
    let length = 16;
    while (length < this.size * 2) length *= 2;
    const table = new Int32Array(length);
    for (let i = 0; i < this.size; i++) {
      let slot = hash(itemAt(this.keys, i)) & (length - 1);
      while (table[slot] !== 0) slot = (slot + 1) & (length - 1);
      table[slot] = i + 1;
    }
    this.#table = table;
    return table;
  }
}

/** Whether equality of the value is identity: booleans, integers, strings, model values. */
export function isAtom(value: Value): boolean {
  return typeof value !== 'object' || value instanceof StringValue || value instanceof ModelValue;
}

/** A cache of bounded size: a shape that another one displaced lives on where it is used. */
const INTERNED = 1 << 14;
const interned: (Shape | undefined)[] = new Array<Shape | undefined>(INTERNED).fill(undefined);

/** The shape of these keys, which are sorted in TLC's order and all different. */
export function shapeOfSorted(keys: readonly Value[]): Shape {
  const shape = new Shape(keys);
  // Equal keys may be printed differently if there are sets in them: {1, 2} is 1..2.
  if (!shape.allAtoms) return shape;
  const slot = shape.hashCode & (INTERNED - 1);
  const known = interned[slot];
  if (known !== undefined && sameShape(known, shape)) return known;
  interned[slot] = shape;
  return shape;
}

export function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  if (a.hashCode !== b.hashCode || a.size !== b.size) return false;
  for (let i = 0; i < a.size; i++) if (!same(itemAt(a.keys, i), itemAt(b.keys, i))) return false;
  return true;
}
