import { finish } from './mixing.ts';
import type { Value } from './value.ts';

/** A hash of 32 bits, never 0: the same for equal values, in every thread. Refuses infinite sets. */
export function hash(value: Value): number {
  if (typeof value === 'number') return finish((value + 0x3779fb5) | 0);
  if (typeof value === 'boolean') return value ? 0x4cf5ad43 : 0x2745937f;
  const known = value.hashCode;
  return known !== 0 ? known : computeHash(value);
}

function computeHash(value: Exclude<Value, number | boolean>): number {
  // Strings and model values are born with theirs.
  return 'computeHash' in value ? value.computeHash() : value.hashCode;
}
