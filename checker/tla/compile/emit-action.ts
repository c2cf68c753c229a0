import type { Argument, Definition, Expression, ExpressionOf } from '../syntax/ast.ts';
import { allUses, type Call } from './argument-passing.ts';
import { emitActionCall, emitLetAction } from './emit-action-call.ts';
import { emitAppliedFunction } from './emit-applied-function.ts';
import { assignedBy, emitAssignment, emitChoice, emitSettled, emitUnchanged } from './emit-assignment.ts';
import { bindArguments } from './emit-call.ts';
import { chosen } from './emit-choice.ts';
import { emitCondition } from './emit-condition.ts';
import {
  emitDirectly,
  emitLaterConjunct,
  isCondition,
  isDirect,
  joinedConjuncts,
} from './emit-conjunction.ts';
import { emitLetStatements } from './emit-let.ts';
import { emitQuantifiedAction } from './emit-quantified-action.ts';
import { type Meaning, meaningOf } from './emit-use.ts';
import { emitArms, emitBoolean, located } from './emit-value.ts';
import { type ActionMode, type Environment, withLocals } from './environment.ts';
import { LEVEL } from './levels.ts';
import { enabling } from './own-state.ts';
import { type Rest, sharing } from './rest.ts';
import type { Unit } from './unit.ts';

/**
 * An action as JavaScript statements that assign the next state's variables and run `rest` for each way in which
 * the action is possible, in TLC's order (tlc2.tool.Tool.getNextStates). In mode `init` it assigns the unprimed
 * variables of an initial state in the same manner.
 */
export function emitAction(
  unit: Unit,
  expression: Expression,
  environment: Environment,
  mode: ActionMode,
  rest: Rest,
): string {
  const action = (inner: Expression, after: Rest): string =>
    emitAction(unit, inner, environment, mode, after);
  if (isCondition(unit, expression, environment, mode))
    return emitCondition(unit, expression, environment, rest);
  if (isDirect(unit, expression, environment, mode)) return emitDirectly(unit, expression, environment, rest);
  switch (expression.kind) {
    case 'conjunction':
      return joinedConjuncts(unit, expression, environment, mode).reduceRight<Rest>(
        (after, item, index) => () =>
          index === 0 ? action(item, after) : emitLaterConjunct(unit, item, environment, mode, after),
        rest,
      )();
    case 'disjunction':
      return sharing(unit, rest, (after) =>
        expression.items.map((item) => `{ ${action(item, after)} }`).join('\n'),
      );
    case 'if':
      return sharing(unit, rest, (after) => {
        const holds = emitBoolean(unit, expression.condition, environment);
        const condition = chosen(unit, expression.condition, environment, holds);
        return `if (${condition}) { ${action(expression.consequence, after)} } else { ${action(expression.alternative, after)} }`;
      });
    case 'case':
      return emitCaseAction(unit, expression, environment, mode, rest);
    case 'let':
      return `{ ${emitLetStatements(unit, expression, environment, (inside) =>
        emitAction(unit, expression.body, inside, mode, rest),
      )} }`;
    case 'quantified':
      return emitQuantifiedAction(unit, expression, environment, mode, rest);
    case 'reference':
      return emitActionUse(unit, expression, [], environment, mode, rest);
    case 'apply':
      return emitActionUse(unit, expression, expression.arguments, environment, mode, rest);
    case 'application':
      return sharing(
        unit,
        rest,
        (after) =>
          emitAppliedFunction(
            unit,
            expression,
            environment,
            (body, inside, then) => emitAction(unit, body, inside, mode, then),
            after,
          ) ?? emitCondition(unit, expression, environment, after),
      );
    case 'unchanged':
      return mode === 'next'
        ? emitUnchanged(unit, expression.operand, environment, rest)
        : emitCondition(unit, expression, environment, rest);
    case 'action-or-stutter':
      return emitActionOrStutter(unit, expression, environment, mode, rest);
    case 'within': {
      const place = unit.contexts.inside(expression, environment);
      return emitAction(unit, expression.body, place, mode, rest);
    }
    default:
      return emitCondition(unit, expression, environment, rest);
  }
}

function emitCaseAction(
  unit: Unit,
  expression: ExpressionOf<'case'>,
  environment: Environment,
  mode: ActionMode,
  rest: Rest,
): string {
  return sharing(unit, rest, (after) => {
    const { declarations, conditions } = emitArms(unit, expression, environment);
    const arms = expression.arms.map(
      (arm, index) =>
        `if (${conditions[index]}) { ${emitAction(unit, arm.value, environment, mode, after)} } else `,
    );
    const other =
      expression.other === undefined
        ? `${located(unit, expression, 'noArm()')};`
        : `{ ${emitAction(unit, expression.other, environment, mode, after)} }`;
    return declarations + arms.join('') + other;
  });
}

function emitActionOrStutter(
  unit: Unit,
  expression: ExpressionOf<'action-or-stutter'>,
  environment: Environment,
  mode: ActionMode,
  rest: Rest,
): string {
  const { action, subscript, span } = expression;
  const stutter: Expression = { kind: 'unchanged', operand: subscript, span };
  if (expression.form === 'box') {
    return sharing(
      unit,
      rest,
      (after) =>
        `{ ${emitAction(unit, action, environment, mode, after)} }\n{ ${emitAction(unit, stutter, environment, mode, after)} }`,
    );
  }
  return emitAction(
    unit,
    action,
    environment,
    mode,
    () => `if (!${emitBoolean(unit, stutter, environment)}) { ${rest()} }`,
  );
}

function emitActionUse(
  unit: Unit,
  expression: ExpressionOf<'reference'> | ExpressionOf<'apply'>,
  inside: readonly Argument[],
  environment: Environment,
  mode: ActionMode,
  rest: Rest,
): string {
  const meaning = meaningOf(unit, expression.reference, environment);
  switch (meaning.kind) {
    case 'builtin':
      return emitBuiltinAction(unit, expression, meaning.name, inside, environment, mode, rest);
    case 'definition':
      // TLC computes such a definition once, before it begins: that is one way, however it is written.
      return isConstant(unit, meaning.definition, meaning.place)
        ? emitCondition(unit, expression, environment, rest)
        : emitActionCall(
            unit,
            { ...callOf(meaning, inside, environment), isSeparate: unit.isSeparate(expression) },
            mode,
            rest,
          );
    case 'let':
      return emitLetAction(unit, meaning.local, inside, environment, mode, rest, unit.isSeparate(expression));
    case 'macro':
      return emitMacroAction(unit, expression, meaning, inside, environment, mode, rest);
    default:
      return emitCondition(unit, expression, environment, rest);
  }
}

function callOf(
  { definition, place }: Extract<Meaning, { kind: 'definition' }>,
  inside: readonly Argument[],
  argumentsPlace: Environment,
): Call {
  return { definition, home: place, inside, argumentsPlace };
}

function isConstant(unit: Unit, definition: Definition, place: Environment): boolean {
  return definition.parameters.length === 0 && unit.levels.ofDefinition(definition, place) === LEVEL.constant;
}

/** What was passed: its names are read where it was passed, its arguments where it is used. */
function emitMacroAction(
  unit: Unit,
  expression: Expression,
  { argument, place }: Extract<Meaning, { kind: 'macro' }>,
  inside: readonly Argument[],
  environment: Environment,
  mode: ActionMode,
  rest: Rest,
): string {
  if (argument.kind === 'lambda') {
    const bound = bindArguments(unit, argument.parameters, inside, environment, {
      ...allUses(argument.parameters),
      makesDraft: true,
      takesWays: true,
    });
    const body = emitAction(unit, argument.body, withLocals(place, bound.locals), mode, rest);
    return `{ ${bound.declarations}${body} }`;
  }
  if (argument.kind !== 'operator') return emitAction(unit, argument, place, mode, rest);
  const meaning = meaningOf(unit, argument.reference, place);
  switch (meaning.kind) {
    case 'definition':
      return emitActionCall(unit, callOf(meaning, inside, environment), mode, rest);
    case 'let':
      return emitLetAction(unit, meaning.local, inside, environment, mode, rest);
    case 'macro':
      return emitMacroAction(unit, expression, meaning, inside, environment, mode, rest);
    default:
      return emitCondition(unit, expression, environment, rest);
  }
}

function emitBuiltinAction(
  unit: Unit,
  expression: Expression,
  name: string,
  inside: readonly Argument[],
  environment: Environment,
  mode: ActionMode,
  rest: Rest,
): string {
  const [left, right] = inside;
  if (left === undefined || right === undefined || left.kind === 'operator' || left.kind === 'lambda') {
    return emitCondition(unit, expression, environment, rest);
  }
  if (right.kind === 'operator' || right.kind === 'lambda')
    return emitCondition(unit, expression, environment, rest);
  if (name === '=>') {
    return sharing(
      unit,
      rest,
      (after) =>
        `if (${emitBoolean(unit, left, environment)}) { ${emitAction(unit, right, environment, mode, after)} } else { ${after()} }`,
    );
  }
  const variable = name === '=' || name === '\\in' ? assignedBy(unit, left, environment, mode) : undefined;
  if (variable === undefined) return emitCondition(unit, expression, environment, rest);
  return name === '='
    ? emitAssignment(
        unit,
        expression,
        variable,
        emitSettled(unit, right, environment),
        environment,
        mode,
        rest,
      )
    : emitChoice(unit, expression, variable, right, environment, mode, rest);
}

/** ENABLED: whether the action has a successor, tried on a state of its own. */
export function emitActionSearch(unit: Unit, action: Expression, environment: Environment): string {
  const next = unit.fresh('next');
  const found = unit.fresh('found');
  const context = enabling(unit.contexts, environment.context, next);
  const body = emitAction(
    unit,
    action,
    { ...environment, context, next, draft: next },
    'next',
    () => `${found}();`,
  );
  const search = `isPossible((${found}) => { const ${next} = []; ${body} })`;
  // What it tries on the way is no part of the action that asks; and since it ends at the first successor, it leaves no call.
  const { conditions, calls } = unit.instrumentation;
  return conditions || calls ? `host.untold(() => ${search})` : search;
}
