import type { State } from '../compile/compiled-spec.ts';
import { entries } from '../values/functions.ts';
import { elements, format } from '../values/operations.ts';
import {
  FunctionValue,
  isFunction,
  isRecord,
  LazyFunction,
  LazySet,
  ModelValue,
  SequenceValue,
  StringValue,
  type Value,
} from '../values/value.ts';

/** A value in the Informal Trace Format of Apalache (its ADR 15). */
export type ItfValue =
  | boolean
  | string
  | readonly ItfValue[]
  | { readonly [field: string]: ItfValue | readonly (readonly ItfValue[])[] };

/** A behaviour as an ITF file holds it. */
export interface ItfTrace {
  readonly '#meta': Readonly<Record<string, string>>;
  readonly vars: readonly string[];
  readonly states: readonly Readonly<Record<string, unknown>>[];
  /** The state that follows the last one, from 0. */
  readonly loop?: number;
}

/** What an ITF trace says about itself. */
export interface ItfDescription {
  readonly source: string;
  readonly description: string;
  /** As of Behaviour. */
  readonly loopsTo?: number | null;
}

/**
 * A behaviour in the Informal Trace Format. Model values become strings, as Apalache's uninterpreted constants are;
 * what is infinite becomes `#unserializable`. A sequence is a JSON array: TLA+ does not tell tuples from sequences.
 *
 * @param actions the action that led to each state
 */
export function toItf(
  variables: readonly string[],
  states: readonly State[],
  actions: readonly string[],
  { source, description, loopsTo }: ItfDescription,
): ItfTrace {
  return {
    '#meta': {
      format: 'ITF',
      'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
      source,
      description,
    },
    vars: variables,
    ...(loopsTo === undefined ? {} : { loop: loopsTo ?? states.length - 1 }),
    states: states.map((state, index) => ({
      '#meta': { index, action: actions[index] ?? '' },
      ...Object.fromEntries(variables.map((name, at) => [name, itfOf(state[at])])),
    })),
  };
}

function itfOf(value: Value | undefined): ItfValue {
  if (value === undefined) return { '#unserializable': 'no value' };
  return itfValue(value);
}

export function itfValue(value: Value): ItfValue {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return { '#bigint': String(value) };
  if (value instanceof StringValue) return value.text;
  if (value instanceof ModelValue) return value.name;
  if (value instanceof SequenceValue) return value.toArray().map(itfValue);
  if (isInfinite(value)) return { '#unserializable': format(value) };
  if (!isFunction(value)) return { '#set': [...elements(value)].map(itfValue) };
  const pairs = entries(value);
  if (value instanceof FunctionValue && isRecord(value) && hasPlainFields(pairs)) {
    return Object.fromEntries(pairs.map(([key, each]) => [textOf(key), itfValue(each)]));
  }
  return { '#map': pairs.map(([key, each]) => [itfValue(key), itfValue(each)]) };
}

/** ITF's own keys begin with #. */
function hasPlainFields(pairs: ReturnType<typeof entries>): boolean {
  return pairs.every(([key]) => !textOf(key).startsWith('#'));
}

function textOf(key: Value): string {
  return key instanceof StringValue ? key.text : format(key);
}

function isInfinite(value: Value): boolean {
  if (value instanceof LazyFunction) return isInfinite(value.domain);
  return value instanceof LazySet && !value.isFinite();
}
