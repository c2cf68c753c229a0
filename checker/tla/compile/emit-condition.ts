import type { Expression } from '../syntax/ast.ts';
import { partsOfCondition } from './condition-parts.ts';
import { emitAccount } from './emit-account.ts';
import type { Operand } from './emit-operands.ts';
import { emitBoolean, emitValue } from './emit-value.ts';
import type { Environment } from './environment.ts';
import type { Rest } from './rest.ts';
import type { Unit } from './unit.ts';

/** What comes after runs if the formula is true. */
export function emitCondition(
  unit: Unit,
  expression: Expression,
  environment: Environment,
  rest: Rest,
): string {
  const condition = emitBoolean(unit, expression, environment);
  const account = unit.instrumentation.conditions ? emitAccount(unit, expression, environment) : undefined;
  return `if (${told(unit, expression, environment, condition, { account })}) { ${proceeding(unit, rest)} }`;
}

/** What comes after a condition that was told and holds. */
export function proceeding(unit: Unit, rest: Rest): string {
  return unit.instrumentation.conditions ? `${rest()} host.conditionLeft();` : rest();
}

/** What is told of a condition besides its outcome and the values that it compares. */
interface More {
  /** JavaScript for an account of why it is true or false. */
  readonly account?: string | undefined;
  /** Of an assignment, what the value is computed from. */
  readonly operands?: readonly Operand[];
}

/** With probes, every condition is told with its outcome, and how to compute the values that it compares. */
export function told(
  unit: Unit,
  expression: Expression,
  environment: Environment,
  condition: string,
  { account, operands = [] }: More = {},
): string {
  if (unit.instrumentation.counts) {
    return `host.count(${unit.site({ expression, definition: unit.definitionName, parts: [] })}, ${condition})`;
  }
  if (!unit.instrumentation.conditions) return condition;
  const parts = partsOfCondition(expression);
  const site = unit.toldSite(
    expression,
    parts,
    operands.map((operand) => operand.expression),
  );
  const values = parts.map((part) => emitValue(unit, part, environment));
  const list = (codes: readonly string[]): string => `[${codes.map((code) => `() => ${code}`).join(', ')}]`;
  const why = account === undefined ? 'undefined' : `() => ${account}`;
  const told = [site, condition, list(values), why, list(operands.map(({ code }) => code))];
  return `host.condition(${told.join(', ')})`;
}
