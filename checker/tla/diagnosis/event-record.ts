import { recordOf, recordShape, sequence } from '../values/operations.ts';
import { FunctionValue, StringValue, type Value } from '../values/value.ts';

/** The fields of an event, of a message, or of another record of the spec. */
export type Fields = ReadonlyMap<string, Value>;

export function fieldsOf(value: Value | undefined): Fields {
  if (!(value instanceof FunctionValue)) return new Map();
  return new Map(
    value.shape.keys.flatMap((key, index): (readonly [string, Value])[] => {
      const field = value.values[index];
      return key instanceof StringValue && field !== undefined ? [[key.text, field]] : [];
    }),
  );
}

export function recordFrom(fields: Fields): Value {
  if (fields.size === 0) return sequence([]);
  return recordOf(recordShape([...fields.keys()]), [...fields.values()]);
}

/** A field's value where it is a number. */
export function numberIn(fields: Fields, name: string): number | undefined {
  const value = fields.get(name);
  return typeof value === 'number' ? value : undefined;
}

/** A field's value where it is a string. */
export function textIn(fields: Fields, name: string): string | undefined {
  const value = fields.get(name);
  return value instanceof StringValue ? value.text : undefined;
}
