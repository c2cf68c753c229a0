import type { Argument, Expression, ExpressionOf } from '../syntax/ast.ts';
import { usesOfDirect } from './argument-passing.ts';
import { isExpression } from './children.ts';
import { functionLiteral, refusedOutside } from './emit-applied-function.ts';
import { assignedBy, emitSettled } from './emit-assignment.ts';
import { emitDefinitionCall, emitLetCall, type Form } from './emit-call.ts';
import { emitLet } from './emit-let.ts';
import { meaningOf } from './emit-use.ts';
import {
  arrow,
  emitArms,
  emitBoolean,
  emitConjunction,
  emitValue,
  insideLoops,
  located,
  loopsOf,
} from './emit-value.ts';
import { type Environment, withLocals } from './environment.ts';
import { LEVEL } from './levels.ts';
import { partsOfUnchanged } from './unchanged-parts.ts';
import type { Unit } from './unit.ts';

/**
 * An action that can be taken in at most one way, as a JavaScript expression: it assigns what the action assigns and
 * is true, or false somewhere on the way. Whoever evaluates it puts back what was assigned. Most of an action is of this
 * kind, and it needs no function for what comes after.
 */
export function emitDirect(unit: Unit, expression: Expression, environment: Environment): string {
  const direct = (inner: Expression): string => emitDirect(unit, inner, environment);
  if (unit.levels.of(expression, environment) < LEVEL.action)
    return emitBoolean(unit, expression, environment);
  switch (expression.kind) {
    case 'conjunction':
      return `(${expression.items.map(direct).join(' && ')})`;
    case 'if':
      return `(${emitBoolean(unit, expression.condition, environment)} ? ${direct(expression.consequence)} : ${direct(expression.alternative)})`;
    case 'case':
      return emitDirectCase(unit, expression, environment);
    case 'let':
      return emitLet(
        unit,
        expression,
        environment,
        (inside) => `return ${emitDirect(unit, expression.body, inside)};`,
      );
    case 'quantified': {
      // Only \A is of this kind.
      const loops = loopsOf(unit, expression.bindings, environment);
      const body = emitDirect(unit, expression.body, insideLoops(environment, loops));
      return loops.reduce((inner, loop) => `every(${loop.set}, ${arrow(loop, inner)})`, body);
    }
    case 'reference':
      return emitDirectUse(unit, expression, [], environment);
    case 'apply':
      return emitDirectUse(unit, expression, expression.arguments, environment);
    case 'unchanged':
      return emitDirectUnchanged(unit, expression.operand, environment);
    case 'action-or-stutter': {
      // Only <<A>>_v is of this kind.
      const stutter: Expression = {
        kind: 'unchanged',
        operand: expression.subscript,
        span: expression.span,
      };
      return `(${direct(expression.action)} && !${emitBoolean(unit, stutter, environment)})`;
    }
    case 'application':
      return emitDirectFunction(unit, expression, environment);
    case 'within':
      return emitDirect(unit, expression.body, unit.contexts.inside(expression, environment));
    default:
      return emitBoolean(unit, expression, environment);
  }
}

/** A function that is applied as an action; a recursive one is not of this kind. */
function emitDirectFunction(
  unit: Unit,
  expression: ExpressionOf<'application'> & Expression,
  environment: Environment,
): string {
  const [index, ...others] = expression.arguments;
  const literal = others.length > 0 ? undefined : functionLiteral(unit, expression.function, environment);
  if (index === undefined || literal?.expression.kind !== 'function')
    return emitBoolean(unit, expression, environment);
  const { name, set, place } = literal;
  const argument = unit.fresh(name.name);
  const domain = unit.fresh('domain');
  const inside = withLocals(place, [[name, { kind: 'value', js: argument }]]);
  const body = emitDirect(unit, literal.expression.body, inside);
  const isInside = located(unit, expression, `isMember(${argument}, ${domain})`);
  const refused = located(unit, expression, refusedOutside(domain, argument));
  return `((${argument}, ${domain}) => ${isInside} ? ${body} : ${refused})(${emitValue(unit, index, environment)}, ${emitValue(unit, set, place)})`;
}

const DIRECT: Form = { name: 'direct', emit: emitDirect, uses: usesOfDirect };

function emitDirectCase(unit: Unit, expression: ExpressionOf<'case'>, environment: Environment): string {
  const { declarations, conditions } = emitArms(unit, expression, environment);
  const otherwise =
    expression.other === undefined
      ? located(unit, expression, 'noArm()')
      : emitDirect(unit, expression.other, environment);
  const arms = expression.arms.map(
    (arm, index) => `${conditions[index]} ? ${emitDirect(unit, arm.value, environment)} : `,
  );
  const value = `(${arms.join('')}${otherwise})`;
  return declarations === '' ? value : `(() => { ${declarations}return ${value}; })()`;
}

function emitDirectUse(
  unit: Unit,
  expression: (ExpressionOf<'reference'> | ExpressionOf<'apply'>) & Expression,
  inside: readonly Argument[],
  environment: Environment,
): string {
  const meaning = meaningOf(unit, expression.reference, environment);
  switch (meaning.kind) {
    case 'builtin':
      return emitDirectBuiltin(unit, expression, meaning.name, inside, environment);
    case 'definition':
      return emitDefinitionCall(unit, DIRECT, meaning.definition, meaning.place, inside, environment);
    case 'let':
      return emitLetCall(unit, DIRECT, meaning.local, environment, inside, environment);
    case 'macro':
      return isExpression(meaning.argument)
        ? emitDirect(unit, meaning.argument, meaning.place)
        : emitBoolean(unit, expression, environment);
    default:
      return emitBoolean(unit, expression, environment);
  }
}

function emitDirectBuiltin(
  unit: Unit,
  expression: Expression,
  name: string,
  inside: readonly Argument[],
  environment: Environment,
): string {
  const [left, right] = inside;
  if (left === undefined || right === undefined || !isExpression(left) || !isExpression(right)) {
    return emitBoolean(unit, expression, environment);
  }
  if (name === '=>') {
    return `(!${emitBoolean(unit, left, environment)} || ${emitDirect(unit, right, environment)})`;
  }
  const variable = name === '=' ? assignedBy(unit, left, environment, 'next') : undefined;
  if (variable === undefined) return emitBoolean(unit, expression, environment);
  return located(
    unit,
    expression,
    `assign(${environment.next}, ${variable}, ${emitSettled(unit, right, environment)})`,
  );
}

function emitDirectUnchanged(unit: Unit, operand: Expression, environment: Environment): string {
  return emitConjunction(
    partsOfUnchanged(unit, operand, environment).map(({ expression, environment: place, variable }) =>
      variable === undefined
        ? emitBoolean(unit, expression, place)
        : located(
            unit,
            expression,
            `assign(${place.next}, ${variable}, ${emitValue(unit, expression.operand, place)})`,
          ),
    ),
  );
}
