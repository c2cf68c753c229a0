import type { Expression, ExpressionOf } from '../syntax/ast.ts';
import { isBranching } from './branching.ts';
import { emitAction } from './emit-action.ts';
import { emitCondition } from './emit-condition.ts';
import { emitDirect } from './emit-direct.ts';
import type { ActionMode, Environment } from './environment.ts';
import { LEVEL } from './levels.ts';
import { variablesOfNext } from './own-state.ts';
import { type Rest, sharing } from './rest.ts';
import type { Unit } from './unit.ts';

/** Whether a formula can only be tested: it assigns nothing, and is true in at most one way. */
export function isCondition(
  unit: Unit,
  expression: Expression,
  environment: Environment,
  mode: ActionMode,
): boolean {
  const level = unit.levels.of(expression, environment);
  if (level === LEVEL.action || (mode === 'init' && level === LEVEL.state)) return false;
  // A diagnosis is told each conjunct by itself; but what is true in several ways is one condition, and none of its ways
  // by itself is what an action needs.
  if (unit.instrumentation.conditions)
    return unit.forms.isBranching(expression) && !isConjunctive(expression);
  return !isBranching(unit, expression, environment);
}

/** Whether a formula is a conjunction, by whatever name. */
function isConjunctive(expression: Expression): boolean {
  switch (expression.kind) {
    case 'conjunction':
      return true;
    case 'let':
    case 'within':
      return isConjunctive(expression.body);
    case 'reference':
    case 'apply': {
      const { target } = expression.reference;
      return target.kind === 'definition' && !target.isRecursive && isConjunctive(target.body);
    }
    default:
      return false;
  }
}

/** Whether an action can be taken in at most one way. Probes need to see every condition on its own. */
export function isDirect(
  unit: Unit,
  expression: Expression,
  environment: Environment,
  mode: ActionMode,
): boolean {
  const { conditions, calls, counts } = unit.instrumentation;
  if (mode !== 'next' || conditions || calls || counts) return false;
  return !isBranching(unit, expression, environment);
}

/** The conjuncts; those that follow each other and can be taken in at most one way are one, and undone as one. */
export function joinedConjuncts(
  unit: Unit,
  conjunction: ExpressionOf<'conjunction'>,
  environment: Environment,
  mode: ActionMode,
): readonly Expression[] {
  const joined: [Expression, ...Expression[]][] = [];
  let isOpen = false;
  for (const item of conjunction.items) {
    const canBeJoined = isDirect(unit, item, environment, mode);
    if (isOpen && canBeJoined) joined.at(-1)?.push(item);
    else {
      joined.push([item]);
      isOpen = canBeJoined && !isCondition(unit, item, environment, mode);
    }
  }
  return joined.map((items) => (items.length === 1 ? items[0] : { ...conjunction, items }));
}

/**
 * A conjunct after the first. Where every variable has its value already, TLC only evaluates what is left: however
 * many ways there are for it to be true, they are one state (tlc2.tool.Tool.getNextStatesAllAssigned).
 *
 * @param isLater JavaScript that is true unless it is the first after all
 */
export function emitLaterConjunct(
  unit: Unit,
  expression: Expression,
  environment: Environment,
  mode: ActionMode,
  rest: Rest,
  isLater = 'true',
): string {
  // A diagnosis asks for every condition by itself, and not for how many states there are.
  if (unit.instrumentation.conditions || !isBranching(unit, expression, environment))
    return emitAction(unit, expression, environment, mode, rest);
  const draft = mode === 'next' ? environment.next : environment.current;
  return sharing(unit, rest, (after) =>
    [
      `if (${isLater} && isComplete(${draft}, ${variablesOfNext(unit.contexts, environment)})) { ${emitCondition(unit, expression, environment, after)} }`,
      `else { ${emitAction(unit, expression, environment, mode, after)} }`,
    ].join('\n'),
  );
}

/** An action that can be taken in at most one way, and what comes after; what it assigned is put back. */
export function emitDirectly(
  unit: Unit,
  expression: Expression,
  environment: Environment,
  rest: Rest,
): string {
  const before = unit.fresh('before');
  return [
    `const ${before} = ${environment.next}.slice();`,
    `if (${emitDirect(unit, expression, environment)}) { ${rest()} }`,
    `restore(${environment.next}, ${before});`,
  ].join('\n');
}
