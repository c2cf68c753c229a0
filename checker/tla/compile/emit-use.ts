import type {
  Argument,
  Definition,
  Expression,
  ExpressionOf,
  OperatorArgument,
  Parameter,
  Reference,
} from '../syntax/ast.ts';
import { allUses, usesOfValue } from './argument-passing.ts';
import { isExpression } from './children.ts';
import { emitAtOnce } from './emit-at-once.ts';
import { emitBuiltin } from './emit-builtin.ts';
import {
  bindArguments,
  declareLetValue,
  emitDefinitionCall,
  emitLetCall,
  type Form,
  localsOf,
} from './emit-call.ts';
import { emitAnew, emitValue } from './emit-value.ts';
import {
  type Environment,
  environmentOf,
  isAtHome,
  type LetLocal,
  type Local,
  type Macro,
  NO_STATE,
  NO_STATES,
  placeOf,
  substitutionFor,
  withLocals,
} from './environment.ts';
import { LEVEL } from './levels.ts';
import { placeInOwnState } from './own-state.ts';
import type { Unit } from './unit.ts';

const VALUE: Form = { name: 'value', emit: emitValue, uses: usesOfValue };

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
  const override = contexts.overrideOf(reference, environment);
  if (override !== undefined && override.target !== target) {
    return meaningOf(unit, override, environmentOf(contexts.root, environment));
  }
  if (target.kind === 'builtin') return { kind: 'builtin', name: target.name };
  if (target.kind === 'definition') {
    const local = place.scope.get(target);
    if (local?.kind === 'let') return { kind: 'let', local };
    const value = contexts.valueOf(target, reference.via, environment);
    if (value !== undefined) return { kind: 'constant', name: value };
    return { kind: 'definition', definition: target, place };
  }
  const own = placeInOwnState(target, place);
  if (own !== undefined) return { kind: 'variable', name: target.name, index: own };
  const macro = substitutionFor(target, place.context);
  if (macro !== undefined) {
    return { kind: 'macro', argument: macro.argument, place: placeOf(macro, environment) };
  }
  return target.kind === 'variable'
    ? { kind: 'variable', name: target.name, index: unit.variableIndex(target.name) }
    : { kind: 'constant', name: target.name };
}

function meaningOfLocal(local: Local | undefined, environment: Environment, name: string): Meaning {
  if (local === undefined) throw new RangeError(`the name ${name} is not in scope`);
  if (local.kind === 'macro') {
    return { kind: 'macro', argument: local.argument, place: placeOf(local, environment) };
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
      return emitLetCall(unit, VALUE, meaning.local, environment, inside, argumentsPlace);
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
  return emitDefinitionCall(unit, VALUE, definition, place, inside, argumentsPlace);
}

function emitConstantDefinition(unit: Unit, definition: Definition, place: Environment): string | undefined {
  const { body } = definition;
  if (body.kind === 'string' || body.kind === 'number' || body.kind === 'boolean') {
    return emitValue(unit, body, place);
  }
  if (place.context.isOpen || unit.levels.ofDefinition(definition, place) !== LEVEL.constant)
    return undefined;
  const clean = environmentOf(place.context, NO_STATES, definition.module);
  const value = () => `computedOnce(${emitAnew(unit, definition.body, clean)})`;
  return `${unit.constant(definition.body, place.context.id, value)}()`;
}

/** An argument as a Lazy or, where that costs and risks nothing, as its value; an operator as a function of such. */
export function emitLazyArgument(unit: Unit, argument: Argument, environment: Environment): string {
  if (!isExpression(argument)) return emitOperator(unit, argument, environment);
  const direct = emitWithoutRisk(unit, argument, environment);
  if (direct !== undefined) return direct;
  const lazy = `new Lazy(() => ${emitValue(unit, argument, environment)})`;
  const now = emitAtOnce(unit, argument, environment);
  return now === undefined ? lazy : `(${now} ?? ${lazy})`;
}

function emitWithoutRisk(unit: Unit, expression: Expression, environment: Environment): string | undefined {
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
      if (!isAtHome(local, environment) || local.definition.parameters.length > 0) return undefined;
      return `new Lazy(${declareLetValue(unit, VALUE, local)})`;
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
    const { locals, names } = localsOf(unit, argument.parameters, new Set());
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
  const { locals, names } = localsOf(unit, parameters, new Set());
  const inside = parameters.map((parameter): Expression => {
    return { kind: 'reference', reference: { target: parameter, via: [] }, span: argument.span };
  });
  const place = withLocals(environment, locals);
  return `((${names.join(', ')}) => ${emitCall(unit, argument.reference, place, inside, place)})`;
}
