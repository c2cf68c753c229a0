import { LazySet } from './lazy-set.ts';
import { refuseEnumeration, refuseOverflow, refuseType } from './refusals.ts';
import { IntervalValue, SetValue } from './set-value.ts';
import { isFunction, type Value } from './value.ts';

/** IsFiniteSet(S) */
export function isFiniteSet(set: Value): boolean {
  if (set instanceof SetValue || set instanceof IntervalValue) return true;
  if (set instanceof LazySet) return set.isFinite();
  // As TLC has it: it asks for the finiteness of the graph.
  if (isFunction(set)) return true;
  throw refuseType('IsFiniteSet', 'a set', set);
}

/** Cardinality(S) */
export function cardinality(set: Value): number {
  if (set instanceof LazySet && set.isFinite()) set.settleForSize();
  return sizeOf(set);
}

/** As Cardinality, where TLC would not ask for it. */
export function sizeOf(set: Value): number {
  if (set instanceof SetValue) return set.items.length;
  if (!(set instanceof IntervalValue || set instanceof LazySet))
    throw refuseType('Cardinality', 'a set', set);
  if (!isFiniteSet(set)) throw refuseEnumeration(set);
  const count = set instanceof IntervalValue ? set.size : set.count();
  if (count !== (count | 0)) throw refuseOverflow('Cardinality');
  return count;
}
