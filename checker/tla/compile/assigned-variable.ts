import type { Expression } from '../syntax/ast.ts';
import { isExpression } from './children.ts';
import { meaningOf } from './emit-use.ts';
import { type Environment, inStatesOf } from './environment.ts';
import type { Unit } from './unit.ts';

/** The index of the variable that an expression is, through the names of parameters and of instances. */
export function variableBehind(
  unit: Unit,
  expression: Expression,
  environment: Environment,
): number | undefined {
  if (expression.kind !== 'reference') return undefined;
  const meaning = meaningOf(unit, expression.reference, environment);
  if (meaning.kind === 'variable') return meaning.index;
  if (meaning.kind === 'let') {
    // TLC looks through the names of a LET, but not through those of a module (tlc2.tool.Tool.getVar).
    const { definition, environment: home } = meaning.local;
    if (definition.parameters.length > 0) return undefined;
    return variableBehind(unit, definition.body, inStatesOf(home, environment));
  }
  if (meaning.kind !== 'macro' || !isExpression(meaning.argument)) return undefined;
  return variableBehind(unit, meaning.argument, meaning.place);
}
