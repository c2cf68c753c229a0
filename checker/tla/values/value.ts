import { ModelValue, StringValue } from './atoms.ts';
import { FunctionValue } from './function-value.ts';
import { LazyFunction } from './lazy-function.ts';
import { LazySet } from './lazy-set.ts';
import { SequenceValue } from './sequence-value.ts';
import { IntervalValue, SetValue } from './set-value.ts';

export {
  FunctionValue,
  IntervalValue,
  LazyFunction,
  LazySet,
  ModelValue,
  SequenceValue,
  SetValue,
  StringValue,
};

/**
 * A value of TLA+. Booleans are JavaScript's; integers are JavaScript numbers within 32 bits, as TLC's. Strings and
 * model values are interned. Canonical: a function whose domain is 1..n, or empty, is a SequenceValue, every other
 * explicit function a FunctionValue; so equal values are of one class, unless one of them is an interval or lazy.
 *
 * The fields of these classes are `declare`d: a plain field is first made undefined and then set, twice the work for
 * every value, and V8 forgets that it only ever holds a number.
 */
export type Value =
  | boolean
  | number
  | StringValue
  | ModelValue
  | SequenceValue
  | FunctionValue
  | LazyFunction
  | SetValue
  | IntervalValue
  | LazySet;

export type AnySet = SetValue | IntervalValue | LazySet;
export type AnyFunction = SequenceValue | FunctionValue | LazyFunction;

export function isSet(value: Value): value is AnySet {
  return value instanceof SetValue || value instanceof IntervalValue || value instanceof LazySet;
}

export function isFunction(value: Value): value is AnyFunction {
  return value instanceof SequenceValue || value instanceof FunctionValue || value instanceof LazyFunction;
}

export function isRecord(value: Value): value is FunctionValue {
  return value instanceof FunctionValue && value.shape.isRecord;
}
