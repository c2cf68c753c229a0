import type { Definition, Expression, Reference } from '../syntax/ast.ts';
import type { Span } from '../syntax/span.ts';
import type { ActionCall } from './compiled-spec.ts';

/** The action that a step is named after. */
export interface NamedAction {
  readonly name: string;
  readonly span: Span;
}

/** A definition that was entered. */
type Call = Pick<ActionCall, 'name'>;

/**
 * Names a step after the last definition that is met on the way down from the next-state relation through names,
 * disjunctions, \E and LET, as TLC does; but TLC stops at an \E over a set that depends on the state. What stands inside a
 * conjunction is a part of the action, not an action.
 *
 * @param calls the definitions that were entered on the way to the step, outermost first
 * @param replaced what a configuration puts in the place of a name
 */
export function nameAction(
  next: Expression,
  calls: readonly Call[],
  replaced: (reference: Reference) => Reference,
): NamedAction {
  const definition = actionOf(next, calls, replaced);
  if (definition === undefined) return { name: 'Next', span: next.span };
  return { name: definition.name, span: definition.body.span };
}

/** The definition that a step is named after; undefined where the next-state relation is none. */
export function actionOf(
  next: Expression,
  calls: readonly Call[],
  replaced: (reference: Reference) => Reference,
): Definition | undefined {
  return descend(next, { depth: 0, definition: undefined }, calls, replaced).definition;
}

interface Descent {
  /** How many calls the way down has explained. */
  readonly depth: number;
  readonly definition: Definition | undefined;
}

function descend(
  expression: Expression,
  so: Descent,
  calls: readonly Call[],
  replaced: (reference: Reference) => Reference,
): Descent {
  switch (expression.kind) {
    case 'reference':
    case 'apply': {
      const { target } = replaced(expression.reference);
      if (target.kind !== 'definition' || target.name !== calls[so.depth]?.name) return so;
      return descend(target.body, { depth: so.depth + 1, definition: target }, calls, replaced);
    }
    case 'disjunction':
      return expression.items
        .map((item) => descend(item, so, calls, replaced))
        .reduce((best, each) => (each.depth > best.depth ? each : best), so);
    case 'quantified':
      return expression.quantifier === 'exists' ? descend(expression.body, so, calls, replaced) : so;
    case 'let':
    case 'within':
      return descend(expression.body, so, calls, replaced);
    default:
      return so;
  }
}
