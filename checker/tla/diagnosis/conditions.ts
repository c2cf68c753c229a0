import type { SeenValue } from '../../verdict.ts';
import type { Account } from '../compile/account.ts';
import type { MetCondition } from '../compile/compile-spec.ts';
import type { Expression } from '../syntax/ast.ts';
import type { Value } from '../values/value.ts';
import { brief } from './brief-text.ts';
import type { ModuleTexts } from './module-text.ts';
import { reasonOf } from './reason.ts';

/** A condition as it is told: what stands where, whether it is true, and the values of its parts. */
export type ToldCondition = Pick<MetCondition, 'site' | 'holds' | 'values'>;

/**
 * The condition at which a step ends that is not possible. Of the ways that an action has, the one that came farthest is
 * the one that was meant; another may end before it, or be tried after it.
 */
export function failedCondition(met: readonly MetCondition[]): ToldCondition | undefined {
  let failed: MetCondition | undefined;
  for (const condition of met) {
    if (!condition.holds && (failed === undefined || condition.depth > failed.depth)) failed = condition;
  }
  // `OTHER -> FALSE`: that nothing else is left says nothing.
  if (failed === undefined || failed.site.expression.kind === 'boolean') return undefined;
  return failed.account === undefined ? failed : toldReason(failed.account, false);
}

/** What it rests on that a formula is TRUE or FALSE. */
export function toldReason(account: Account, holds: boolean): ToldCondition {
  const reason = reasonOf(account, holds);
  return { site: reason.site, holds: reason.holds(), values: reason.values() };
}

/** The conjunct that gives a variable its new value; what is sent comes with the network's. */
export function assignmentOf(
  what: string,
  met: readonly MetCondition[],
  variables: readonly string[],
): MetCondition | undefined {
  const variable = what === 'sends' || what === 'releases' ? 'network' : what;
  if (!variables.includes(variable)) return undefined;
  return met.find(({ site }) => assigned(site.expression) === variable);
}

/** The name of the variable that `x' = ..` or UNCHANGED x speaks of. */
export function assigned(expression: Expression): string | undefined {
  if (expression.kind === 'unchanged') return variableName(expression.operand);
  if (expression.kind !== 'apply' || expression.reference.target.kind !== 'builtin') return undefined;
  if (expression.reference.target.name !== '=') return undefined;
  const [left] = expression.arguments;
  return left?.kind === 'prime' ? variableName(left.operand) : undefined;
}

function variableName(expression: Expression): string | undefined {
  if (expression.kind !== 'reference') return undefined;
  const { target } = expression.reference;
  return target.kind === 'variable' ? target.name : undefined;
}

/** What a condition saw: each expression once, those without a value left out. */
export function seenValues({ site, values }: ToldCondition, texts: ModuleTexts): readonly SeenValue[] {
  return told(site.parts, values, texts);
}

/** The numbers that an assigned number is computed from; one alone would be that number. */
export function operandsOf({ site, operands }: MetCondition, texts: ModuleTexts): readonly SeenValue[] {
  const known = operands.filter((value) => value !== undefined);
  if (known.length < 2 || !known.every((value) => typeof value === 'number')) return [];
  return told(site.operands ?? [], operands, texts);
}

function told(
  expressions: readonly Expression[],
  values: readonly (Value | undefined)[],
  texts: ModuleTexts,
): readonly SeenValue[] {
  const seen = new Map<string, string>();
  expressions.forEach((expression, index) => {
    const value = values[index];
    const text = texts.at(expression.span);
    if (value !== undefined && text !== '' && !seen.has(text)) seen.set(text, brief(value));
  });
  const isShownByFields = (text: string): boolean =>
    [...seen.keys()].some((each) => each.startsWith(`${text}.`));
  return [...seen].flatMap(([text, value]) => (isShownByFields(text) ? [] : [{ text, value }]));
}
