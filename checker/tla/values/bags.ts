import { add } from './arithmetic.ts';
import { elements } from './elements.ts';
import { FunctionValue } from './function-value.ts';
import { apply, domain, entries, functionOf, functionOver, functionOverShape } from './functions.ts';
import { itemAt } from './item-at.ts';
import { isMember } from './membership.ts';
import { compare } from './order.ts';
import { refuseType } from './refusals.ts';
import { emptySequence } from './sequence-value.ts';
import { setOf } from './sets.ts';
import { shapeOfSorted } from './shape.ts';
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
  if (bag instanceof FunctionValue) {
    const index = bag.shape.indexOf(element);
    return index < 0 ? 0 : countOf(itemAt(bag.values, index), 'CopiesIn', bag);
  }
  if (!isMember(element, domain(bag))) return 0;
  const count = apply(bag, element);
  if (typeof count !== 'number') throw refuseType('CopiesIn', 'a bag', bag);
  return count;
}

/** A (+) B: an insertion of the smaller one's elements into the larger. */
export function bagPlus(left: Value, right: Value): Value {
  if (left === EMPTY_BAG && isFunction(right)) return right;
  if (right === EMPTY_BAG && isFunction(left)) return left;
  if (!(left instanceof FunctionValue) || !(right instanceof FunctionValue)) {
    return sumOf([...counts(left, '(+)'), ...counts(right, '(+)')]);
  }
  return left.values.length < right.values.length ? inserted(left, right) : inserted(right, left);
}

/** The larger bag with the elements of the smaller. */
function inserted(smaller: FunctionValue, larger: FunctionValue): Value {
  const keys = larger.shape.keys.slice();
  const values = larger.values.slice();
  let isNew = false;
  for (let i = 0; i < smaller.values.length; i++) {
    const key = itemAt(smaller.shape.keys, i);
    const count = countOf(itemAt(smaller.values, i), '(+)', smaller);
    const at = isNew ? -1 : larger.shape.indexOf(key);
    if (at >= 0) values[at] = add(countOf(itemAt(values, at), '(+)', larger), count);
    else {
      isNew = true;
      insert(keys, values, key, count);
    }
  }
  return functionOverShape(isNew ? shapeOfSorted(keys) : larger.shape, values);
}

function insert(keys: Value[], values: Value[], key: Value, count: number): void {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = compare(itemAt(keys, middle), key);
    if (order === 0) {
      values[middle] = add(itemAt(values, middle), count);
      return;
    }
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  keys.splice(low, 0, key);
  values.splice(low, 0, count);
}

function countOf(count: Value, operator: string, bag: Value): number {
  if (typeof count !== 'number') throw refuseType(operator, 'a bag', bag);
  return count;
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
  if (right === EMPTY_BAG || !isFunction(left)) return left;
  const keys: Value[] = [];
  const values: Value[] = [];
  let isSmaller = false;
  for (const [element, count] of counts(left, '(-)')) {
    const rest = count - copiesIn(element, right);
    if (rest > 0) {
      keys.push(element);
      values.push(rest);
    } else isSmaller = true;
  }
  if (!isSmaller && left instanceof FunctionValue) return functionOverShape(left.shape, values);
  return functionOverShape(shapeOfSorted(keys), values);
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
