import type { SeenValue } from '../../verdict.ts';
import type { MetCondition } from '../compile/compile-spec.ts';
import type { Expression } from '../syntax/ast.ts';
import { brief } from './brief-text.ts';
import type { ModuleTexts } from './module-text.ts';

/** The condition at which a step ends that is not possible: an event has one path, so the last one that is false. */
export function failedCondition(met: readonly MetCondition[]): MetCondition | undefined {
  const failed = met.findLast(({ holds }) => !holds);
  // `OTHER -> FALSE`: that nothing else is left says nothing.
  return failed?.site.expression.kind === 'boolean' ? undefined : failed;
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
export function seenValues(condition: MetCondition, texts: ModuleTexts): readonly SeenValue[] {
  const seen = new Map<string, string>();
  condition.site.parts.forEach((part, index) => {
    const value = condition.values[index];
    const text = texts.at(part.span);
    if (value !== undefined && text !== '' && !seen.has(text)) seen.set(text, brief(value));
  });
  const isShownByFields = (text: string): boolean =>
    [...seen.keys()].some((each) => each.startsWith(`${text}.`));
  return [...seen].flatMap(([text, value]) => (isShownByFields(text) ? [] : [{ text, value }]));
}
