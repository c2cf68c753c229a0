import type { Argument, Definition, Expression, Parameter } from '../syntax/ast.ts';
import {
  type BodyUses,
  type Call,
  needsExpansion,
  usesOfAction,
  usesWithProbes,
} from './argument-passing.ts';
import { isExpression } from './children.ts';
import { emitAction } from './emit-action.ts';
import { bindArguments, emitArguments, type ParameterLocals, parameterLocals } from './emit-call.ts';
import { emitValue } from './emit-value.ts';
import {
  type ActionMode,
  type Environment,
  environmentOf,
  insideDefinition,
  isAtHome,
  type LetLocal,
  type Local,
  placeOf,
  withLocals,
} from './environment.ts';
import { type GivenVariables, givenVariables, keyOfVariables, NO_VARIABLES } from './given-variables.ts';
import type { Rest } from './rest.ts';
import type { Unit } from './unit.ts';

/** A call of a definition as an action: what comes after is its last argument. */
export function emitActionCall(unit: Unit, call: Call, mode: ActionMode, rest: Rest): string {
  const { definition, home, inside, argumentsPlace } = call;
  const uses = usesWithProbes(unit, call, usesOfAction(unit, call));
  if (home.context.isOpen || needsExpansion(unit, call, uses))
    return emitActionExpansion(unit, call, uses, mode, rest);
  const given = givenVariables(unit, definition, home, inside, argumentsPlace, mode);
  const name = actionFunction(unit, definition, home, mode, given);
  const passed = argumentsOfAction(unit, definition, inside, argumentsPlace, given);
  const proceed = continuation(rest());
  return `${name}(${[argumentsPlace.current, argumentsPlace.next, ...passed, proceed].join(', ')});`;
}

/**
 * The arguments of a recursive action cannot be put in where they are used, but for variables that it assigns. Those that
 * depend on the state that is made are found again whenever they are needed.
 */
function argumentsOfAction(
  unit: Unit,
  definition: Definition,
  inside: readonly Argument[],
  place: Environment,
  given = NO_VARIABLES,
): readonly string[] {
  const passed = emitArguments(unit, definition, inside, place, given);
  if (!definition.isRecursive) return passed;
  const strict = unit.parameters.strictParameters(definition);
  const pairs = definition.parameters.flatMap((parameter, index) =>
    given.has(parameter) ? [] : [{ parameter, argument: inside[index] }],
  );
  return passed.map((js, index) => {
    const { parameter, argument } = pairs[index] ?? {};
    const isOfDraft =
      argument !== undefined && isExpression(argument) && unit.levels.readsDraft(argument, place);
    if (!isOfDraft || parameter === undefined || strict.has(parameter)) return js;
    return `new Again(() => ${emitValue(unit, argument, place)})`;
  });
}

function parametersOfAction(
  unit: Unit,
  definition: Definition,
  mode: ActionMode,
  given: GivenVariables,
): ParameterLocals {
  const { locals, names } = parameterLocals(unit, definition, given, mode);
  if (!definition.isRecursive) return { locals, names };
  const ofDraft = locals.map(([parameter, local]): [Parameter, Local] => [
    parameter,
    local.kind === 'lazy' || local.kind === 'operator' ? { ...local, isOfDraft: true } : local,
  ]);
  return { locals: ofDraft, names };
}

function continuation(code: string): string {
  const call = /^(\w+)\(\);$/.exec(code);
  return call?.[1] ?? `() => { ${code} }`;
}

function actionFunction(
  unit: Unit,
  definition: Definition,
  place: Environment,
  mode: ActionMode,
  given: GivenVariables,
): string {
  const key = `${mode}:${unit.contexts.idOf(definition)}:${place.context.id}:${keyOfVariables(definition, given)}`;
  return unit.hoist(key, definition.name, (name) => {
    const current = unit.fresh('current');
    const next = unit.fresh('next');
    const draft = mode === 'next' ? next : current;
    const inside = environmentOf(place.context, { current, next, draft }, definition.module);
    const { parameters, body } = emitActionBody(unit, definition, inside, mode, given);
    return `function ${name}(${[current, next, ...parameters].join(', ')}) {\n${body}\n}`;
  });
}

/** The body of a definition's function, whose last parameter is what comes after. */
function emitActionBody(
  unit: Unit,
  definition: Definition,
  place: Environment,
  mode: ActionMode,
  given = NO_VARIABLES,
): { readonly parameters: readonly string[]; readonly body: string } {
  const { locals, names } = parametersOfAction(unit, definition, mode, given);
  const proceed = unit.fresh('proceed');
  const inside = withLocals(place, locals);
  const body = unit.within(definition, () =>
    emitAction(unit, definition.body, inside, mode, () => `${proceed}();`),
  );
  return { parameters: [...names, proceed], body: entered(unit, definition, inside, body) };
}

/** With probes, an action tells that it is entered, and with which arguments. */
function entered(unit: Unit, definition: Definition, inside: Environment, body: string): string {
  if (!unit.instrumentation.calls) return body;
  const { span } = definition;
  const values = definition.parameters.flatMap((parameter) => {
    if (parameter.arity > 0) return [];
    const read: Expression = { kind: 'reference', reference: { target: parameter, via: [] }, span };
    return [`[${JSON.stringify(parameter.name)}, () => ${emitValue(unit, read, inside)}]`];
  });
  return `host.enter(${JSON.stringify(definition.name)}, [${values.join(', ')}]);\n${body}\nhost.leave();`;
}

function emitActionExpansion(unit: Unit, call: Call, uses: BodyUses, mode: ActionMode, rest: Rest): string {
  const { definition, home, inside, argumentsPlace } = call;
  return unit.expanding(definition, () => {
    const bound = bindArguments(unit, definition.parameters, inside, argumentsPlace, uses);
    // What comes after stands outside of the definition.
    const outside = unit.definitionName;
    const after: Rest = () => unit.withinName(outside, rest);
    const place = withLocals(insideDefinition(definition, home), bound.locals);
    const body = unit.within(definition, () => emitAction(unit, definition.body, place, mode, after));
    return `{ ${bound.declarations}${body} }`;
  });
}

/** The same of a LET's definition. */
export function emitLetAction(
  unit: Unit,
  local: LetLocal,
  inside: readonly Argument[],
  environment: Environment,
  mode: ActionMode,
  rest: Rest,
  isSeparate = false,
): string {
  const { definition } = local;
  const call: Call = {
    isSeparate,
    definition,
    home: placeOf(local, environment),
    inside,
    argumentsPlace: environment,
  };
  const uses = usesOfAction(unit, call);
  if (!isAtHome(local, environment) || needsExpansion(unit, call, uses))
    return emitActionExpansion(unit, call, uses, mode, rest);
  let name = local.names.get(mode);
  if (name === undefined) {
    name = unit.fresh(definition.name);
    local.names.set(mode, name);
    const { parameters, body } = emitActionBody(unit, definition, local.environment, mode);
    local.declarations.push(`const ${name} = (${parameters.join(', ')}) => {\n${body}\n};`);
  }
  const passed = argumentsOfAction(unit, definition, inside, environment);
  return `${name}(${[...passed, continuation(rest())].join(', ')});`;
}
