import { ModelValue, StringValue } from './atoms.ts';
import { format } from './format.ts';
import { FunctionValue } from './function-value.ts';
import { itemAt } from './item-at.ts';
import { LazyFunction } from './lazy-function.ts';
import { LazySet } from './lazy-set.ts';
import { SequenceValue } from './sequence-value.ts';
import type { Value } from './value.ts';

export type Json = boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The value as plain JSON, for reports: sets as sorted arrays, sequences as arrays, records and functions of strings
 * or model values as objects, other functions as objects whose keys are written as TLC prints them. What is infinite
 * is written as TLC prints it.
 */
export function toJson(value: Value): Json {
  if (typeof value !== 'object') return value;
  if (value instanceof StringValue) return value.text;
  if (value instanceof ModelValue) return value.name;
  if (value instanceof SequenceValue) return value.toArray().map(toJson);
  if (value instanceof FunctionValue) return functionToJson(value);
  if (value instanceof LazyFunction) return isInfinite(value.domain) ? format(value) : toJson(value.explicit);
  if (isInfinite(value)) return format(value);
  return (value instanceof LazySet ? value.explicit : 'explicit' in value ? value.explicit : value).items.map(
    toJson,
  );
}

function isInfinite(value: Value): boolean {
  return value instanceof LazySet && !value.isFinite();
}

function functionToJson(f: FunctionValue): Json {
  // Without a prototype: a field may be called __proto__.
  const object: Record<string, Json> = Object.create(null);
  f.shape.keys.forEach((key, i) => {
    object[key instanceof StringValue ? key.text : format(key)] = toJson(itemAt(f.values, i));
  });
  return object;
}
