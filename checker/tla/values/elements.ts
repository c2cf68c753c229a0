import { MANY } from './counted-set.ts';
import { LazySet } from './lazy-set.ts';
import { refuseChoice, refuseEnumeration, refuseType } from './refusals.ts';
import { IntervalValue, SetValue } from './set-value.ts';
import type { Value } from './value.ts';

/**
 * The elements of a set in the order in which TLC enumerates them, and as often: for \E, \A, and the values of a
 * variable. An array unless the set is lazy and large, or a union or a filter of lazy sets.
 */
export function elements(set: Value): Iterable<Value> {
  if (set instanceof SetValue) return set.items;
  if (set instanceof IntervalValue) return integersOf(set);
  if (!(set instanceof LazySet)) throw refuseType('a quantifier', 'a set', set);
  if (!set.isFinite()) throw refuseEnumeration(set);
  return set.listed();
}

/** The elements of a set in the order in which CHOOSE tries them: TLC's order of values. */
export function elementsInChooseOrder(set: Value): Iterable<Value> {
  if (set instanceof SetValue) return set.items;
  if (set instanceof IntervalValue) return integersOf(set);
  if (!(set instanceof LazySet)) throw refuseType('CHOOSE', 'a set', set);
  if (!set.isFinite()) throw refuseEnumeration(set);
  return set.inOrder();
}

/** Those of a large interval one by one: a quantifier may need only the first. */
function integersOf(interval: IntervalValue): Iterable<Value> {
  return interval.size > MANY ? upwards(interval) : interval.explicit.items;
}

function* upwards({ low, high }: IntervalValue): Generator<number> {
  for (let i = low; i <= high; i += 1) yield i;
}

/** CHOOSE x \in S : p. Refuses where there is none. */
export function choose(set: Value, property: (x: Value) => boolean): Value {
  for (const element of elementsInChooseOrder(set)) if (property(element)) return element;
  throw refuseChoice(set);
}
