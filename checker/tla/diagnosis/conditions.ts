import type { SeenValue } from '../../verdict.ts';
import type { Account } from '../compile/account.ts';
import type { MetCondition } from '../compile/probe.ts';
import type { ConditionSite } from '../compile/unit.ts';
import type { Expression, Module } from '../syntax/ast.ts';
import { EvaluationError } from '../values/evaluation-error.ts';
import type { Value } from '../values/value.ts';
import { brief } from './brief-text.ts';
import { disjunctionAround } from './disjunction-around.ts';
import type { ModuleTexts } from './module-text.ts';
import { reasonOf } from './reason.ts';

/** A condition as it is told: what stands where, whether it is true, and what it saw. */
export interface ToldCondition {
  readonly site: ConditionSite;
  readonly holds: boolean;
  readonly seen: readonly Seen[];
}

/** An expression of a condition, and its value; undefined where that cannot be computed. */
type Seen = readonly [Expression, Value | undefined];

/**
 * The condition at which a step ends that is not possible. Of the ways that an action has, the one that came farthest is
 * the one that was meant; another may end before it, or be tried after it. Where several came as far, it is all of them.
 */
export function failedCondition(met: readonly MetCondition[], module: Module): ToldCondition | undefined {
  const failed = met.filter(({ holds }) => !holds);
  const depth = failed.reduce((deepest, each) => Math.max(deepest, each.depth), 0);
  const [first, ...others] = failed.filter((each) => each.depth === depth);
  // `OTHER -> FALSE`: that nothing else is left says nothing.
  if (first === undefined || first.site.expression.kind === 'boolean') return undefined;
  const ways = [first, ...others.filter(({ site }) => site !== first.site)];
  if (ways.length > 1) {
    const around = disjunctionAround(
      ways.map(({ site }) => site.expression),
      module,
    );
    if (around !== undefined)
      return {
        site: { ...around, parts: [] },
        holds: false,
        seen: ways.flatMap((each) => toldCondition(each).seen),
      };
  }
  return first.account === undefined ? toldCondition(first) : toldReason(first.account, false);
}

export function toldCondition({ site, holds, values }: MetCondition): ToldCondition {
  return { site, holds, seen: pairs(site.parts, values) };
}

/** What it rests on that a formula is TRUE or FALSE. */
export function toldReason(account: Account, holds: boolean): ToldCondition {
  const reason = reasonOf(account, holds);
  const seen = reason.form === 'plain' ? seenBy(reason) : namesLast(seenBy(reason));
  return { site: reason.site, holds: reason.holds(), seen };
}

/** Of several formulas together: names tell whose values these are. */
function namesLast(seen: readonly Seen[]): readonly Seen[] {
  const isName = ([expression]: Seen): boolean => expression.kind === 'reference';
  return [...seen.filter((each) => !isName(each)), ...seen.filter(isName)];
}

/** What a formula saw: all that its parts compare; of those of a quantifier there may be any number. */
function seenBy(account: Account): readonly Seen[] {
  const { site, form } = account;
  if (form === 'plain' || site.expression.kind === 'quantified') return pairs(site.parts, account.values());
  try {
    return [...account.inner()].flatMap(seenBy);
  } catch (error) {
    // Nor does a part that cannot be evaluated have values to show.
    if (error instanceof EvaluationError) return [];
    throw error;
  }
}

function pairs(expressions: readonly Expression[], values: readonly (Value | undefined)[]): readonly Seen[] {
  return expressions.map((expression, index) => [expression, values[index]]);
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
export function seenValues({ seen }: Pick<ToldCondition, 'seen'>, texts: ModuleTexts): readonly SeenValue[] {
  const shown = new Map<string, string>();
  for (const [{ span }, value] of seen) {
    const text = texts.at(span);
    if (value === undefined || text === '' || shown.has(text)) continue;
    const told = brief(value);
    // The value of a constant may be its name.
    if (told !== text) shown.set(text, told);
  }
  const isShownByFields = (text: string): boolean =>
    [...shown.keys()].some((each) => each.startsWith(`${text}.`));
  return [...shown].flatMap(([text, value]) => (isShownByFields(text) ? [] : [{ text, value }]));
}

/** The numbers that an assigned number is computed from; one alone would be that number. */
export function operandsOf({ site, operands }: MetCondition, texts: ModuleTexts): readonly SeenValue[] {
  const known = operands.filter((value) => value !== undefined);
  if (known.length < 2 || !known.every((value) => typeof value === 'number')) return [];
  return seenValues({ seen: pairs(site.operands ?? [], operands) }, texts);
}
