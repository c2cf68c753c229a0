import { ModelValue, StringValue } from './atoms.ts';
import { explicitSet } from './equality.ts';
import { FunctionValue } from './function-value.ts';
import { itemAt } from './item-at.ts';
import { LazyFunction } from './lazy-function.ts';
import { LazySet } from './lazy-set.ts';
import { refuseComparison } from './refusals.ts';
import { SequenceValue } from './sequence-value.ts';
import { type AnySet, isSet, type Value } from './value.ts';

/**
 * TLC's order of values, which decides what CHOOSE chooses: negative if a comes before b, 0 if they are equal. Strings
 * and model values by their first appearance; sequences, sets and functions by size, then item by item. Refuses, as
 * TLC does, to compare values of different kinds; but a model value, even a typed one, comes before every other value.
 */
export function compare(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (a === b) return 0;
  if (a instanceof StringValue && b instanceof StringValue) return a.token - b.token;
  if (a instanceof FunctionValue && b instanceof FunctionValue) return compareFunctions(a, b);
  if (a instanceof SequenceValue && b instanceof SequenceValue) return compareSequences(a, b);
  if (a instanceof ModelValue && b instanceof ModelValue) return a.token - b.token;
  return compareRare(a, b);
}

function compareRare(a: Value, b: Value): number {
  if (typeof a === 'boolean' && typeof b === 'boolean') return a ? 1 : -1;
  if (isSet(a) && isSet(b)) return compareSets(a, b);
  if (a instanceof LazyFunction) return compare(a.explicit, b);
  if (b instanceof LazyFunction) return compare(a, b.explicit);
  if (a instanceof ModelValue) return -1;
  if (b instanceof ModelValue) return 1;
  if (a instanceof SequenceValue && b instanceof FunctionValue) return compareWithSequence(a, b);
  if (b instanceof SequenceValue && a instanceof FunctionValue) return -compareWithSequence(b, a);
  throw refuseComparison(a, b);
}

function compareSequences(a: SequenceValue, b: SequenceValue): number {
  if (a.length !== b.length) return a.length - b.length;
  if (a.buffer === b.buffer && a.start === b.start) return 0;
  for (let i = 0; i < a.length; i++) {
    const order = compare(a.at(i), b.at(i));
    if (order !== 0) return order;
  }
  return 0;
}

function compareFunctions(a: FunctionValue, b: FunctionValue): number {
  const [as, bs] = [a.values, b.values];
  if (as.length !== bs.length) return as.length - bs.length;
  const [aKeys, bKeys] = [a.shape.keys, b.shape.keys];
  const oneShape = a.shape === b.shape;
  for (let i = 0; i < as.length; i++) {
    if (!oneShape) {
      const order = compare(itemAt(aKeys, i), itemAt(bKeys, i));
      if (order !== 0) return order;
    }
    const order = compare(itemAt(as, i), itemAt(bs, i));
    if (order !== 0) return order;
  }
  return 0;
}

/** A sequence against a function that is none: their domains differ, and so does the first key where they do. */
function compareWithSequence(s: SequenceValue, f: FunctionValue): number {
  if (s.length !== f.values.length) return s.length - f.values.length;
  for (let i = 0; i < s.length; i++) {
    const key = itemAt(f.shape.keys, i);
    if (typeof key !== 'number') throw refuseComparison(s, f);
    const order = i + 1 - key || compare(s.at(i), itemAt(f.values, i));
    if (order !== 0) return order;
  }
  return 0;
}

function compareSets(a: AnySet, b: AnySet): number {
  if (a instanceof LazySet) a.settle();
  const [as, bs] = [explicitSet(a).items, explicitSet(b).items];
  if (as.length !== bs.length) return as.length - bs.length;
  for (let i = 0; i < as.length; i++) {
    const order = compare(itemAt(as, i), itemAt(bs, i));
    if (order !== 0) return order;
  }
  return 0;
}

/** Where an item stands among sorted ones; if it does not, the complement of where it would: ~place. */
export function placeOf(item: Value, sorted: readonly Value[]): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compare(itemAt(sorted, middle), item);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return ~low;
}
