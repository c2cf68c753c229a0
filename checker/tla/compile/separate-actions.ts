import type { Argument, Definition, Expression } from '../syntax/ast.ts';
import { insideOf } from './children.ts';
import type { Contexts, Environment } from './environment.ts';
import { LEVEL, type Levels } from './levels.ts';

/**
 * The calls that TLC goes into when it takes Next apart into actions, before it begins (tlc2.tool.impl.SpecProcessor,
 * getActions): below disjunctions, LET and \E over constant sets, with nothing but constants for arguments. These it
 * computes on the way, so that a condition among them is true once, in however many ways it is written.
 */
export function separateCalls(
  contexts: Contexts,
  levels: Levels,
  next: Expression,
  environment: Environment,
): ReadonlySet<Expression> {
  const found = new Set<Expression>();
  const entered = new Set<Definition>();
  const isConstant = (argument: Argument, place: Environment) =>
    levels.ofArgument(argument, place) === LEVEL.constant;
  const search = (expression: Expression, place: Environment): void => {
    switch (expression.kind) {
      case 'disjunction':
        for (const item of expression.items) search(item, place);
        return;
      case 'let':
        search(expression.body, place);
        return;
      case 'within':
        search(expression.body, contexts.inside(expression, place));
        return;
      case 'quantified':
        if (
          expression.quantifier === 'exists' &&
          expression.bindings.every(({ set }) => isConstant(set, place))
        )
          search(expression.body, place);
        return;
      case 'reference':
      case 'apply': {
        const { target, via } = expression.reference;
        if (target.kind !== 'definition' || entered.has(target)) return;
        if (!insideOf(expression).every((argument) => isConstant(argument, place))) return;
        found.add(expression);
        entered.add(target);
        search(target.body, contexts.follow(via, place));
        entered.delete(target);
        return;
      }
      default:
        return;
    }
  };
  search(next, environment);
  return found;
}
