import type { Argument, Definition, Expression, Parameter } from '../syntax/ast.ts';
import { isExpression } from './children.ts';
import { assignedBy } from './emit-assignment.ts';
import { type ActionMode, type Environment, environmentOf, type Macro, NO_STATES } from './environment.ts';
import type { Unit } from './unit.ts';

/**
 * The parameters of a recursive action that are given variables to assign, with the places of these. They are put in, so
 * that there is a function for each choice of variables: there are few, where there is no end to the depth of the calls.
 */
export type GivenVariables = ReadonlyMap<Parameter, number>;

export const NO_VARIABLES: GivenVariables = new Map();

export function givenVariables(
  unit: Unit,
  definition: Definition,
  home: Environment,
  inside: readonly Argument[],
  argumentsPlace: Environment,
  mode: ActionMode,
): GivenVariables {
  if (!definition.isRecursive || home.context.isOpen || argumentsPlace.context.isOpen) return NO_VARIABLES;
  const assignable = unit.parameters.assignableParameters(definition);
  const given = new Map<Parameter, number>();
  for (const [index, parameter] of definition.parameters.entries()) {
    const argument = inside[index];
    if (argument === undefined || !isExpression(argument) || !assignable.has(parameter)) continue;
    const variable = assignedBy(unit, argument, argumentsPlace, mode);
    if (variable !== undefined) given.set(parameter, variable);
  }
  return given;
}

/** Tells the functions of a definition apart. */
export function keyOfVariables(definition: Definition, given: GivenVariables): string {
  return definition.parameters.map((parameter) => given.get(parameter) ?? '').join();
}

/** What a parameter stands for that is given a variable. */
export function localOfVariable(unit: Unit, parameter: Parameter, variable: number, mode: ActionMode): Macro {
  const { span } = parameter;
  const reference = { target: unit.contexts.variableAt(variable), via: [] };
  const read: Expression = { kind: 'reference', reference, span };
  const argument: Expression = mode === 'next' ? { kind: 'prime', operand: read, span } : read;
  return { kind: 'macro', argument, environment: environmentOf(unit.contexts.root, NO_STATES) };
}
