import { isUntyped, ModelValue, StringValue } from './atoms.ts';
import { FunctionValue } from './function-value.ts';
import { hash } from './hash.ts';
import { itemAt } from './item-at.ts';
import { LazyFunction } from './lazy-function.ts';
import { LazySet } from './lazy-set.ts';
import { refuseComparison } from './refusals.ts';
import { SequenceValue } from './sequence-value.ts';
import { IntervalValue, SetValue } from './set-value.ts';
import { type Shape, sameShape } from './shape.ts';
import type { AnySet, Value } from './value.ts';

/** Whether two values are the same. Values of different kinds are not, without an error: for tables of values. */
export function same(a: Value, b: Value): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  if (a === b) return true;
  if (a instanceof SequenceValue && b instanceof SequenceValue) return sameSequence(a, b);
  if (a instanceof FunctionValue && b instanceof FunctionValue) return sameFunction(a, b);
  if (a instanceof SetValue && b instanceof SetValue) return sameItems(a, b);
  return sameAcrossClasses(a, b);
}

function sameAcrossClasses(a: Value, b: Value): boolean {
  if (a instanceof LazyFunction) return isFunctionLike(b) && same(a.explicit, b);
  if (b instanceof LazyFunction) return isFunctionLike(a) && same(a, b.explicit);
  if (!isSetLike(a) || !isSetLike(b)) return false;
  if (a instanceof IntervalValue && b instanceof IntervalValue) return a.low === b.low && a.high === b.high;
  if (!(a instanceof LazySet || b instanceof LazySet) && sizeOf(a) !== sizeOf(b)) return false;
  return same(explicitSet(a), explicitSet(b));
}

function isFunctionLike(value: Value): boolean {
  return value instanceof SequenceValue || value instanceof FunctionValue || value instanceof LazyFunction;
}

function isSetLike(value: Value): value is AnySet {
  return value instanceof SetValue || value instanceof IntervalValue || value instanceof LazySet;
}

/** The explicit form of a set; refuses an infinite one. */
export function explicitSet(set: AnySet): SetValue {
  return set instanceof SetValue ? set : set.explicit;
}

/** Exact, and quick for what shares a buffer; equal sequences share one from then on. */
function sameSequence(a: SequenceValue, b: SequenceValue): boolean {
  if (a.length !== b.length) return false;
  if (a.buffer === b.buffer && a.start === b.start) return true;
  if (hash(a) !== hash(b)) return false;
  for (let i = 0; i < a.length; i++) if (!same(a.at(i), b.at(i))) return false;
  unify(a, b);
  return true;
}

/** Lets equal sequences share the buffer that has more items, so that the next comparison costs nothing. */
function unify(a: SequenceValue, b: SequenceValue): void {
  const [kept, given] = a.buffer.items.length >= b.buffer.items.length ? [a, b] : [b, a];
  given.buffer = kept.buffer;
  given.start = kept.start;
}

function sameFunction(a: FunctionValue, b: FunctionValue): boolean {
  if (a.values.length !== b.values.length || hash(a) !== hash(b)) return false;
  if (!sameShape(a.shape, b.shape)) return false;
  b.shape = a.shape;
  const [as, bs] = [a.values, b.values];
  for (let i = 0; i < as.length; i++) if (!same(itemAt(as, i), itemAt(bs, i))) return false;
  return true;
}

function sameItems(a: SetValue, b: SetValue): boolean {
  const [as, bs] = [a.items, b.items];
  if (as.length !== bs.length || hash(a) !== hash(b)) return false;
  for (let i = 0; i < as.length; i++) if (!same(itemAt(as, i), itemAt(bs, i))) return false;
  return true;
}

/** a = b. As TLC does, it refuses to compare values of different kinds, such as 1 and "a". */
export function equal(a: Value, b: Value): boolean {
  if (typeof a === 'number') return typeof b === 'number' ? a === b : equalKinds(a, b);
  if (a === b) return true;
  if (a instanceof StringValue) return b instanceof StringValue ? false : equalKinds(a, b);
  if (a instanceof SequenceValue && b instanceof SequenceValue) return equalSequences(a, b);
  if (a instanceof FunctionValue && b instanceof FunctionValue) return equalFunctions(a, b);
  if (isSetLike(a) && isSetLike(b)) return equalSets(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return false;
  return equalKinds(a, b);
}

/** The comparison of values of different classes. */
function equalKinds(a: Value, b: Value): boolean {
  if (a instanceof ModelValue) return equalToModelValue(a, b);
  if (b instanceof ModelValue) return equalToModelValue(b, a);
  if (a instanceof LazyFunction && isFunctionLike(b)) return equal(a.explicit, b);
  if (b instanceof LazyFunction && isFunctionLike(a)) return equal(a, b.explicit);
  if (a instanceof SequenceValue && b instanceof FunctionValue) return equalToSequence(a, b.shape, b);
  if (b instanceof SequenceValue && a instanceof FunctionValue) {
    if (a.shape.isRecord && b.length > 0) throw refuseComparison(a, b);
    return equalToSequence(b, a.shape, a);
  }
  throw refuseComparison(a, b);
}

function equalToModelValue(model: ModelValue, other: Value): boolean {
  const compatible = other instanceof ModelValue ? isOneType(model, other) : isUntyped(model);
  if (!compatible) throw refuseComparison(model, other);
  return false;
}

/** An untyped model value can be compared with each. */
function isOneType(a: ModelValue, b: ModelValue): boolean {
  return a.type === b.type || isUntyped(a) || isUntyped(b);
}

/** A function that is not a sequence: never equal, but TLC may refuse to compare its first argument with 1. */
function equalToSequence(s: SequenceValue, shape: Shape, f: FunctionValue): boolean {
  if (s.length !== shape.size) return false;
  if (typeof itemAt(shape.keys, 0) !== 'number') throw refuseComparison(s, f);
  return false;
}

/** Longer sequences are worth a look at their hashes first. */
const MANY = 32;

/** Looks for the first difference, because TLC refuses only what comes up to there. */
function equalSequences(a: SequenceValue, b: SequenceValue): boolean {
  if (a.length !== b.length) return false;
  if (a.length > MANY && sameSequence(a, b)) return true;
  if (a.buffer === b.buffer && a.start === b.start) return true;
  for (let i = 0; i < a.length; i++) if (!equal(a.at(i), b.at(i))) return false;
  unify(a, b);
  return true;
}

function equalFunctions(a: FunctionValue, b: FunctionValue): boolean {
  const [as, bs] = [a.values, b.values];
  if (a.shape === b.shape) {
    for (let i = 0; i < as.length; i++) if (!equal(itemAt(as, i), itemAt(bs, i))) return false;
    return true;
  }
  if (a.shape.isRecord && !b.shape.isRecord) throw refuseComparison(a, b);
  if (as.length !== bs.length) return false;
  for (let i = 0; i < as.length; i++) {
    if (!equal(itemAt(a.shape.keys, i), itemAt(b.shape.keys, i))) return false;
    if (!equal(itemAt(as, i), itemAt(bs, i))) return false;
  }
  b.shape = a.shape;
  return true;
}

function equalSets(a: AnySet, b: AnySet): boolean {
  if (a instanceof LazySet || b instanceof LazySet) return equalLazySets(a, b);
  if (a instanceof IntervalValue && b instanceof IntervalValue) return a.low === b.low && a.high === b.high;
  return sizeOf(a) === sizeOf(b) && equalItems(explicitSet(a).items, explicitSet(b).items);
}

function sizeOf(set: SetValue | IntervalValue): number {
  return set instanceof SetValue ? set.items.length : set.size;
}

function equalLazySets(a: AnySet, b: AnySet): boolean {
  const known = a instanceof LazySet ? a.sameRule(b) : undefined;
  if (known !== undefined) return known;
  if (a instanceof LazySet) a.settleBeside(b);
  return equalItems(explicitSet(a).items, explicitSet(b).items);
}

function equalItems(as: readonly Value[], bs: readonly Value[]): boolean {
  if (as.length !== bs.length) return false;
  for (let i = 0; i < as.length; i++) if (!equal(itemAt(as, i), itemAt(bs, i))) return false;
  return true;
}
