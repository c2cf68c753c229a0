import { refuseBoolean } from './refusals.ts';
import type { Value } from './value.ts';

/** The value as a truth value; `what` names it in the refusal: "the guard of IF". */
export function asBoolean(value: Value, what: string): boolean {
  if (typeof value === 'boolean') return value;
  throw refuseBoolean(what, value);
}
