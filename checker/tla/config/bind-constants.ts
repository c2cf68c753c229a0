import type { ConstantBindings } from '../compile/constant-bindings.ts';
import { modelValue, string } from '../values/atoms.ts';
import { locating } from '../values/evaluation-error.ts';
import { setOf } from '../values/sets.ts';
import type { Value } from '../values/value.ts';
import type { ConfigValue, ModelConfig } from './model-config.ts';

/**
 * The values and overrides of a configuration, as the compiler takes them. To be called before any module is read:
 * strings and model values are ordered by their first appearance, and TLC reads the configuration first.
 */
export function bindConstants(config: ModelConfig): ConstantBindings {
  const values = new Map<string, Value>();
  const overrides = new Map<string, string>();
  const scopedValues = new Map<string, Map<string, Value>>();
  const scopedOverrides = new Map<string, Map<string, string>>();
  for (const { name, scope, value } of config.assignments) {
    within(scopedValues, values, scope).set(name, configuredValue(value));
  }
  for (const { name, scope, replacement } of config.overrides) {
    within(scopedOverrides, overrides, scope).set(name, replacement);
  }
  return { values, overrides, scopedValues, scopedOverrides };
}

/** A configuration's value as a value of the engine. */
export function configuredValue(value: ConfigValue): Value {
  switch (value.kind) {
    case 'number':
    case 'boolean':
      return value.value;
    case 'string':
      return string(value.value);
    case 'model-value':
      return modelValue(value.name);
    case 'set':
      return locating(value.span, () => setOf(value.items.map(configuredValue)));
  }
}

function within<Each>(
  scoped: Map<string, Map<string, Each>>,
  unscoped: Map<string, Each>,
  scope: string | undefined,
): Map<string, Each> {
  if (scope === undefined) return unscoped;
  const known = scoped.get(scope) ?? new Map<string, Each>();
  scoped.set(scope, known);
  return known;
}
