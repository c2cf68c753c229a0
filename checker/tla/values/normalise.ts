import { FunctionValue } from './function-value.ts';
import { itemAt } from './item-at.ts';
import { LazyFunction } from './lazy-function.ts';
import { LazySet } from './lazy-set.ts';
import { SequenceValue, sequence } from './sequence-value.ts';
import { SetValue } from './set-value.ts';
import { setOf } from './sets.ts';
import type { Value } from './value.ts';

/**
 * The same value without lazy parts, as a state keeps it: TLC does so when it fingerprints. Returns the value itself
 * where there is nothing to do. Refuses what is infinite.
 */
export function normalise(value: Value): Value {
  if (typeof value !== 'object') return value;
  if (value instanceof FunctionValue) {
    const values = normaliseAll(value.values);
    return values === undefined ? value : new FunctionValue(value.shape, values);
  }
  if (value instanceof SequenceValue) return normaliseSequence(value);
  if (value instanceof LazySet) return normalise(value.explicit);
  if (value instanceof LazyFunction) return normalise(value.explicit);
  if (value instanceof SetValue) {
    const items = normaliseAll(value.items);
    return items === undefined ? value : setOf(items);
  }
  return value;
}

/** What was found normal once is not looked at again, however many longer sequences share it. */
function normaliseSequence(value: SequenceValue): SequenceValue {
  const { buffer, start } = value;
  const end = start + value.length;
  const from = Math.max(start, buffer.normalTo);
  if (end <= from) return value;
  for (let i = from; i < end; i++) {
    const item = itemAt(buffer.items, i);
    if (normalise(item) !== item) return sequence(value.toArray().map(normalise));
  }
  if (start <= buffer.normalTo) buffer.normalTo = end;
  return value;
}

/** undefined if all are normal already. */
function normaliseAll(values: readonly Value[]): Value[] | undefined {
  let changed: Value[] | undefined;
  let i = 0;
  for (const value of values) {
    const normal = normalise(value);
    if (normal !== value && changed === undefined) changed = values.slice(0, i);
    changed?.push(normal);
    i++;
  }
  return changed;
}
