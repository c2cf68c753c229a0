import type { Value } from '../values/value.ts';

/**
 * What a configuration gives to the names of a root module, or of the modules that it instantiates. Names are those
 * of constants, or of definitions: a value or an override takes the place of a definition's body.
 */
export interface ConstantBindings {
  /** `c = value`. */
  readonly values: ReadonlyMap<string, Value>;
  /** `c <- Name`: the definition of the root module that takes the place of a constant or definition. */
  readonly overrides: ReadonlyMap<string, string>;
  /** `c <- [Module]Name`, by module: the same for the names of that module alone. */
  readonly scopedOverrides?: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** `c = [Module]value`, by module. */
  readonly scopedValues?: ReadonlyMap<string, ReadonlyMap<string, Value>>;
}
