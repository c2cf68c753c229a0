import { add } from './arithmetic.ts';
import { elements } from './elements.ts';
import { apply, domain, entries, functionOf, functionOver } from './functions.ts';
import { isMember } from './membership.ts';
import { refuseType } from './refusals.ts';
import { emptySequence } from './sequence-value.ts';
import { setOf } from './sets.ts';
import { isFunction, type Value } from './value.ts';
import { ValueMap } from './value-map.ts';

/** The bag without elements. */
export const EMPTY_BAG: Value = emptySequence;

/** IsABag(B): a function to positive integers. */
export function isABag(bag: Value): boolean {
  return isFunction(bag) && entries(bag).every(([, count]) => typeof count === 'number' && count > 0);
}

/** The elements of a bag with their counts. */
function counts(bag: Value, operator: string): readonly (readonly [Value, number])[] {
  if (!isFunction(bag)) throw refuseType(operator, 'a bag', bag);
  const pairs: [Value, number][] = [];
  for (const [element, count] of entries(bag)) {
    if (typeof count !== 'number') throw refuseType(operator, 'a bag', bag);
    pairs.push([element, count]);
  }
  return pairs;
}

/** The bag with these counts; what has none is left out. */
function bagOf(pairs: readonly (readonly [Value, number])[]): Value {
  const kept = pairs.filter(([, count]) => count > 0);
  return functionOf(
    kept.map(([element]) => element),
    kept.map(([, count]) => count),
  );
}

/** BagToSet(B) */
export function bagToSet(bag: Value): Value {
  return domain(bag);
}

/** SetToBag(S) */
export function setToBag(set: Value): Value {
  return functionOver(set, () => 1);
}

/** BagIn(e, B) */
export function bagIn(element: Value, bag: Value): boolean {
  return copiesIn(element, bag) > 0;
}

/** CopiesIn(e, B) */
export function copiesIn(element: Value, bag: Value): number {
  if (!isMember(element, domain(bag))) return 0;
  const count = apply(bag, element);
  if (typeof count !== 'number') throw refuseType('CopiesIn', 'a bag', bag);
  return count;
}

/** A (+) B */
export function bagPlus(left: Value, right: Value): Value {
  return sumOf([...counts(left, '(+)'), ...counts(right, '(+)')]);
}

function sumOf(pairs: readonly (readonly [Value, number])[]): Value {
  const sums = new ValueMap<number>();
  const keys: Value[] = [];
  for (const [element, count] of pairs) {
    const before = sums.get(element);
    if (before === undefined) keys.push(element);
    sums.set(element, add(before ?? 0, count));
  }
  return bagOf(keys.map((key) => [key, sums.get(key) ?? 0]));
}

/** A (-) B */
export function bagMinus(left: Value, right: Value): Value {
  const rightCounts = counts(right, '(-)');
  if (rightCounts.length === 0) return left;
  return bagOf(counts(left, '(-)').map(([element, count]) => [element, count - copiesIn(element, right)]));
}

/** A \sqsubseteq B */
export function bagSubset(left: Value, right: Value): boolean {
  for (const [element, count] of counts(left, '\\sqsubseteq'))
    if (count > copiesIn(element, right)) return false;
  return true;
}

/** BagUnion(S): the sum of the bags in S. */
export function bagUnion(bags: Value): Value {
  const pairs: (readonly [Value, number])[] = [];
  for (const bag of elements(bags)) pairs.push(...counts(bag, 'BagUnion'));
  return sumOf(pairs);
}

/** SubBag(B): all bags within B. */
export function subBag(bag: Value): Value {
  let bags: (readonly (readonly [Value, number])[])[] = [[]];
  for (const [element, count] of counts(bag, 'SubBag')) {
    bags = bags.flatMap((pairs) =>
      Array.from({ length: count + 1 }, (_, n) => [...pairs, [element, n] as const]),
    );
  }
  return setOf(bags.map(bagOf));
}

/** BagOfAll(f, B) */
export function bagOfAll(f: (element: Value) => Value, bag: Value): Value {
  return sumOf(counts(bag, 'BagOfAll').map(([element, count]) => [f(element), count]));
}

/** BagCardinality(B) */
export function bagCardinality(bag: Value): number {
  return counts(bag, 'BagCardinality').reduce((sum, [, count]) => add(sum, count), 0);
}
