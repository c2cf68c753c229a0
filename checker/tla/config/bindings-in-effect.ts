import type { ConfigAssignment, ConfigOverride } from './model-config.ts';

/** One line under CONSTANTS. `<- TRUE` gives a value with the sign of a replacement. */
export interface ConfigBinding {
  readonly sign: '=' | '<-';
  readonly assignment?: ConfigAssignment;
  readonly override?: ConfigOverride;
}

/**
 * Those that TLC goes by where a configuration gives a name more than once: the last with `<-`, or else the last
 * (tlc2.tool.impl.ModelConfig keeps the two in tables of their own).
 */
export function inEffect(bindings: readonly ConfigBinding[]): readonly ConfigBinding[] {
  const chosen = new Map<string, ConfigBinding>();
  for (const binding of bindings) {
    const key = keyOf(binding);
    if (binding.sign === '<-' || chosen.get(key)?.sign !== '<-') chosen.set(key, binding);
  }
  return bindings.filter((binding) => chosen.get(keyOf(binding)) === binding);
}

function keyOf({ assignment, override }: ConfigBinding): string {
  const { name = '', scope = '' } = assignment ?? override ?? {};
  return `[${scope}]${name}`;
}
