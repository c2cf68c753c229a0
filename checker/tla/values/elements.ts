import { LazySet } from './lazy-set.ts';
import { refuseChoice, refuseEnumeration, refuseType } from './refusals.ts';
import { IntervalValue, SetValue } from './set-value.ts';
import type { Value } from './value.ts';

/** The elements of a set in the order in which TLC enumerates them: for \E, \A, and the values of a variable. */
export function elements(set: Value): Iterable<Value> {
  if (set instanceof SetValue) return set.items;
  if (set instanceof IntervalValue) return set.explicit.items;
  if (!(set instanceof LazySet)) throw refuseType('a quantifier', 'a set', set);
  const known = set.enumerationIfKnown;
  if (known !== undefined) return known;
  if (!set.isFinite()) throw refuseEnumeration(set);
  return set.enumeration();
}

/** The elements of a set in the order in which CHOOSE tries them: TLC's order of values. */
export function elementsInChooseOrder(set: Value): readonly Value[] {
  if (set instanceof SetValue) return set.items;
  if (set instanceof IntervalValue || set instanceof LazySet) return set.explicit.items;
  throw refuseType('CHOOSE', 'a set', set);
}

/** CHOOSE x \in S : p. Refuses where there is none. */
export function choose(set: Value, property: (x: Value) => boolean): Value {
  for (const element of elementsInChooseOrder(set)) if (property(element)) return element;
  throw refuseChoice(set);
}
