import type { ConstantBindings } from '../compile/constant-bindings.ts';
import type { Module } from '../syntax/ast.ts';
import type { Value } from '../values/value.ts';

/**
 * Bindings by the definitions that they hold for. What a configuration gives to a name of one module, TLC puts at the
 * definition itself (tlc2.tool.impl.SpecProcessor), which may be one of a module that it extends: so it holds wherever
 * that is used; but what is given to the root's name of the same definition comes later, and stays. What is given to a
 * module that has no file of its own is for nobody.
 *
 * @param modules those that were read, the root last
 */
export function placeBindings(bindings: ConstantBindings, modules: readonly Module[]): ConstantBindings {
  const { values, overrides, scopedValues = new Map(), scopedOverrides = new Map() } = bindings;
  const placed = {
    values,
    overrides: new Map(overrides),
    scopedValues: new Map<string, Map<string, Value>>(),
    scopedOverrides: new Map<string, Map<string, string>>(),
  };
  const isGiven = ({ module, name }: Place): boolean =>
    (values.has(name) || overrides.has(name)) && moduleOfRootName(name, modules.at(-1)) === module;
  for (const [place, value] of givenTo(scopedValues, modules)) {
    if (place.module !== undefined && !isGiven(place))
      within(placed.scopedValues, place.module).set(place.name, value);
  }
  for (const [place, replacement] of givenTo(scopedOverrides, modules)) {
    if (place.module !== undefined) {
      if (!isGiven(place)) within(placed.scopedOverrides, place.module).set(place.name, replacement);
    } else if (!overrides.has(place.name)) placed.overrides.set(place.name, replacement);
  }
  return placed;
}

/** A definition, or an operator of a standard module, which all modules share. */
interface Place {
  readonly module: string | undefined;
  readonly name: string;
}

function* givenTo<Each>(
  scoped: ReadonlyMap<string, ReadonlyMap<string, Each>>,
  modules: readonly Module[],
): Generator<[Place, Each]> {
  for (const [scope, names] of scoped) {
    const module = modules.find((each) => each.name === scope);
    for (const [name, each] of names) if (module !== undefined) yield [placeIn(module, name), each];
  }
}

function placeIn({ name: module, definitions }: Module, name: string): Place {
  const reference = definitions.get(name);
  if (reference?.target.kind === 'builtin') return { module: undefined, name };
  const isElsewhere = reference?.target.kind === 'definition' && reference.via.length === 0;
  return { module: isElsewhere ? reference.target.module : module, name };
}

/** The module in which what the root module means by a name is defined; undefined if it is no definition, or an instance's. */
function moduleOfRootName(name: string, root: Module | undefined): string | undefined {
  const reference = root?.definitions.get(name);
  if (reference?.target.kind !== 'definition' || reference.via.length > 0) return undefined;
  return reference.target.module;
}

function within<Each>(scoped: Map<string, Map<string, Each>>, module: string): Map<string, Each> {
  const known = scoped.get(module) ?? new Map<string, Each>();
  scoped.set(module, known);
  return known;
}
