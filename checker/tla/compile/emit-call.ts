import type { Argument, Definition, Expression, Parameter } from '../syntax/ast.ts';
import { type BodyUses, type Call, needsExpansion, passingOf } from './argument-passing.ts';
import { isExpression } from './children.ts';
import { emitReturn } from './emit-let.ts';
import { emitLazyArgument } from './emit-use.ts';
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
import {
  type GivenVariables,
  givenVariables,
  keyOfVariables,
  localOfVariable,
  NO_VARIABLES,
} from './given-variables.ts';
import type { Unit } from './unit.ts';

/** What a definition is called for: its value, or as an action that assigns on the way (emit-direct.ts). */
export interface Form {
  readonly name: 'value' | 'direct';
  readonly emit: (unit: Unit, expression: Expression, environment: Environment) => string;
  readonly uses: (unit: Unit, call: Call) => BodyUses;
}

/** A call of a module's definition: a function of its own, or its body in place. */
export function emitDefinitionCall(
  unit: Unit,
  form: Form,
  definition: Definition,
  place: Environment,
  inside: readonly Argument[],
  argumentsPlace: Environment,
): string {
  const call: Call = { definition, home: place, inside, argumentsPlace };
  const uses = form.uses(unit, call);
  if (place.context.isOpen || needsExpansion(unit, call, uses)) return emitExpansion(unit, form, call, uses);
  const given =
    form.name === 'direct'
      ? givenVariables(unit, definition, place, inside, argumentsPlace, 'next')
      : NO_VARIABLES;
  const name = definitionFunction(unit, form, definition, place, given);
  const passed = emitArguments(unit, definition, inside, argumentsPlace, given);
  return `${name}(${[argumentsPlace.current, argumentsPlace.next, ...passed].join(', ')})`;
}

/** A call of a LET's definition; where it is read in other states than those of the LET, its body in place. */
export function emitLetCall(
  unit: Unit,
  form: Form,
  local: LetLocal,
  user: Environment,
  inside: readonly Argument[],
  argumentsPlace: Environment,
): string {
  const { definition } = local;
  const call: Call = { definition, home: placeOf(local, user), inside, argumentsPlace };
  const uses = form.uses(unit, call);
  if (!isAtHome(local, user) || needsExpansion(unit, call, uses))
    return emitExpansion(unit, form, call, uses);
  const name = declareLetValue(unit, form, local);
  return `${name}(${emitArguments(unit, definition, inside, argumentsPlace).join(', ')})`;
}

/**
 * Declares the function of a LET's definition; the value of one without parameters is computed once, unless it depends on
 * a state that is being made, and so on the moment.
 */
export function declareLetValue(unit: Unit, form: Form, local: LetLocal): string {
  const known = local.names.get(form.name);
  if (known !== undefined) return known;
  const { definition } = local;
  const name = unit.fresh(definition.name);
  local.names.set(form.name, name);
  if (form.name === 'value' && definition.parameters.length === 0) {
    const kept = `${name}_value`;
    const body = form.emit(unit, definition.body, local.environment);
    // In an action TLC computes it anew for each use.
    const own = local.environment.draft === undefined ? '' : 'anew';
    local.declarations.push(
      unit.levels.readsDraft(definition.body, local.environment)
        ? `const ${name} = () => ${body};`
        : `let ${kept}; const ${name} = () => ${own}(${kept} ?? (${kept} = ${body}));`,
    );
  } else {
    const { locals, names } = parameterLocals(unit, definition);
    const body = emitReturn(unit, definition.body, withLocals(local.environment, locals), form.emit);
    local.declarations.push(`const ${name} = (${names.join(', ')}) => { ${body} };`);
  }
  return name;
}

function definitionFunction(
  unit: Unit,
  form: Form,
  definition: Definition,
  place: Environment,
  given: GivenVariables,
): string {
  const key = `${form.name}:${unit.contexts.idOf(definition)}:${place.context.id}:${keyOfVariables(definition, given)}`;
  return unit.hoist(key, definition.name, (name) => {
    const { locals, names } = parameterLocals(unit, definition, given, 'next');
    const current = unit.fresh('current');
    const next = unit.fresh('next');
    const draft = form.name === 'direct' ? next : undefined;
    const inside = withLocals(
      environmentOf(place.context, { current, next, draft }, definition.module),
      locals,
    );
    const body = emitReturn(unit, definition.body, inside, form.emit);
    return `function ${name}(${[current, next, ...names].join(', ')}) { ${body} }`;
  });
}

function emitExpansion(unit: Unit, form: Form, call: Call, uses: BodyUses): string {
  const { definition, home, inside, argumentsPlace } = call;
  return unit.expanding(definition, () => {
    const bound = bindArguments(unit, definition.parameters, inside, argumentsPlace, uses);
    const within = withLocals(insideDefinition(definition, home), bound.locals);
    const body = form.emit(unit, definition.body, within);
    return bound.declarations === '' ? body : `(() => { ${bound.declarations}return ${body}; })()`;
  });
}

/** The arguments of a call, each as its parameter is passed. */
export function emitArguments(
  unit: Unit,
  definition: Definition,
  inside: readonly Argument[],
  argumentsPlace: Environment,
  given = NO_VARIABLES,
): string[] {
  const strict = unit.parameters.strictParameters(definition);
  return definition.parameters.flatMap((parameter, index) => {
    const argument = inside[index];
    if (argument === undefined) throw new RangeError(`${definition.name} lacks an argument`);
    if (given.has(parameter)) return [];
    return strict.has(parameter) && isExpression(argument)
      ? emitValue(unit, argument, argumentsPlace)
      : emitLazyArgument(unit, argument, argumentsPlace);
  });
}

/** How the parameters of a definition's function are read, and the JavaScript names of those that are passed. */
export function parameterLocals(
  unit: Unit,
  definition: Definition,
  given = NO_VARIABLES,
  mode: ActionMode = 'next',
): ParameterLocals {
  const passed = definition.parameters.filter((parameter) => !given.has(parameter));
  const { locals, names } = localsOf(unit, passed, unit.parameters.strictParameters(definition));
  for (const [parameter, variable] of given)
    locals.push([parameter, localOfVariable(unit, parameter, variable, mode)]);
  return { locals, names };
}

export interface ParameterLocals {
  readonly locals: [Parameter, Local][];
  readonly names: string[];
}

/** @param strict the parameters that are passed as values; the others may be lazy */
export function localsOf(
  unit: Unit,
  parameters: readonly Parameter[],
  strict: ReadonlySet<Parameter>,
): ParameterLocals {
  const names = parameters.map((parameter) => unit.fresh(parameter.name));
  const locals = parameters.map((parameter, index): [Parameter, Local] => {
    const js = names[index] ?? '';
    if (parameter.arity > 0) return [parameter, { kind: 'operator', js }];
    return [parameter, { kind: strict.has(parameter) ? 'value' : 'lazy', js }];
  });
  return { locals, names };
}

/** Arguments for a body that is expanded in place: declared once where that is right, else put in where they are used. */
export function bindArguments(
  unit: Unit,
  parameters: readonly Parameter[],
  inside: readonly Argument[],
  argumentsPlace: Environment,
  uses: BodyUses,
): { readonly locals: [Parameter, Local][]; readonly declarations: string } {
  const locals: [Parameter, Local][] = [];
  let declarations = '';
  parameters.forEach((parameter, index) => {
    const argument = inside[index];
    if (argument === undefined) throw new RangeError(`an argument for ${parameter.name} is missing`);
    if (passingOf(unit, parameter, argument, argumentsPlace, uses) !== 'value') {
      locals.push([parameter, { kind: 'macro', argument, environment: argumentsPlace }]);
      return;
    }
    const js = unit.fresh(parameter.name);
    declarations += `const ${js} = ${emitLazyArgument(unit, argument, argumentsPlace)}; `;
    locals.push([parameter, { kind: 'lazy', js }]);
  });
  return { locals, declarations };
}
