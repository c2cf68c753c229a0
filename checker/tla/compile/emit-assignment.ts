import type { Expression } from '../syntax/ast.ts';
import { behindName, variableBehind } from './assigned-variable.ts';
import { isExpression } from './children.ts';
import { emitCondition, proceeding, told } from './emit-condition.ts';
import { emitOperands, type Operand } from './emit-operands.ts';
import { emitValue, located, locatedAt, primed } from './emit-value.ts';
import type { ActionMode, Environment } from './environment.ts';
import { type Rest, sharing } from './rest.ts';
import { partsOfUnchanged } from './unchanged-parts.ts';
import type { Unit } from './unit.ts';

/** The index of the variable that `x' = ..` (or `x = ..` in an initial predicate) assigns. */
export function assignedBy(
  unit: Unit,
  left: Expression,
  environment: Environment,
  mode: ActionMode,
): number | undefined {
  if (mode === 'init') return variableBehind(unit, left, environment);
  if (left.kind === 'prime') return variableBehind(unit, left.operand, primed(environment));
  if (left.kind !== 'reference') return undefined;
  const meant = behindName(unit, left.reference, environment);
  return meant === undefined ? undefined : assignedBy(unit, meant.expression, meant.place, mode);
}

/** Where the value of a variable that is assigned stands. */
function slotOf({ next, current }: Environment, mode: ActionMode, variable: number): string {
  return `${mode === 'next' ? next : current}[${variable}]`;
}

/**
 * What a variable is to be. A value of which parts are found only when they are needed must not look at the state that
 * is being made later, when that is another.
 */
export function emitSettled(unit: Unit, expression: Expression, environment: Environment): string {
  return settled(unit, expression, environment, emitValue(unit, expression, environment));
}

function settled(unit: Unit, expression: Expression, environment: Environment, value: string): string {
  return unit.levels.readsDraft(expression, environment) ? `normalise(${value})` : value;
}

/** The first conjunct about a variable assigns it, a later one compares; what is done is undone behind `rest`. */
export function emitAssignment(
  unit: Unit,
  expression: Expression,
  variable: number,
  value: string,
  environment: Environment,
  mode: ActionMode,
  rest: Rest,
): string {
  const slot = slotOf(environment, mode, variable);
  const before = unit.fresh('before');
  const after = unit.fresh('value');
  const operands = unit.instrumentation.conditions ? operandsOf(unit, expression, environment) : [];
  const isSame = `${before} === undefined || ${located(unit, expression, `equal(${before}, ${after})`)}`;
  const agrees = told(unit, expression, environment, isSame, { operands });
  return [
    `const ${before} = ${slot};`,
    `const ${after} = ${located(unit, expression, value)};`,
    `if (${before} === undefined) ${slot} = ${after};`,
    `if (${agrees}) { ${proceeding(unit, rest)} }`,
    `${slot} = ${before};`,
  ].join('\n');
}

function operandsOf(unit: Unit, expression: Expression, environment: Environment): readonly Operand[] {
  const [, right] = expression.kind === 'apply' ? expression.arguments : [];
  return right !== undefined && isExpression(right) ? emitOperands(unit, right, environment) : [];
}

/** x' \in S: a way for each element, or a test where x' has its value already. */
export function emitChoice(
  unit: Unit,
  expression: Expression,
  variable: number,
  set: Expression,
  environment: Environment,
  mode: ActionMode,
  rest: Rest,
): string {
  const slot = slotOf(environment, mode, variable);
  const before = unit.fresh('before');
  const choices = unit.fresh('choices');
  const element = unit.fresh('element');
  return sharing(unit, rest, (after) =>
    [
      `const ${before} = ${slot};`,
      `const ${choices} = ${located(unit, expression, emitValue(unit, set, environment))};`,
      `if (${before} === undefined) {`,
      `for (const ${element} of ${locatedAt(unit, set, `elements(${choices})`)}) { ${slot} = ${settled(unit, set, environment, element)}; ${after()} }`,
      `${slot} = undefined;`,
      `} else if (${told(unit, expression, environment, located(unit, expression, `isMember(${before}, ${choices})`))}) { ${proceeding(unit, after)} }`,
    ].join('\n'),
  );
}

/** UNCHANGED e: the assignments and comparisons that it is the conjunction of. */
export function emitUnchanged(unit: Unit, operand: Expression, environment: Environment, rest: Rest): string {
  return partsOfUnchanged(unit, operand, environment).reduceRight<Rest>(
    (after, { expression, environment: place, variable }) =>
      () => {
        if (variable === undefined) return emitCondition(unit, expression, place, after);
        const value = emitValue(unit, expression.operand, place);
        return emitAssignment(unit, expression, variable, value, place, 'next', after);
      },
    rest,
  )();
}
