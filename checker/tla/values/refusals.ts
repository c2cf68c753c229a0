import { EvaluationError } from './evaluation-error.ts';
import { format } from './format.ts';
import type { Value } from './value.ts';

const MOST_SHOWN = 200;

/** A value as text, cut to what fits into a message. */
export function shown(value: Value): string {
  const text = format(value);
  return text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}...`;
}

/** An operator was given a value that is not what it works on. */
export function refuseType(operator: string, expected: string, value: Value): EvaluationError {
  return new EvaluationError('RC1851', `${operator} needs ${expected}, but was given ${shown(value)}`);
}

/** TLC compares only values of one kind. */
export function refuseComparison(a: Value, b: Value): EvaluationError {
  return new EvaluationError(
    'RC1852',
    `values of different kinds cannot be compared: ${shown(a)} and ${shown(b)}`,
  );
}

export function refuseApplication(f: Value, argument: Value): EvaluationError {
  return new EvaluationError('RC1853', `${shown(argument)} is not in the domain of ${shown(f)}`);
}

export function refuseField(record: Value, name: string): EvaluationError {
  return new EvaluationError('RC1853', `the record ${shown(record)} has no field ${name}`);
}

export function refuseEnumeration(set: Value): EvaluationError {
  return new EvaluationError('RC1854', `the elements of ${shown(set)} cannot be enumerated`);
}

export function refuseSize(set: Value): EvaluationError {
  return new EvaluationError('RC1854', `${shown(set)} has too many elements to be enumerated`);
}

export function refuseOverflow(expression: string): EvaluationError {
  return new EvaluationError('RC1855', `${expression} does not fit into 32 bits`);
}

export function refuseArithmetic(expression: string, why: string): EvaluationError {
  return new EvaluationError('RC1856', `${expression} has no value: ${why}`);
}

export function refuseChoice(set: Value): EvaluationError {
  return new EvaluationError('RC1857', `CHOOSE found no element with the property in ${shown(set)}`);
}

export function refuseBoolean(what: string, value: Value): EvaluationError {
  return new EvaluationError('RC1858', `${what} must be TRUE or FALSE, but is ${shown(value)}`);
}

export function refuseEmpty(operator: string): EvaluationError {
  return new EvaluationError('RC1859', `${operator} of the empty sequence has no value`);
}

export function refuseRange(expression: string): EvaluationError {
  return new EvaluationError('RC1853', `${expression} reaches outside the domain of the sequence`);
}
