import { isUntyped, ModelValue, StringValue } from './atoms.ts';
import { equal, same } from './equality.ts';
import { hash } from './hash.ts';
import { itemAt } from './item-at.ts';
import { LazySet } from './lazy-set.ts';
import { refuseComparison, refuseType } from './refusals.ts';
import { IntervalValue, SetValue } from './set-value.ts';
import { indexOfAtom, isAtom } from './shape.ts';
import type { Value } from './value.ts';

const FEW = 8;

/** x \in S. Refuses, as TLC does, a value that cannot be compared with the elements. */
export function isMember(x: Value, set: Value): boolean {
  if (set instanceof SetValue) return isOneOf(x, set);
  if (set instanceof IntervalValue) return isInside(x, set);
  if (set instanceof LazySet) return set.has(x);
  throw refuseType('\\in', 'a set', set);
}

function isInside(x: Value, set: IntervalValue): boolean {
  if (typeof x === 'number') return x >= set.low && x <= set.high;
  if (isUntyped(x)) return false;
  throw refuseComparison(x, set.low);
}

function isOneOf(x: Value, set: SetValue): boolean {
  const items = set.items;
  if (items.length === 0) return false;
  const found = items.length > FEW ? set.shape.indexOf(x) >= 0 : isAmongFew(x, items);
  return found || refuseOtherKind(x, items);
}

function isAmongFew(x: Value, items: readonly Value[]): boolean {
  if (isAtom(x)) return indexOfAtom(x, items) >= 0;
  const h = hash(x);
  for (let i = 0; i < items.length; i++) {
    const item = itemAt(items, i);
    if (hash(item) === h && same(item, x)) return true;
  }
  return false;
}

/**
 * FALSE for what was not found among sorted items, unless it cannot be compared with them: then it is refused. TLC searches a
 * sorted set by the order of values, in which a model value, even a typed one, has a place beside each other value
 * (tlc2.value.impl.ValueVec.search, ModelValue.compareTo); asked whether they are equal, it would refuse.
 */
export function refuseOtherKind(x: Value, items: readonly Value[]): false {
  // Model values come first, and can be compared with nearly everything.
  const last = itemAt(items, items.length - 1);
  if (typeof x === 'number' && typeof last === 'number') return false;
  if (x instanceof StringValue && last instanceof StringValue) return false;
  if (x instanceof ModelValue || last instanceof ModelValue) return false;
  equal(last, x);
  return false;
}
