import type { Expression, Reference } from '../syntax/ast.ts';
import { isExpression } from './children.ts';
import { meaningOf } from './emit-use.ts';
import { type Environment, inStatesOf, insideDefinition } from './environment.ts';
import type { Unit } from './unit.ts';

/** What a name without arguments stands for: the parameter, the name of a LET or of a module. */
export function behindName(
  unit: Unit,
  reference: Reference,
  environment: Environment,
): { readonly expression: Expression; readonly place: Environment } | undefined {
  const meaning = meaningOf(unit, reference, environment);
  switch (meaning.kind) {
    case 'macro':
      return isExpression(meaning.argument)
        ? { expression: meaning.argument, place: meaning.place }
        : undefined;
    case 'let': {
      const { definition, environment: home } = meaning.local;
      if (definition.parameters.length > 0) return undefined;
      return { expression: definition.body, place: inStatesOf(home, environment) };
    }
    case 'definition': {
      const { definition, place } = meaning;
      if (definition.parameters.length > 0) return undefined;
      return { expression: definition.body, place: insideDefinition(definition, place) };
    }
    default:
      return undefined;
  }
}

/** The index of the variable that an expression is, through whatever names it has. */
export function variableBehind(
  unit: Unit,
  expression: Expression,
  environment: Environment,
): number | undefined {
  if (expression.kind !== 'reference') return undefined;
  const meaning = meaningOf(unit, expression.reference, environment);
  if (meaning.kind === 'variable') return meaning.index;
  const meant = behindName(unit, expression.reference, environment);
  return meant === undefined ? undefined : variableBehind(unit, meant.expression, meant.place);
}
