import type { Argument, Definition, Expression, Parameter } from '../syntax/ast.ts';
import { isBranching } from './branching.ts';
import { isExpression } from './children.ts';
import type { Environment } from './environment.ts';
import { LEVEL } from './levels.ts';
import type { PrimingOperators } from './primed-parameters.ts';
import type { Unit } from './unit.ts';

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

/** With probes, a formula that is handed on is put in where it is used: there it is asked why it is true or false. */
export function usesWithProbes(unit: Unit, { definition, inside }: Call, uses: BodyUses): BodyUses {
  if (!unit.instrumentation.conditions || definition.isRecursive) return uses;
  const formulas = definition.parameters.filter((_, index) => {
    const argument = inside[index];
    return argument !== undefined && isExpression(argument) && unit.forms.isBoolean(argument);
  });
  return formulas.length === 0 ? uses : { ...uses, primed: new Set([...uses.primed, ...formulas]) };
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

/** How an argument reaches the place where its parameter is used: computed before, as a function, or put in there. */
export type Passing = 'value' | 'function' | 'put-in';

export function passingOf(
  unit: Unit,
  parameter: Parameter,
  argument: Argument,
  place: Environment,
  uses: BodyUses,
): Passing {
  if (dependsOnUse(unit, parameter, argument, place, uses)) return 'put-in';
  return isExpression(argument) ? 'value' : 'function';
}

/** Whether what the argument says depends on the states of the place where its parameter is used, or on what that assigns. */
function dependsOnUse(
  unit: Unit,
  parameter: Parameter,
  argument: Argument,
  place: Environment,
  { primed, assignable, makesDraft, takesWays }: BodyUses,
): boolean {
  if (makesDraft === true && unit.levels.readsDraft(argument, place)) return true;
  const level = unit.levels.ofArgument(argument, place);
  if (level > LEVEL.constant && primed.has(parameter)) return true;
  if (level >= LEVEL.action) return !isExpression(argument) || assignable.has(parameter);
  return takesWays === true && assignable.has(parameter) && hasWays(unit, argument, place);
}

/** Whether some argument of a call is put in, so that the body must be, too: a function could not take it. */
export function needsExpansion(
  unit: Unit,
  { definition, inside, argumentsPlace }: Call,
  uses: BodyUses,
): boolean {
  return definition.parameters.some((parameter, index) => {
    const argument = inside[index];
    return argument !== undefined && passingOf(unit, parameter, argument, argumentsPlace, uses) === 'put-in';
  });
}

/** A condition that is true in several ways is so as an argument too. */
function hasWays(unit: Unit, argument: Argument, place: Environment): boolean {
  if (isExpression(argument)) return isBranching(unit, argument, place) && !isKnownValue(argument, place);
  if (argument.kind === 'lambda') return unit.forms.isBranching(argument.body);
  const { target } = argument.reference;
  return target.kind === 'definition' && unit.forms.isBranching(target.body);
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
