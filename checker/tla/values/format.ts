import { ModelValue, StringValue } from './atoms.ts';
import { FunctionValue } from './function-value.ts';
import { itemAt } from './item-at.ts';
import { LazyFunction } from './lazy-function.ts';
import { LazySet } from './lazy-set.ts';
import { SequenceValue } from './sequence-value.ts';
import { IntervalValue } from './set-value.ts';
import type { Value } from './value.ts';

/** The value as TLC prints it (PrintT, ToString, the states of a counterexample). */
export function format(value: Value): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (value instanceof StringValue) return quoted(value.text);
  if (value instanceof ModelValue) return value.name;
  if (value instanceof SequenceValue) return formatSequence(value);
  if (value instanceof FunctionValue)
    return hasFieldNames(value) ? formatRecord(value) : formatFunction(value);
  if (value instanceof LazyFunction) return formatLazyFunction(value);
  if (value instanceof IntervalValue) return `${value.low}..${value.high}`;
  if (value instanceof LazySet) return formatLazySet(value);
  return `{${value.items.map(format).join(', ')}}`;
}

function quoted(text: string): string {
  const escaped = text.replace(/[\\"\n\t\r\f]/g, (character) => ESCAPES[character] ?? character);
  return `"${escaped}"`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '\f': '\\f',
};

function formatSequence(s: SequenceValue): string {
  return s.length === 0 ? '<<>>' : `<<${s.toArray().map(format).join(', ')}>>`;
}

/** Whether it can be written as a record: each string in its domain is a name (FcnRcdValue.isName). */
function hasFieldNames({ shape }: FunctionValue): boolean {
  return shape.isRecord && shape.keys.every((key) => key instanceof StringValue && isName(key.text));
}

function isName(text: string): boolean {
  return /^_*\p{L}[\p{L}\p{Nd}_]*$/u.test(text) && !/^[WS]F_./.test(text);
}

function formatRecord(record: FunctionValue): string {
  const fields = record.shape.keys.map((key, i) => {
    const name = key instanceof StringValue ? key.text : format(key);
    return `${name} |-> ${format(itemAt(record.values, i))}`;
  });
  return `[${fields.join(', ')}]`;
}

function formatFunction(f: FunctionValue): string {
  const pairs = f.shape.keys.map((key, i) => `${format(key)} :> ${format(itemAt(f.values, i))}`);
  return `(${pairs.join(' @@ ')})`;
}

function formatLazySet(set: LazySet): string {
  const known = set.explicitIfKnown;
  if (known !== undefined) return format(known);
  return set.isFinite() && set.isShownByElements() ? format(set.explicit) : set.describe();
}

function formatLazyFunction(f: LazyFunction): string {
  const { domain } = f;
  if (domain instanceof LazySet && !domain.isFinite()) return `[x \\in ${format(domain)} |-> ...]`;
  try {
    return format(f.explicit);
  } catch {
    return `[x \\in ${format(domain)} |-> ...]`;
  }
}
