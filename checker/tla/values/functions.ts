import { StringValue, string } from './atoms.ts';
import { elementsInChooseOrder } from './elements.ts';
import { equal, explicitSet, same } from './equality.ts';
import { EvaluationError } from './evaluation-error.ts';
import { FunctionValue } from './function-value.ts';
import { hash } from './hash.ts';
import { itemAt } from './item-at.ts';
import { LazyFunction } from './lazy-function.ts';
import { LazySet } from './lazy-set.ts';
import { mapped } from './mapped.ts';
import { isMember } from './membership.ts';
import { compare } from './order.ts';
import { refuseApplication, refuseType } from './refusals.ts';
import { emptySequence, sequence } from './sequence-value.ts';
import { IntervalValue, SetValue } from './set-value.ts';
import { setOf } from './sets.ts';
import { type Shape, shapeOfSorted } from './shape.ts';
import { type AnyFunction, isSet, SequenceValue, type Value } from './value.ts';

/** A larger domain given by a rule is not evaluated before somebody asks for all of it. */
const MANY = 4096;

/** The shape of functions over a finite set. */
export function shapeOf(set: Value): Shape {
  if (set instanceof SetValue) return set.shape;
  if (!isSet(set)) throw refuseType('a function', 'a set as its domain', set);
  return explicitSet(set).shape;
}

/** The function with these values, which are in the order of the shape's keys. Keeps the array. */
export function functionOverShape(shape: Shape, values: Value[]): Value {
  return shape.isSequence ? sequence(values) : new FunctionValue(shape, values);
}

/** The function with keys[i] :> values[i]. Keys in any order; of equal keys the first counts. */
export function functionOf(keys: readonly Value[], values: readonly Value[]): Value {
  const order = keys.map((_, i) => i).sort((i, j) => compare(itemAt(keys, i), itemAt(keys, j)));
  const kept = order.filter(
    (at, i) => i === 0 || compare(itemAt(keys, itemAt(order, i - 1)), itemAt(keys, at)) !== 0,
  );
  const shape = shapeOfSorted(mapped(kept, (i) => itemAt(keys, i)));
  return functionOverShape(
    shape,
    mapped(kept, (i) => itemAt(values, i)),
  );
}

/**
 * [x \in set |-> rule(x)]. Evaluated at once where that is possible; TLC evaluates it argument by argument, so where
 * a value is refused, or the set is infinite or very large, so does this.
 */
export function functionOver(set: Value, rule: (x: Value) => Value): Value {
  if (set instanceof LazySet && (!set.isFinite() || set.count() > MANY))
    return new LazyFunction(set, rule, true);
  try {
    return functionOverEagerly(set, rule);
  } catch (error) {
    if (!(error instanceof EvaluationError) || !isSet(set) || error.code === NO_VALUE_YET) throw error;
    return new LazyFunction(set, rule, false);
  }
}

/** A variable that has no value yet will have one, but the function may then be that of another state. */
const NO_VALUE_YET = 'RC1870';

/** [x \in set |-> rule(x)], with all of its values. */
export function functionOverEagerly(set: Value, rule: (x: Value) => Value): Value {
  const values: Value[] = [];
  if (set instanceof IntervalValue && set.low === 1) {
    for (let i = 1; i <= set.high; i++) values.push(rule(i));
    return sequence(values);
  }
  const shape = shapeOf(set);
  for (const key of shape.keys) values.push(rule(key));
  return functionOverShape(shape, values);
}

export function lazyFunction(set: Value, rule: (x: Value) => Value, memoize: boolean): LazyFunction {
  if (!isSet(set)) throw refuseType('a function', 'a set as its domain', set);
  return new LazyFunction(set, rule, memoize);
}

/** f[x] */
export function apply(f: Value, x: Value): Value {
  if (f instanceof FunctionValue) {
    const index = f.shape.indexOf(x);
    if (index < 0) throw refuseApplication(f, x);
    return itemAt(f.values, index);
  }
  if (f instanceof SequenceValue) {
    if (typeof x !== 'number' || x < 1 || x > f.length) throw refuseApplication(f, x);
    return f.at(x - 1);
  }
  if (f instanceof LazyFunction) return f.apply(x);
  throw refuseType('an application', 'a function', f);
}

/** DOMAIN f */
export function domain(f: Value): Value {
  if (f instanceof FunctionValue) {
    f.shape.domain ??= new SetValue(f.shape.keys);
    return f.shape.domain;
  }
  if (f instanceof SequenceValue) return f.length === 0 ? setOf([]) : new IntervalValue(1, f.length);
  if (f instanceof LazyFunction) return f.domain;
  throw refuseType('DOMAIN', 'a function', f);
}

/** [f EXCEPT ![key] = change(f[key])]. A key outside the domain changes nothing, as in TLC. */
export function except(f: Value, key: Value, change: (old: Value) => Value): Value {
  if (f instanceof FunctionValue) return exceptOfFunction(f, key, change);
  if (f instanceof SequenceValue) return exceptOfSequence(f, key, change);
  if (f instanceof LazyFunction) return exceptOfLazy(f, key, change);
  throw refuseType('EXCEPT', 'a function', f);
}

/** Smaller functions are as quickly hashed anew. */
const FEW = 8;

function exceptOfFunction(f: FunctionValue, key: Value, change: (old: Value) => Value): FunctionValue {
  const index = f.shape.indexOf(key);
  if (index < 0) return unchanged(f, key);
  const old = itemAt(f.values, index);
  const value = change(old);
  if (value === old) return f;
  const values = f.values.slice();
  values[index] = value;
  const changed = new FunctionValue(f.shape, values);
  if (f.hashCode !== 0 && values.length > FEW) {
    const weight = f.shape.weights[index] ?? 1;
    changed.setSum((f.sum + Math.imul((hash(value) - hash(old)) | 0, weight)) | 0);
  }
  return changed;
}

/** The key is not in the domain; it is left to refuse one of another kind. */
function unchanged(f: FunctionValue, key: Value): FunctionValue {
  if (f.shape.isRecord && !(key instanceof StringValue)) throw refuseApplication(f, key);
  equal(itemAt(f.shape.keys, 0), key);
  return f;
}

function exceptOfSequence(f: SequenceValue, key: Value, change: (old: Value) => Value): SequenceValue {
  // The empty function is this, too: to TLC any key is outside its domain, and the EXCEPT changes nothing.
  if (f.length === 0) return f;
  if (typeof key !== 'number') throw refuseApplication(f, key);
  if (key < 1 || key > f.length) return f;
  const old = f.at(key - 1);
  const value = change(old);
  if (value === old) return f;
  const items = f.buffer.items.slice(f.start, f.start + f.length);
  items[key - 1] = value;
  return sequence(items);
}

function exceptOfLazy(f: LazyFunction, key: Value, change: (old: Value) => Value): LazyFunction {
  if (!isMember(key, f.domain)) return f;
  const value = change(f.apply(key));
  return new LazyFunction(f.domain, (x) => (same(x, key) ? value : f.apply(x)), false);
}

/** Every value of a finite function, with its key, in the order of the keys. */
export function entries(f: AnyFunction): readonly (readonly [Value, Value])[] {
  if (f instanceof FunctionValue) return f.values.map((value, i) => [itemAt(f.shape.keys, i), value]);
  if (f instanceof SequenceValue) return f.toArray().map((value, i) => [i + 1, value]);
  return [...elementsInChooseOrder(f.domain)].map((key) => [key, f.apply(key)]);
}

/** The names of a record as they stand in the source: what a constructor needs to put its values into TLC's order. */
export class RecordShape {
  readonly shape: Shape;
  /** Where in the names each key stands; undefined if they stand in the order of the keys. */
  readonly positions: readonly number[] | undefined;

  constructor(shape: Shape, positions: readonly number[] | undefined) {
    this.shape = shape;
    this.positions = positions;
  }
}

export function recordShape(names: readonly string[]): RecordShape {
  const strings = names.map((name) => string(name));
  const positions = strings
    .map((_, i) => i)
    .sort((i, j) => itemAt(strings, i).token - itemAt(strings, j).token);
  const shape = shapeOfSorted(positions.map((i) => itemAt(strings, i)));
  return new RecordShape(shape, positions.every((position, i) => position === i) ? undefined : positions);
}

/** The record with these values, in the order of the names given to recordShape. Keeps the array. */
export function recordOf({ shape, positions }: RecordShape, values: Value[]): Value {
  if (positions === undefined) return new FunctionValue(shape, values);
  const sorted: Value[] = [];
  for (const position of positions) sorted.push(itemAt(values, position));
  return new FunctionValue(shape, sorted);
}

/** record.name */
export function select(record: Value, name: string | StringValue): Value {
  if (record instanceof FunctionValue) {
    const index = typeof name === 'string' ? record.shape.indexOfName(name) : record.shape.indexOf(name);
    if (index >= 0) return itemAt(record.values, index);
  }
  const key = typeof name === 'string' ? string(name) : name;
  if (record instanceof FunctionValue) throw refuseApplication(record, key);
  if (record instanceof LazyFunction) return record.apply(key);
  if (record === emptySequence) throw refuseApplication(record, key);
  throw refuseType('the selection of a field', 'a record', record);
}
