import { bodiesOf, childrenOf } from '../compile/children.ts';
import type { ConditionSite } from '../compile/unit.ts';
import type { Expression, Module } from '../syntax/ast.ts';
import { isInside } from '../syntax/span.ts';

/** The innermost disjunction of a definition that has all of these formulas in its branches. */
export function disjunctionAround(
  formulas: readonly Expression[],
  module: Module,
): Pick<ConditionSite, 'expression' | 'definition'> | undefined {
  const holdsAll = ({ span }: Expression): boolean => formulas.every((each) => isInside(each.span, span));
  for (const { target } of module.definitions.values()) {
    if (target.kind !== 'definition' || !holdsAll(target.body)) continue;
    const expression = innermost(target.body, holdsAll);
    if (expression !== undefined) return { expression, definition: target.name };
  }
  return undefined;
}

function innermost(
  expression: Expression,
  holdsAll: (expression: Expression) => boolean,
): Expression | undefined {
  const bodies = expression.kind === 'let' ? bodiesOf(expression.definitions) : [];
  const inner = [...childrenOf(expression), ...bodies].find(holdsAll);
  const found = inner && innermost(inner, holdsAll);
  return found ?? (expression.kind === 'disjunction' ? expression : undefined);
}
