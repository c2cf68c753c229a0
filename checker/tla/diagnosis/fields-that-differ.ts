import type { Notation } from './trace-notation.ts';

/** More paths than these are not told. */
const MOST_FIELDS = 32;

/** Paths to what differs inside of two values, such as `0.term`; none where all of it does. */
export function fieldsThatDiffer(expected: Notation, recorded: Notation): readonly string[] {
  const found: string[] = [];
  const compare = (a: unknown, b: unknown, path: readonly string[]): void => {
    if (found.length === MOST_FIELDS || Object.is(a, b)) return;
    if (isNested(a) && isNested(b) && Array.isArray(a) === Array.isArray(b)) {
      for (const key of keysOf(a, b)) {
        // The contents of a message have no id.
        if (key !== 'id') compare(Reflect.get(a, key), Reflect.get(b, key), [...path, key]);
      }
    } else {
      found.push(path.join('.'));
    }
  };
  compare(expected, recorded, []);
  return found.filter((path) => path !== '');
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function keysOf(a: object, b: object): Iterable<string> {
  return new Set([...Object.keys(a), ...Object.keys(b)]);
}
