import type { Expression, ExpressionOf } from '../syntax/ast.ts';
import type { Span } from '../syntax/span.ts';
import { behindName } from './assigned-variable.ts';
import { meaningOf } from './emit-use.ts';
import { primed } from './emit-value.ts';
import type { Environment } from './environment.ts';
import type { Unit } from './unit.ts';

/** UNCHANGED of a part of what an UNCHANGED is about. */
export interface UnchangedPart {
  readonly expression: ExpressionOf<'unchanged'>;
  readonly environment: Environment;
  /** The index of the variable that the part is; undefined if it is another expression. */
  readonly variable: number | undefined;
}

/**
 * The formulas that UNCHANGED of a tuple is the conjunction of, through the definitions that stand for tuples, as TLC
 * takes it apart.
 *
 * @param span where the operand stands in the formula: what it is made of may stand elsewhere
 */
export function partsOfUnchanged(
  unit: Unit,
  operand: Expression,
  environment: Environment,
  span?: Span,
): readonly UnchangedPart[] {
  if (operand.kind === 'tuple')
    return operand.items.flatMap((item) => partsOfUnchanged(unit, item, environment, span));
  const expression = { kind: 'unchanged', operand, span: span ?? operand.span } as const;
  const whole = { expression, environment, variable: undefined };
  if (operand.kind !== 'reference') return [whole];
  const meaning = meaningOf(unit, operand.reference, environment);
  if (meaning.kind === 'variable') return [{ ...whole, variable: meaning.index }];
  const after = meaningOf(unit, operand.reference, primed(environment));
  if (after.kind === 'variable') return [{ ...whole, variable: after.index }];
  const meant = behindName(unit, operand.reference, environment);
  return meant === undefined
    ? [whole]
    : partsOfUnchanged(unit, meant.expression, meant.place, expression.span);
}
