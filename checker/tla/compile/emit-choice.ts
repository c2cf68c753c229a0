import type { Expression } from '../syntax/ast.ts';
import { isExpression } from './children.ts';
import { emitAccount } from './emit-account.ts';
import { meaningOf } from './emit-use.ts';
import { type Environment, placeOf } from './environment.ts';
import { LEVEL } from './levels.ts';
import type { Unit } from './unit.ts';

/**
 * With probes, the condition of an IF or of an arm of a CASE may be taken as other than it is, to see what would follow.
 * Not so in operators that read no variable, such as Max: these compute, and decide nothing about the state.
 */
export function chosen(
  unit: Unit,
  expression: Expression,
  environment: Environment,
  condition: string,
): string {
  if (!unit.instrumentation.conditions || isComputation(unit, expression, environment)) return condition;
  const meant = behindNames(unit, expression, environment);
  const account = emitAccount(unit, meant.expression, meant.place);
  const site = unit.toldSite(meant.expression, []);
  return `host.choice(${site}, ${condition}${account === undefined ? '' : `, () => ${account}`})`;
}

function isComputation(unit: Unit, { span }: Expression, environment: Environment): boolean {
  const around = unit.contexts.definitionAround(span);
  return around !== undefined && unit.levels.ofDefinition(around, environment) === LEVEL.constant;
}

interface Placed {
  readonly expression: Expression;
  readonly place: Environment;
}

/** What a parameter that was put in, or a name of a LET, stands for: that is what the reader knows. */
function behindNames(unit: Unit, expression: Expression, place: Environment): Placed {
  if (expression.kind !== 'reference') return { expression, place };
  const meaning = meaningOf(unit, expression.reference, place);
  if (meaning.kind === 'macro' && isExpression(meaning.argument))
    return behindNames(unit, meaning.argument, meaning.place);
  if (meaning.kind === 'let' && !meaning.local.definition.isRecursive)
    return behindNames(unit, meaning.local.definition.body, placeOf(meaning.local, place));
  return { expression, place };
}
