import { commandContent } from '../trace/event-values.ts';
import { elements, format } from '../values/operations.ts';
import {
  FunctionValue,
  IntervalValue,
  isSet,
  LazySet,
  ModelValue,
  SequenceValue,
  StringValue,
  type Value,
} from '../values/value.ts';

/** So many items of a sequence, set or function are shown; of a log the last ones matter, so half from its end. */
const MOST_ITEMS = 6;

/** A value as TLC prints it, in one line, long ones cut: the time that it takes does not depend on the value's size. */
export function brief(value: Value): string {
  if (value instanceof StringValue) return JSON.stringify(plainText(value.text));
  if (typeof value === 'boolean' || typeof value === 'number' || value instanceof ModelValue)
    return format(value);
  if (value instanceof SequenceValue) {
    return `<<${cut(value.length, (index) => brief(value.at(index))).join(', ')}>>`;
  }
  if (value instanceof FunctionValue) return briefFunction(value);
  if (value instanceof IntervalValue && value.low < value.high) return format(value);
  if (!isSet(value) || (value instanceof LazySet && !value.isFinite())) return format(value);
  const items = firstOf(elements(value));
  return `{${cut(items.length, (index) => (items[index] === undefined ? '' : brief(items[index]))).join(', ')}}`;
}

/** Commands bear a mark in the values of the spec, which no trace has. */
function plainText(text: string): string {
  const content = commandContent(text);
  if (content === undefined) return text;
  return 'command' in content ? content.command : content.hash;
}

function briefFunction({ shape, values }: FunctionValue): string {
  const item = (index: number): string => {
    const key = shape.keys[index];
    const value = values[index];
    if (key === undefined || value === undefined) return '';
    return shape.isRecord
      ? `${key instanceof StringValue ? key.text : brief(key)} |-> ${brief(value)}`
      : `${brief(key)} :> ${brief(value)}`;
  };
  if (!shape.isRecord) return `(${cut(values.length, item).join(' @@ ')})`;
  return `[${values.map((_, index) => item(index)).join(', ')}]`;
}

function cut(length: number, item: (index: number) => string): string[] {
  const all = Array.from({ length: Math.min(length, MOST_ITEMS) }, (_, index) => index);
  if (length <= MOST_ITEMS) return all.map(item);
  const half = MOST_ITEMS / 2;
  return [
    ...all.slice(0, half).map(item),
    `... ${(length - MOST_ITEMS).toLocaleString('en-US')} more ...`,
    ...all.slice(0, half).map((index) => item(length - half + index)),
  ];
}

/** Of a set that may be large; the elements of an explicit one are there already. */
function firstOf(items: Iterable<Value>): readonly Value[] {
  if (Array.isArray(items)) return items;
  const first: Value[] = [];
  for (const item of items) {
    first.push(item);
    if (first.length === 1_000) break;
  }
  return first;
}
