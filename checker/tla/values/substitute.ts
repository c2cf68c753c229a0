import { ModelValue } from './atoms.ts';
import { FunctionValue } from './function-value.ts';
import { functionOf } from './functions.ts';
import { LazyFunction } from './lazy-function.ts';
import { LazySet } from './lazy-set.ts';
import { SequenceValue, sequence } from './sequence-value.ts';
import { SetValue } from './set-value.ts';
import { setOf } from './sets.ts';
import type { Value } from './value.ts';

/** The value with each model value replaced by what the mapping says: a permuted state, for symmetry. */
export function substitute(value: Value, mapping: ReadonlyMap<ModelValue, Value>): Value {
  if (typeof value !== 'object') return value;
  if (value instanceof ModelValue) return mapping.get(value) ?? value;
  if (value instanceof SequenceValue) {
    const items = substituteAll(value.toArray(), mapping);
    return items === undefined ? value : sequence(items);
  }
  if (value instanceof FunctionValue) return substituteInFunction(value, mapping);
  if (value instanceof SetValue) {
    const items = substituteAll(value.items, mapping);
    return items === undefined ? value : setOf(items);
  }
  if (value instanceof LazySet || value instanceof LazyFunction) return substitute(value.explicit, mapping);
  return value;
}

function substituteInFunction(f: FunctionValue, mapping: ReadonlyMap<ModelValue, Value>): Value {
  const keys = f.shape.isRecord ? undefined : substituteAll(f.shape.keys, mapping);
  const values = substituteAll(f.values, mapping);
  if (keys !== undefined) return functionOf(keys, values ?? f.values);
  return values === undefined ? f : new FunctionValue(f.shape, values);
}

/** undefined if nothing is replaced. */
function substituteAll(
  values: readonly Value[],
  mapping: ReadonlyMap<ModelValue, Value>,
): Value[] | undefined {
  let changed: Value[] | undefined;
  let i = 0;
  for (const value of values) {
    const replaced = substitute(value, mapping);
    if (replaced !== value && changed === undefined) changed = values.slice(0, i);
    changed?.push(replaced);
    i++;
  }
  return changed;
}
