import { add } from './arithmetic.ts';
import { elementsInChooseOrder } from './elements.ts';
import { FunctionValue } from './function-value.ts';
import { apply, domain, entries, except, functionOver, functionOverShape } from './functions.ts';
import { itemAt } from './item-at.ts';
import { isMember, refuseOtherKind } from './membership.ts';
import { compare, placeOf } from './order.ts';
import { refuseType } from './refusals.ts';
import { emptySequence } from './sequence-value.ts';
import { setOf } from './sets.ts';
import { insertedAt, removedAt, shapeOfSorted, shapeWith, shapeWithout } from './shape.ts';
import { isFunction, SequenceValue, type Value } from './value.ts';

/** The bag without elements. */
export const EMPTY_BAG: Value = emptySequence;

/** A bag as its elements in TLC's order and how often each is in it. */
interface Counts {
  readonly elements: readonly Value[];
  readonly counts: readonly number[];
}

/** IsABag(B): a function to positive integers. */
export function isABag(bag: Value): boolean {
  return isFunction(bag) && entries(bag).every(([, count]) => typeof count === 'number' && count > 0);
}

function countsOf(bag: Value, operator: string): Counts {
  if (!isFunction(bag)) throw refuseType(operator, 'a bag', bag);
  const pairs = entries(bag);
  const counts: number[] = [];
  for (const [, count] of pairs) {
    if (typeof count !== 'number') throw refuseType(operator, 'a bag', bag);
    counts.push(count);
  }
  return { elements: pairs.map(([element]) => element), counts };
}

/** The bag with these counts, of elements in TLC's order; what has none is left out. */
function bagOf({ elements: all, counts }: Counts): Value {
  const kept: Value[] = [];
  const keptCounts: number[] = [];
  for (let i = 0; i < all.length; i++) {
    const count = itemAt(counts, i);
    if (count <= 0) continue;
    kept.push(itemAt(all, i));
    keptCounts.push(count);
  }
  return functionOverShape(shapeOfSorted(kept), keptCounts);
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
  if (!(bag instanceof FunctionValue))
    return isMember(element, domain(bag)) ? countIn(apply(bag, element), bag) : 0;
  const index = bag.shape.indexOf(element);
  return index >= 0 ? countIn(itemAt(bag.values, index), bag) : noneOf(element, bag);
}

/** 0, or a refusal of an element of another kind. */
function noneOf(element: Value, bag: FunctionValue): 0 {
  refuseOtherKind(element, bag.shape.keys);
  return 0;
}

function countIn(count: Value, bag: Value): number {
  if (typeof count !== 'number') throw refuseType('CopiesIn', 'a bag', bag);
  return count;
}

function isEmpty(bag: Value): boolean {
  return bag instanceof SequenceValue && bag.length === 0;
}

/** A (+) B */
export function bagPlus(left: Value, right: Value): Value {
  if (isEmpty(left) && right instanceof FunctionValue) return right;
  if (isEmpty(right) && left instanceof FunctionValue) return left;
  if (left instanceof FunctionValue && right instanceof FunctionValue) {
    if (right.values.length === 1) return withCopies(left, right);
    if (left.values.length === 1) return withCopies(right, left);
  }
  // The other operators do not mind.
  for (const bag of [left, right]) if (!isABag(bag)) throw refuseType('(+)', 'a bag', bag);
  return bagOf(sum(countsOf(left, '(+)'), countsOf(right, '(+)')));
}

function sum(a: Counts, b: Counts): Counts {
  const [as, bs] = [a.elements, b.elements];
  const all: Value[] = [];
  const counts: number[] = [];
  let i = 0;
  let j = 0;
  while (i < as.length || j < bs.length) {
    const order = i === as.length ? 1 : j === bs.length ? -1 : compare(itemAt(as, i), itemAt(bs, j));
    all.push(order <= 0 ? itemAt(as, i) : itemAt(bs, j));
    counts.push(add(order <= 0 ? itemAt(a.counts, i) : 0, order >= 0 ? itemAt(b.counts, j) : 0));
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return { elements: all, counts };
}

/** The bag and one that has a single element: what sending a message does, so it has to be quick. */
function withCopies(bag: FunctionValue, single: FunctionValue): Value {
  const element = itemAt(single.shape.keys, 0);
  const copies = itemAt(single.values, 0);
  if (typeof copies !== 'number' || copies <= 0) throw refuseType('(+)', 'a bag', single);
  const { shape, values } = bag;
  if (shape.indexOf(element) >= 0) return except(bag, element, (count) => add(count, copies));
  const place = ~placeOf(element, shape.keys);
  return functionOverShape(shapeWith(shape, element, place), insertedAt(values, place, copies));
}

/** A (-) B */
export function bagMinus(left: Value, right: Value): Value {
  if (!isFunction(left)) throw refuseType('(-)', 'a bag', left);
  if (isEmpty(right)) return left;
  if (!isFunction(right)) throw refuseType('(-)', 'a bag', right);
  if (left instanceof FunctionValue && right instanceof FunctionValue && right.values.length === 1) {
    return withoutCopies(left, right);
  }
  const { elements: all, counts } = countsOf(left, '(-)');
  return bagOf({ elements: all, counts: counts.map((count, i) => count - copiesIn(itemAt(all, i), right)) });
}

/** The bag without the copies of a single element: what receiving a message does. */
function withoutCopies(bag: FunctionValue, single: FunctionValue): Value {
  const element = itemAt(single.shape.keys, 0);
  const { shape, values } = bag;
  const index = shape.indexOf(element);
  if (index < 0) {
    refuseOtherKind(element, shape.keys);
    return bag;
  }
  const left = countIn(itemAt(values, index), bag) - countIn(itemAt(single.values, 0), single);
  if (left > 0) return except(bag, element, () => left);
  return functionOverShape(shapeWithout(shape, index), removedAt(values, index));
}

/** A \sqsubseteq B */
export function bagSubset(left: Value, right: Value): boolean {
  if (!isFunction(right)) throw refuseType('\\sqsubseteq', 'a bag', right);
  const { elements: all, counts } = countsOf(left, '\\sqsubseteq');
  return counts.every((count, i) => count <= copiesIn(itemAt(all, i), right));
}

/** BagUnion(S): the sum of the bags in S. */
export function bagUnion(bags: Value): Value {
  let total: Counts = { elements: [], counts: [] };
  for (const bag of elementsInChooseOrder(bags)) total = sum(total, countsOf(bag, 'BagUnion'));
  return bagOf(total);
}

/** SubBag(B): all bags within B. */
export function subBag(bag: Value): Value {
  const { elements: all, counts } = countsOf(bag, 'SubBag');
  let choices: (readonly number[])[] = [[]];
  for (const count of counts) {
    choices = choices.flatMap((chosen) => Array.from({ length: count + 1 }, (_, n) => [...chosen, n]));
  }
  return setOf(choices.map((chosen) => bagOf({ elements: all, counts: chosen })));
}

/** BagOfAll(f, B) */
export function bagOfAll(f: (element: Value) => Value, bag: Value): Value {
  const { elements: all, counts } = countsOf(bag, 'BagOfAll');
  let total: Counts = { elements: [], counts: [] };
  all.forEach((element, i) => {
    total = sum(total, { elements: [f(element)], counts: [itemAt(counts, i)] });
  });
  return bagOf(total);
}

/** BagCardinality(B) */
export function bagCardinality(bag: Value): number {
  return countsOf(bag, 'BagCardinality').counts.reduce((total, count) => add(total, count), 0);
}
