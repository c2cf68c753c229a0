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
 * where there is nothing to do, and remembers that, so that a large value which changed a little costs little. Refuses
 * what is infinite.
 */
export function normalise(value: Value): Value {
  if (typeof value !== 'object') return value;
  if (value instanceof FunctionValue) return value.normal ? value : normaliseFunction(value);
  if (value instanceof SequenceValue) return normaliseSequence(value);
  if (value instanceof SetValue) return value.normal ? value : normaliseSet(value);
  if (value instanceof LazySet || value instanceof LazyFunction) return normalise(value.explicit);
  return value;
}

function normaliseFunction(f: FunctionValue): FunctionValue {
  const keys = f.shape.allAtoms ? undefined : normaliseAll(f.shape.keys);
  const values = normaliseAll(f.values);
  const shape = keys === undefined ? f.shape : setOf(keys).shape;
  const normal = values === undefined && shape === f.shape ? f : new FunctionValue(shape, values ?? f.values);
  normal.normal = true;
  return normal;
}

function normaliseSet(set: SetValue): SetValue {
  const items = normaliseAll(set.items);
  const normal = items === undefined ? set : setOf(items);
  normal.normal = true;
  return normal;
}

/** What was found normal once is not looked at again, however many longer sequences share it. */
function normaliseSequence(s: SequenceValue): SequenceValue {
  const { buffer, start } = s;
  const end = start + s.length;
  for (let i = Math.max(start, buffer.normalTo); i < end; i++) {
    const item = itemAt(buffer.items, i);
    if (normalise(item) !== item) return sequence(s.toArray().map(normalise));
  }
  if (start <= buffer.normalTo && buffer.normalTo < end) buffer.normalTo = end;
  return s;
}

/** undefined if all are normal already. */
function normaliseAll(values: readonly Value[]): Value[] | undefined {
  let changed: Value[] | undefined;
  for (let i = 0; i < values.length; i++) {
    const value = itemAt(values, i);
    const normal = normalise(value);
    if (normal !== value && changed === undefined) changed = values.slice(0, i);
    changed?.push(normal);
  }
  return changed;
}
