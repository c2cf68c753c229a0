import type {
  Argument,
  Definition,
  Expression,
  ExpressionOf,
  OperatorArgument,
  Parameter,
  Reference,
} from '../syntax/ast.ts';
import { isExpression, LEVEL } from './analysis.ts';
import { emitBuiltin } from './emit-builtin.ts';
import { emitReturn } from './emit-let.ts';
import { emitAnew, emitValue } from './emit-value.ts';
import {
  type Environment,
  environmentOf,
  insideDefinition,
  type LetLocal,
  type Local,
  type Macro,
  NO_STATE,
  placeOfMacro,
  substitutionFor,
  withLocals,
} from './environment.ts';
import type { Unit } from './unit.ts';

/** A use of a name, with or without arguments, as a JavaScript expression. */
export function emitUse(
  unit: Unit,
  expression: ExpressionOf<'reference'> | ExpressionOf<'apply'>,
  environment: Environment,
): string {
  const inside = expression.kind === 'apply' ? expression.arguments : [];
  return emitCall(unit, expression.reference, environment, inside, environment);
}

/** What a reference turns out to mean. */
export type Meaning =
  | { readonly kind: 'local'; readonly local: Exclude<Local, LetLocal | Macro> }
  | { readonly kind: 'macro'; readonly argument: Argument; readonly place: Environment }
  | { readonly kind: 'let'; readonly local: LetLocal }
  | { readonly kind: 'definition'; readonly definition: Definition; readonly place: Environment }
  | { readonly kind: 'variable'; readonly name: string; readonly index: number }
  | { readonly kind: 'constant'; readonly name: string }
  | { readonly kind: 'builtin'; readonly name: string };

export function meaningOf(unit: Unit, reference: Reference, environment: Environment): Meaning {
  const { contexts } = unit;
  const { target } = reference;
  if (target.kind === 'parameter' || target.kind === 'bound')
    return meaningOfLocal(environment.scope.get(target), environment, target.name);
  const place = contexts.follow(reference.via, environment);
  const override = contexts.overrideOf(target, { ...place, module: environment.module });
  if (override !== undefined && override.target !== target) {
    return meaningOf(unit, override, environmentOf(contexts.root, environment.current, environment.next));
  }
  if (target.kind === 'builtin') return { kind: 'builtin', name: target.name };
  if (target.kind === 'definition') {
    const local = place.scope.get(target);
    if (local?.kind === 'let') return { kind: 'let', local };
    const value = contexts.valueOf(target, place);
    if (value !== undefined) return { kind: 'constant', name: value };
    return { kind: 'definition', definition: target, place };
  }
  const macro = substitutionFor(target, place.context);
  if (macro !== undefined) {
    return { kind: 'macro', argument: macro.argument, place: placeOfMacro(macro, environment) };
  }
  return target.kind === 'variable'
    ? { kind: 'variable', name: target.name, index: unit.variableIndex(target.name) }
    : { kind: 'constant', name: target.name };
}

function meaningOfLocal(local: Local | undefined, environment: Environment, name: string): Meaning {
  if (local === undefined) throw new RangeError(`the name ${name} is not in scope`);
  if (local.kind === 'macro') {
    return { kind: 'macro', argument: local.argument, place: placeOfMacro(local, environment) };
  }
  return local.kind === 'let' ? { kind: 'let', local } : { kind: 'local', local };
}

/** The reference stands in one place, its arguments may have been written in another. */
export function emitCall(
  unit: Unit,
  reference: Reference,
  environment: Environment,
  inside: readonly Argument[],
  argumentsPlace: Environment,
): string {
  const meaning = meaningOf(unit, reference, environment);
  switch (meaning.kind) {
    case 'local':
      return emitLocal(unit, meaning.local, inside, argumentsPlace);
    case 'macro':
      return emitMacro(unit, meaning.argument, meaning.place, inside, argumentsPlace);
    case 'let':
      return emitLetUse(unit, meaning.local, environment, inside, argumentsPlace);
    case 'definition':
      return emitDefinitionUse(unit, meaning.definition, meaning.place, inside, argumentsPlace);
    case 'variable': {
      const name = JSON.stringify(meaning.name);
      if (environment.current === NO_STATE) return `noState(${name})`;
      return `(${environment.current}[${meaning.index}] ?? unassigned(${name}))`;
    }
    case 'constant':
      return unit.constantValue(meaning.name);
    case 'builtin':
      return emitBuiltin(unit, meaning.name, inside, argumentsPlace);
  }
}

function emitLocal(
  unit: Unit,
  local: Exclude<Local, LetLocal | Macro>,
  inside: readonly Argument[],
  argumentsPlace: Environment,
): string {
  if (local.kind === 'value') return local.js;
  if (local.kind === 'lazy') return `force(${local.js})`;
  return `${local.js}(${inside.map((argument) => emitLazyArgument(unit, argument, argumentsPlace)).join(', ')})`;
}

function emitMacro(
  unit: Unit,
  argument: Argument,
  place: Environment,
  inside: readonly Argument[],
  argumentsPlace: Environment,
): string {
  if (isExpression(argument)) return emitValue(unit, argument, place);
  if (argument.kind === 'operator') return emitCall(unit, argument.reference, place, inside, argumentsPlace);
  const bound = bindArguments(
    unit,
    argument.parameters,
    inside,
    argumentsPlace,
    allUses(argument.parameters),
  );
  const body = emitValue(unit, argument.body, withLocals(place, bound.locals));
  return bound.declarations === '' ? body : `(() => { ${bound.declarations}return ${body}; })()`;
}

/** Arguments for a body that is expanded in place: declared once where that is right, else put in where they are used. */
export function bindArguments(
  unit: Unit,
  parameters: readonly Parameter[],
  inside: readonly Argument[],
  argumentsPlace: Environment,
  uses: ParameterUses,
): { readonly locals: [Parameter, Local][]; readonly declarations: string } {
  const locals: [Parameter, Local][] = [];
  let declarations = '';
  parameters.forEach((parameter, index) => {
    const argument = inside[index];
    if (argument === undefined) throw new RangeError(`an argument for ${parameter.name} is missing`);
    if (isMacro(unit, parameter, argument, argumentsPlace, uses)) {
      locals.push([parameter, { kind: 'macro', argument, environment: argumentsPlace }]);
      return;
    }
    const js = unit.fresh(parameter.name);
    declarations += `const ${js} = ${emitLazyArgument(unit, argument, argumentsPlace)}; `;
    locals.push([parameter, { kind: 'lazy', js }]);
  });
  return { locals, declarations };
}

/** What a body does with its parameters other than to read their values. */
export interface ParameterUses {
  readonly primed: ReadonlySet<Parameter>;
  readonly assignable: ReadonlySet<Parameter>;
}

/** Of a body of which nothing is known. */
export function allUses(parameters: readonly Parameter[]): ParameterUses {
  return { primed: new Set(parameters), assignable: new Set(parameters) };
}

export function usesOf(unit: Unit, definition: Definition): ParameterUses {
  return {
    primed: unit.analysis.primedParameters(definition),
    assignable: unit.analysis.assignableParameters(definition),
  };
}

function isMacro(
  unit: Unit,
  parameter: Parameter,
  argument: Argument,
  place: Environment,
  uses: ParameterUses,
): boolean {
  if (!isExpression(argument)) return true;
  const level = unit.analysis.level(argument, place);
  return (
    (level >= LEVEL.action && uses.assignable.has(parameter)) ||
    (level > LEVEL.constant && uses.primed.has(parameter))
  );
}

/** Whether an argument depends on the states of the place where its parameter is used, so that no value can be passed. */
export function needsExpansion(
  unit: Unit,
  definition: Definition,
  inside: readonly Argument[],
  argumentsPlace: Environment,
): boolean {
  const uses = usesOf(unit, definition);
  return inside.some((argument, index) => {
    const parameter = definition.parameters[index];
    if (parameter === undefined) return false;
    if (isExpression(argument)) return isMacro(unit, parameter, argument, argumentsPlace, uses);
    const level = unit.analysis.levelOfArgument(argument, argumentsPlace);
    return level >= LEVEL.action || (level > LEVEL.constant && uses.primed.has(parameter));
  });
}

function emitDefinitionUse(
  unit: Unit,
  definition: Definition,
  place: Environment,
  inside: readonly Argument[],
  argumentsPlace: Environment,
): string {
  if (definition.parameters.length === 0) {
    const constant = emitConstantDefinition(unit, definition, place);
    if (constant !== undefined) return constant;
  }
  if (place.context.isOpen || needsExpansion(unit, definition, inside, argumentsPlace)) {
    return emitExpansion(unit, definition, place, inside, argumentsPlace);
  }
  const name = definitionFunction(unit, definition, place);
  const strict = unit.analysis.strictParameters(definition);
  return `${name}(${[
    argumentsPlace.current,
    argumentsPlace.next,
    ...emitArguments(unit, definition, inside, argumentsPlace, strict),
  ].join(', ')})`;
}

/** The arguments of a call, each as its parameter is passed. */
export function emitArguments(
  unit: Unit,
  definition: Definition,
  inside: readonly Argument[],
  argumentsPlace: Environment,
  strict: ReadonlySet<Parameter>,
): string[] {
  return definition.parameters.map((parameter, index) => {
    const argument = inside[index];
    if (argument === undefined) throw new RangeError(`${definition.name} lacks an argument`);
    return strict.has(parameter) && isExpression(argument)
      ? emitValue(unit, argument, argumentsPlace)
      : emitLazyArgument(unit, argument, argumentsPlace);
  });
}

/** How the parameters of a function of its own are read. */
export function parameterLocals(
  unit: Unit,
  parameters: readonly Parameter[],
  strict: ReadonlySet<Parameter>,
): { readonly locals: [Parameter, Local][]; readonly names: string[] } {
  const names = parameters.map((parameter) => unit.fresh(parameter.name));
  const locals = parameters.map((parameter, index): [Parameter, Local] => {
    const js = names[index] ?? '';
    if (parameter.arity > 0) return [parameter, { kind: 'operator', js }];
    return [parameter, { kind: strict.has(parameter) ? 'value' : 'lazy', js }];
  });
  return { locals, names };
}

function emitConstantDefinition(unit: Unit, definition: Definition, place: Environment): string | undefined {
  const { body } = definition;
  if (body.kind === 'string' || body.kind === 'number' || body.kind === 'boolean') {
    return emitValue(unit, body, place);
  }
  if (place.context.isOpen || unit.analysis.levelOfDefinition(definition, place) !== LEVEL.constant)
    return undefined;
  const clean = environmentOf(place.context, NO_STATE, NO_STATE, definition.module);
  return `${unit.constant(definition.body, place.context.id, () => emitAnew(unit, definition.body, clean))}()`;
}

function definitionFunction(unit: Unit, definition: Definition, place: Environment): string {
  return unit.hoist(
    `value:${unit.contexts.idOf(definition)}:${place.context.id}`,
    definition.name,
    (name) => {
      const strict = unit.analysis.strictParameters(definition);
      const { locals, names } = parameterLocals(unit, definition.parameters, strict);
      const current = unit.fresh('current');
      const next = unit.fresh('next');
      const inside = withLocals(environmentOf(place.context, current, next, definition.module), locals);
      const body = emitValue(unit, definition.body, inside);
      return `function ${name}(${[current, next, ...names].join(', ')}) { return ${body}; }`;
    },
  );
}

function emitExpansion(
  unit: Unit,
  definition: Definition,
  place: Environment,
  inside: readonly Argument[],
  argumentsPlace: Environment,
): string {
  return unit.expanding(definition, () => {
    const bound = bindArguments(
      unit,
      definition.parameters,
      inside,
      argumentsPlace,
      usesOf(unit, definition),
    );
    const body = emitValue(
      unit,
      definition.body,
      withLocals(insideDefinition(definition, place), bound.locals),
    );
    return bound.declarations === '' ? body : `(() => { ${bound.declarations}return ${body}; })()`;
  });
}

function emitLetUse(
  unit: Unit,
  local: LetLocal,
  user: Environment,
  inside: readonly Argument[],
  argumentsPlace: Environment,
): string {
  const { definition } = local;
  const isAtHome = local.environment.current === user.current && local.environment.next === user.next;
  if (!isAtHome || needsExpansion(unit, definition, inside, argumentsPlace)) {
    const place = { ...local.environment, current: user.current, next: user.next };
    return emitExpansion(unit, definition, place, inside, argumentsPlace);
  }
  const name = declareLetValue(unit, local);
  if (definition.parameters.length === 0) return `${name}()`;
  const strict = unit.analysis.strictParameters(definition);
  return `${name}(${emitArguments(unit, definition, inside, argumentsPlace, strict).join(', ')})`;
}

function declareLetValue(unit: Unit, local: LetLocal): string {
  const known = local.names.get('value');
  if (known !== undefined) return known;
  const { definition } = local;
  const name = unit.fresh(definition.name);
  local.names.set('value', name);
  if (definition.parameters.length === 0) {
    const body = emitValue(unit, definition.body, local.environment);
    // Evaluated when it is first needed, and once.
    const kept = `${name}_value`;
    local.declarations.push(`let ${kept}; const ${name} = () => ${kept} ?? (${kept} = ${body});`);
  } else {
    const strict = unit.analysis.strictParameters(definition);
    const { locals, names } = parameterLocals(unit, definition.parameters, strict);
    const body = emitReturn(unit, definition.body, withLocals(local.environment, locals), emitValue);
    local.declarations.push(`const ${name} = (${names.join(', ')}) => { ${body} };`);
  }
  return name;
}

/** An argument as a Lazy or, where that costs and risks nothing, as its value; an operator as a function of such. */
export function emitLazyArgument(unit: Unit, argument: Argument, environment: Environment): string {
  if (!isExpression(argument)) return emitOperator(unit, argument, environment);
  const direct = emitWithoutRisk(unit, argument, environment);
  return direct ?? `new Lazy(() => ${emitValue(unit, argument, environment)})`;
}

function emitWithoutRisk(unit: Unit, expression: Expression, environment: Environment): string | undefined {
  if (expression.kind === 'number' || expression.kind === 'boolean' || expression.kind === 'string') {
    return emitValue(unit, expression, environment);
  }
  if (isHarmless(expression)) return emitValue(unit, expression, environment);
  if (expression.kind !== 'reference') return undefined;
  const meaning = meaningOf(unit, expression.reference, environment);
  switch (meaning.kind) {
    case 'local':
      return meaning.local.js;
    case 'constant':
      return unit.constantValue(meaning.name);
    case 'variable': {
      if (environment.current === NO_STATE) return undefined;
      const value = `${environment.current}[${meaning.index}]`;
      return `(${value} ?? new Lazy(() => unassigned(${JSON.stringify(meaning.name)})))`;
    }
    case 'macro':
      return isExpression(meaning.argument)
        ? emitWithoutRisk(unit, meaning.argument, meaning.place)
        : emitOperator(unit, meaning.argument, meaning.place);
    case 'let': {
      const { local } = meaning;
      const isAtHome =
        local.environment.current === environment.current && local.environment.next === environment.next;
      if (!isAtHome || local.definition.parameters.length > 0) return undefined;
      return `new Lazy(${declareLetValue(unit, local)})`;
    }
    default:
      return undefined;
  }
}

/** Sets, tuples and records of literals are computed once and never refused. */
function isHarmless(expression: Expression): boolean {
  switch (expression.kind) {
    case 'number':
    case 'string':
    case 'boolean':
      return true;
    case 'set':
      return expression.items.length === 0;
    case 'tuple':
      return expression.items.every(isHarmless);
    case 'record':
      return expression.fields.every((field) => isHarmless(field.value));
    default:
      return false;
  }
}

/** An operator passed as an argument: a JavaScript function of lazy arguments. */
export function emitOperator(unit: Unit, argument: OperatorArgument, environment: Environment): string {
  if (argument.kind === 'lambda') {
    const { locals, names } = parameterLocals(unit, argument.parameters, new Set());
    return `((${names.join(', ')}) => ${emitValue(unit, argument.body, withLocals(environment, locals))})`;
  }
  const meaning = meaningOf(unit, argument.reference, environment);
  if (meaning.kind === 'local' && meaning.local.kind === 'operator') return meaning.local.js;
  if (meaning.kind === 'macro' && !isExpression(meaning.argument)) {
    return emitOperator(unit, meaning.argument, meaning.place);
  }
  const parameters = Array.from({ length: argument.arity }, (_, index): Parameter => {
    return { kind: 'parameter', name: `argument${index}`, arity: 0, span: argument.span };
  });
  const { locals, names } = parameterLocals(unit, parameters, new Set());
  const inside = parameters.map((parameter): Expression => {
    return { kind: 'reference', reference: { target: parameter, via: [] }, span: argument.span };
  });
  const place = withLocals(environment, locals);
  return `((${names.join(', ')}) => ${emitCall(unit, argument.reference, place, inside, place)})`;
}
