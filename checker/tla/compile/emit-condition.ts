import type { Expression } from '../syntax/ast.ts';
import { partsOfCondition } from './condition-parts.ts';
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
  return `if (${told(unit, expression, environment, condition)}) { ${rest()} }`;
}

/** With probes, every condition is told with its outcome, and how to compute the values that it compares. */
export function told(
  unit: Unit,
  expression: Expression,
  environment: Environment,
  condition: string,
): string {
  if (unit.instrumentation.counts) {
    return `host.count(${unit.site({ expression, definition: unit.definitionName, parts: [] })}, ${condition})`;
  }
  if (!unit.instrumentation.conditions) return condition;
  const parts = partsOfCondition(expression);
  const site = unit.site({ expression, definition: unit.definitionName, parts });
  const values = parts.map((part) => `() => ${emitValue(unit, part, environment)}`);
  return `host.condition(${site}, ${condition}, [${values.join(', ')}])`;
}
