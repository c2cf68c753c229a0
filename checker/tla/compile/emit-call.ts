import type { Argument, Definition, Expression, Parameter } from '../syntax/ast.ts';
import { isExpression } from './children.ts';
import { emitReturn } from './emit-let.ts';
import { emitLazyArgument } from './emit-use.ts';
import { emitValue } from './emit-value.ts';
import {
  type Environment,
  environmentOf,
  inStatesOf,
  insideDefinition,
  type LetLocal,
  type Local,
  withLocals,
} from './environment.ts';
import { LEVEL } from './levels.ts';
import type { PrimingOperators } from './primed-parameters.ts';
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
  const name = definitionFunction(unit, form, definition, place);
  const passed = emitArguments(unit, definition, inside, argumentsPlace);
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
  const call: Call = { definition, home: placeOfLet(local, user), inside, argumentsPlace };
  const uses = form.uses(unit, call);
  if (!isAtHome(local, user) || needsExpansion(unit, call, uses))
    return emitExpansion(unit, form, call, uses);
  const name = declareLetValue(unit, form, local);
  return `${name}(${emitArguments(unit, definition, inside, argumentsPlace).join(', ')})`;
}

/** Whether a LET's definition is read in the states in which the LET stands. */
export function isAtHome(local: LetLocal, user: Environment): boolean {
  return local.environment.current === user.current && local.environment.next === user.next;
}

export function placeOfLet(local: LetLocal, user: Environment): Environment {
  return inStatesOf(local.environment, user);
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
    local.declarations.push(
      unit.levels.readsDraft(definition.body, local.environment)
        ? `const ${name} = () => ${body};`
        : `let ${kept}; const ${name} = () => ${kept} ?? (${kept} = ${body});`,
    );
  } else {
    const { locals, names } = parameterLocals(unit, definition);
    const body = emitReturn(unit, definition.body, withLocals(local.environment, locals), form.emit);
    local.declarations.push(`const ${name} = (${names.join(', ')}) => { ${body} };`);
  }
  return name;
}

function definitionFunction(unit: Unit, form: Form, definition: Definition, place: Environment): string {
  const key = `${form.name}:${unit.contexts.idOf(definition)}:${place.context.id}`;
  return unit.hoist(key, definition.name, (name) => {
    const { locals, names } = parameterLocals(unit, definition);
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
): string[] {
  const strict = unit.parameters.strictParameters(definition);
  return definition.parameters.map((parameter, index) => {
    const argument = inside[index];
    if (argument === undefined) throw new RangeError(`${definition.name} lacks an argument`);
    return strict.has(parameter) && isExpression(argument)
      ? emitValue(unit, argument, argumentsPlace)
      : emitLazyArgument(unit, argument, argumentsPlace);
  });
}

/** How the parameters of a definition's function are read, and their JavaScript names. */
export function parameterLocals(unit: Unit, definition: Definition): ParameterLocals {
  return localsOf(unit, definition.parameters, unit.parameters.strictParameters(definition));
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
export interface BodyUses {
  readonly primed: ReadonlySet<Parameter>;
  readonly assignable: ReadonlySet<Parameter>;
  /** Whether the body assigns while it goes on, so that what depends on the state that is made has no one value. */
  readonly makesDraft?: boolean;
  /** Whether an argument may be a condition that is true in several ways. */
  readonly takesWays?: boolean;
}

/** Of a body of which nothing is known. */
export function allUses(parameters: readonly Parameter[]): BodyUses {
  return { primed: new Set(parameters), assignable: new Set(parameters) };
}

/** A use of a definition. */
export interface Call {
  readonly definition: Definition;
  /** Where its body is read. */
  readonly home: Environment;
  readonly inside: readonly Argument[];
  /** Where the arguments were written. */
  readonly argumentsPlace: Environment;
  /** Whether the arguments are computed before the call, as TLC does while it takes Next apart. */
  readonly isSeparate?: boolean;
}

/** Of a call for a value: that assigns nothing, whatever it is the value of. */
export function usesOfValue(unit: Unit, call: Call): BodyUses {
  return { primed: primedBy(unit, call), assignable: NO_PARAMETERS };
}

/** Of a call that may assign, in one way at most. What is handed to a recursive definition is a value to it. */
export function usesOfDirect(unit: Unit, call: Call): BodyUses {
  const { definition } = call;
  if (definition.isRecursive) return usesOfValue(unit, call);
  return { primed: primedBy(unit, call), assignable: unit.parameters.assignableParameters(definition) };
}

/** Of a call of an action. */
export function usesOfAction(unit: Unit, call: Call): BodyUses {
  const makesDraft = !call.definition.isRecursive;
  return { ...usesOfDirect(unit, call), makesDraft, takesWays: makesDraft && call.isSeparate !== true };
}

function primedBy(unit: Unit, { definition, home, inside, argumentsPlace }: Call): ReadonlySet<Parameter> {
  // What is handed on to an operator is primed if that primes it.
  return inside.some((argument) => primesItsArguments(unit, argument, argumentsPlace))
    ? new Set(definition.parameters)
    : unit.parameters.primed.of(definition, primingIn(unit, home));
}

const NO_PARAMETERS: ReadonlySet<Parameter> = new Set();

function primesItsArguments(unit: Unit, argument: Argument, place: Environment): boolean {
  if (isExpression(argument)) return false;
  return unit.parameters.primed.primesItsArguments(argument, primingIn(unit, place));
}

/** Of the operators in scope, those that prime. One that is a JavaScript function does not: needsExpansion sees to that. */
function primingIn(unit: Unit, { scope }: Environment): PrimingOperators {
  const priming = new Set<Parameter>();
  for (const [name, local] of scope) {
    if (name.kind !== 'parameter' || name.arity === 0 || local.kind !== 'macro') continue;
    if (primesItsArguments(unit, local.argument, local.environment)) priming.add(name);
  }
  return priming;
}

function isMacro(
  unit: Unit,
  parameter: Parameter,
  argument: Argument,
  place: Environment,
  uses: BodyUses,
): boolean {
  if (!isExpression(argument)) return true;
  if (uses.makesDraft === true && unit.levels.readsDraft(argument, place)) return true;
  const level = unit.levels.of(argument, place);
  // A condition that is true in several ways is so as an argument too.
  const hasWays =
    uses.takesWays === true && unit.forms.isBranching(argument) && !isKnownValue(argument, place);
  return (
    ((level >= LEVEL.action || hasWays) && uses.assignable.has(parameter)) ||
    (level > LEVEL.constant && uses.primed.has(parameter))
  );
}

/** Whether an argument depends on the states of the place where its parameter is used, so that no value can be passed. */
export function needsExpansion(
  unit: Unit,
  { definition, inside, argumentsPlace }: Call,
  uses: BodyUses,
): boolean {
  return inside.some((argument, index) => {
    const parameter = definition.parameters[index];
    if (parameter === undefined) return false;
    if (isExpression(argument)) return isMacro(unit, parameter, argument, argumentsPlace, uses);
    if (uses.makesDraft === true && unit.levels.readsDraft(argument, argumentsPlace)) return true;
    const level = unit.levels.ofArgument(argument, argumentsPlace);
    return (
      level >= LEVEL.action ||
      (level > LEVEL.constant && uses.primed.has(parameter)) ||
      (uses.takesWays === true && uses.assignable.has(parameter) && isBranchingOperator(unit, argument))
    );
  });
}

/** A name whose value is known where it stands, or an item of it. */
function isKnownValue(expression: Expression, { scope }: Environment): boolean {
  const base = expression.kind === 'application' ? expression.function : expression;
  if (base.kind !== 'reference') return false;
  const { target } = base.reference;
  if (target.kind !== 'parameter' && target.kind !== 'bound') return target.kind === 'constant';
  const local = scope.get(target);
  return local?.kind === 'value' && local.action === undefined;
}

function isBranchingOperator(unit: Unit, argument: Argument): boolean {
  if (isExpression(argument)) return unit.forms.isBranching(argument);
  if (argument.kind === 'lambda') return unit.forms.isBranching(argument.body);
  const { target } = argument.reference;
  return target.kind === 'definition' && unit.forms.isBranching(target.body);
}
