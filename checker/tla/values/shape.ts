import { ModelValue, StringValue } from './atoms.ts';
import { same } from './equality.ts';
import { hash } from './hash.ts';
import { itemAt } from './item-at.ts';
import { finish, mix } from './mixing.ts';
import type { SetValue } from './set-value.ts';
import type { Value } from './value.ts';

/** Up to so many keys a search looks at each. */
const FEW = 8;

/** What a value weighs in the hash of its function; odd, so that no bit of the value's hash gets lost. */
function weightOf(key: Value): number {
  return mix((hash(key) + 0x51ed27) | 0) | 1;
}

/** What a key adds to the hash of its shape. */
function shareOf(weight: number): number {
  return Math.imul(weight, weight ^ 0x3c6ef372);
}

/**
 * The domain of functions: its elements in TLC's order, all different. Interned where it is cheap: two functions with the
 * same domain often share one shape, but only `sameShape` says whether their domains are the same.
 */
export class Shape {
  declare readonly hashCode: number;
  declare readonly keys: readonly Value[];
  declare readonly size: number;
  /** One for each key. */
  declare readonly weights: readonly number[];
  /** The shares of all keys, from which the hash of a shape with one key more is found. */
  declare readonly sum: number;
  /** Whether the keys are 1..n: a function of this shape is a sequence. */
  declare readonly isSequence: boolean;
  /** Whether all keys are strings, and there are some: a function of this shape is a record. */
  declare readonly isRecord: boolean;
  /** Whether equality of the keys is identity. */
  declare readonly allAtoms: boolean;
  /** The keys as a set, once somebody asked for the DOMAIN. */
  domain: SetValue | undefined = undefined;
  #names: Map<string, number> | undefined;
  #atoms: Map<Value, number> | undefined;
  /** Open addressing: position + 1 in keys, or 0. */
  #table: Int32Array | undefined;

  constructor(keys: readonly Value[], weights: readonly number[], sum: number) {
    this.hashCode = finish((sum + keys.length) | 0);
    this.keys = keys;
    this.size = keys.length;
    this.weights = weights;
    this.sum = sum;
    // Model values come first, and the others are of one kind: so the first and the last key tell about all.
    const first = keys[0];
    const last = keys[keys.length - 1];
    this.isSequence = first === undefined || (first === 1 && last === keys.length);
    this.isRecord = first instanceof StringValue;
    this.allAtoms = last === undefined || isAtom(last);
  }

  /** The position of a key, or -1. Never an error: a key of another type is simply not there. */
  indexOf(key: Value): number {
    if (this.size > FEW) return this.allAtoms ? this.#indexOfAtom(key) : this.#indexInTable(key);
    if (isAtom(key)) return indexOfAtom(key, this.keys);
    return this.allAtoms ? -1 : this.#indexOfCompound(key);
  }

  /** The position of a field, or -1. */
  indexOfName(name: string): number {
    return (this.#names ?? this.#makeNames()).get(name) ?? -1;
  }

  #makeNames(): Map<string, number> {
    const names = new Map<string, number>();
    this.keys.forEach((key, i) => {
      if (key instanceof StringValue) names.set(key.text, i);
    });
    this.#names = names;
    return names;
  }

  #indexOfAtom(key: Value): number {
    if (this.#atoms === undefined) {
      this.#atoms = new Map();
      for (let i = 0; i < this.size; i++) this.#atoms.set(itemAt(this.keys, i), i);
    }
    return this.#atoms.get(key) ?? -1;
  }

  #indexOfCompound(key: Value): number {
    const weights = this.weights;
    const weight = weightOf(key);
    for (let i = 0; i < weights.length; i++)
      if (weights[i] === weight && same(itemAt(this.keys, i), key)) return i;
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

/**
 * The position of an atom among few values, or -1. Integers apart from the others: a comparison that always meets
 * objects, or always numbers, is one instruction in compiled code.
 */
export function indexOfAtom(atom: Value, values: readonly Value[]): number {
  if (typeof atom === 'number') {
    for (let i = 0; i < values.length; i++) if (values[i] === atom) return i;
    return -1;
  }
  for (let i = 0; i < values.length; i++) if (values[i] === atom) return i;
  return -1;
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
  const weights: number[] = [];
  let sum = 0;
  for (let i = 0; i < keys.length; i++) {
    const weight = weightOf(itemAt(keys, i));
    weights.push(weight);
    sum = (sum + shareOf(weight)) | 0;
  }
  return intern(new Shape(keys, weights, sum));
}

/** Equal keys with sets in them may be printed differently, {1, 2} and 1..2: only atoms are shared. */
function intern(shape: Shape): Shape {
  if (!shape.allAtoms) return shape;
  const slot = shape.hashCode & (INTERNED - 1);
  const known = interned[slot];
  if (known !== undefined && sameShape(known, shape)) return known;
  interned[slot] = shape;
  return shape;
}

/** The shape with one key more, at its place in the order. */
export function shapeWith(shape: Shape, key: Value, at: number): Shape {
  const weight = weightOf(key);
  return intern(
    new Shape(
      insertedAt(shape.keys, at, key),
      insertedAt(shape.weights, at, weight),
      (shape.sum + shareOf(weight)) | 0,
    ),
  );
}

/** The shape without one of its keys. */
export function shapeWithout(shape: Shape, at: number): Shape {
  const weight = itemAt(shape.weights, at);
  return intern(
    new Shape(removedAt(shape.keys, at), removedAt(shape.weights, at), (shape.sum - shareOf(weight)) | 0),
  );
}

/** A copy with one item more. */
export function insertedAt<Item>(items: readonly Item[], at: number, item: Item): Item[] {
  const all = items.slice(0, at);
  all.push(item);
  for (let i = at; i < items.length; i++) all.push(itemAt(items, i));
  return all;
}

/** A copy with one item less. */
export function removedAt<Item>(items: readonly Item[], at: number): Item[] {
  const all = items.slice(0, at);
  for (let i = at + 1; i < items.length; i++) all.push(itemAt(items, i));
  return all;
}

export function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  if (a.hashCode !== b.hashCode || a.size !== b.size) return false;
  for (let i = 0; i < a.size; i++) if (!same(itemAt(a.keys, i), itemAt(b.keys, i))) return false;
  return true;
}
