import { LazyBigUnion, LazyFilter, LazyUnion } from './combined-sets.ts';
import { elements } from './elements.ts';
import { explicitSet } from './equality.ts';
import { format } from './format.ts';
import { itemAt } from './item-at.ts';
import { LazySet } from './lazy-set.ts';
import { isMember } from './membership.ts';
import { compare, placeOf } from './order.ts';
import { basesOfPowerSets } from './power-set.ts';
import { refuseType } from './refusals.ts';
import { emptyInterval, emptySet, SetValue, weightOfElement } from './set-value.ts';
import { intervalOf, setOf } from './sets.ts';
import { insertedAt } from './shape.ts';
import { type AnySet, IntervalValue, isSet, type Value } from './value.ts';

function asSet(operator: string, value: Value): AnySet {
  if (isSet(value)) return value;
  throw refuseType(operator, 'a set', value);
}

/** low..high */
export function interval(low: Value, high: Value): SetValue | IntervalValue {
  if (typeof low === 'number' && typeof high === 'number') return intervalOf(low, high);
  throw refuseType('..', 'integers', typeof low === 'number' ? high : low);
}

/** S \cup T */
export function union(left: Value, right: Value): Value {
  // Nothing is added: TLC does not look at the other operand.
  if (isEmptySet(left)) return right;
  if (isEmptySet(right)) return left instanceof IntervalValue ? left.explicit : left;
  const a = left instanceof SetValue ? left : asSet('\\cup', left);
  const b = right instanceof SetValue ? right : asSet('\\cup', right);
  // TLC looks into the explicit set first.
  if (a instanceof LazySet) return b instanceof LazySet ? new LazyUnion(a, b) : new LazyUnion(b, a);
  if (b instanceof LazySet) return new LazyUnion(a, b);
  return unionOfExplicit(explicitSet(a), explicitSet(b));
}

function unionOfExplicit(a: SetValue, b: SetValue): SetValue {
  if (a === b || b.items.length === 0) return a;
  if (a.items.length === 0) return b;
  if (b.items.length === 1) return withElement(a, itemAt(b.items, 0));
  const merged = merge(a.items, b.items);
  if (merged.length === a.items.length) return a;
  return merged.length === b.items.length ? b : new SetValue(merged);
}

function withElement(set: SetValue, element: Value): SetValue {
  const place = placeOf(element, set.items);
  if (place >= 0) return set;
  const larger = new SetValue(insertedAt(set.items, ~place, element));
  if (set.hashCode !== 0) larger.setSum((set.sum + weightOfElement(element)) | 0);
  return larger;
}

function merge(as: readonly Value[], bs: readonly Value[]): Value[] {
  const merged: Value[] = [];
  let i = 0;
  let j = 0;
  while (i < as.length && j < bs.length) {
    const a = itemAt(as, i);
    const b = itemAt(bs, j);
    const order = compare(a, b);
    merged.push(order <= 0 ? a : b);
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  for (; i < as.length; i++) merged.push(itemAt(as, i));
  for (; j < bs.length; j++) merged.push(itemAt(bs, j));
  return merged;
}

function isExplicit(value: Value): value is SetValue | IntervalValue {
  return value instanceof SetValue || value instanceof IntervalValue;
}

/** TLC looks for each element of an explicit set in the other operand, whatever that is: for none it never looks. */
function isEmptySet(value: Value): boolean {
  return isExplicit(value) && explicitSet(value).items.length === 0;
}

/** S \cap T */
export function intersection(left: Value, right: Value): AnySet {
  if (isEmptySet(left) || (isEmptySet(right) && !isExplicit(left))) return emptySet;
  const a = asSet('\\cap', left);
  const b = asSet('\\cap', right);
  if (!(a instanceof LazySet)) return filterExplicit(explicitSet(a), (x) => isMember(x, b));
  if (!(b instanceof LazySet)) return filterExplicit(explicitSet(b), (x) => isMember(x, a));
  return new LazyFilter(
    a,
    (x) => isMember(x, b),
    () => `${format(a)} \\cap ${format(b)}`,
  );
}

/** S \ T */
export function difference(left: Value, right: Value): AnySet {
  if (isEmptySet(left)) return emptySet;
  const a = asSet('\\', left);
  const b = asSet('\\', right);
  if (!(a instanceof LazySet)) return filterExplicit(explicitSet(a), (x) => !isMember(x, b));
  return new LazyFilter(
    a,
    (x) => !isMember(x, b),
    () => `${format(a)} \\ ${format(b)}`,
  );
}

/** {x \in S : p(x)} */
export function filter(set: Value, property: (x: Value) => boolean): AnySet {
  if (set instanceof SetValue) return filterExplicit(set, property);
  const base = asSet('a set constructor', set);
  if (!(base instanceof LazySet)) return filterExplicit(explicitSet(base), property);
  return new LazyFilter(base, property, () => `{x \\in ${format(base)} : ...}`);
}

function filterExplicit(set: SetValue, property: (x: Value) => boolean): SetValue {
  const items = set.items;
  const kept: Value[] = [];
  for (let i = 0; i < items.length; i++) {
    const item = itemAt(items, i);
    if (property(item)) kept.push(item);
  }
  if (kept.length === items.length) return set;
  return kept.length === 0 ? emptySet : new SetValue(kept);
}

/** UNION S */
export function bigUnion(sets: Value): AnySet {
  const all = asSet('UNION', sets);
  if (all instanceof LazySet) return new LazyBigUnion(all);
  const items: Value[] = [];
  for (const set of explicitSet(all).items) {
    if (!isSet(set)) throw refuseType('UNION', 'a set of sets', set);
    // TLC joins at once only what was written, or made, element by element.
    if (!(set instanceof SetValue) || set === emptyInterval) return new LazyBigUnion(all);
    for (const item of set.items) items.push(item);
  }
  return setOf(items);
}

/** S \subseteq T */
export function isSubset(left: Value, right: Value): boolean {
  if (isEmptySet(left)) return true;
  const a = asSet('\\subseteq', left);
  const b = asSet('\\subseteq', right);
  if (a === b) return true;
  if (a instanceof IntervalValue && b instanceof IntervalValue) return a.low >= b.low && a.high <= b.high;
  const bases = basesOfPowerSets(a, b);
  if (bases !== undefined) return isSubset(...bases);
  for (const element of elements(a)) if (!isMember(element, b)) return false;
  return true;
}
