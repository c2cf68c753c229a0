import type { Bound, Expression, Parameter } from '../syntax/ast.ts';
import { boundBy, childrenOf } from './children.ts';

/** Operators whose operands say all: their own value adds nothing to what stands beside it. */
const TRANSPARENT: ReadonlySet<string> = new Set([
  ...['=', '#', '~', '=>', '<=>', '\\in', '\\notin', '\\subseteq', '<', '>', '<=', '>='],
  ...['+', '-', '*', '\\cup', '\\cap', '\\'],
]);

/**
 * The parts of a condition whose values explain it: what it compares, and then the parameters and bound names that
 * stand in it. What can be read off the text is left out.
 */
export function partsOfCondition(expression: Expression): readonly Expression[] {
  const parts = compared(expression);
  const named = new Set(parts.flatMap((part) => (part.kind === 'reference' ? [part.reference.target] : [])));
  return [
    ...parts,
    ...[...freeNames(expression)].flatMap(([target, use]) => (named.has(target) ? [] : [use])),
  ];
}

function compared(expression: Expression): Expression[] {
  switch (expression.kind) {
    case 'conjunction':
    case 'disjunction':
      return expression.items.flatMap(compared);
    case 'apply':
      return expression.arguments.flatMap((argument) =>
        argument.kind === 'operator' || argument.kind === 'lambda' ? [] : operand(argument),
      );
    case 'unchanged':
      return [expression.operand];
    default:
      return [];
  }
}

function operand(expression: Expression): Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'let':
      return [];
    case 'set':
    case 'tuple':
      return expression.items.flatMap(operand);
    case 'conjunction':
    case 'disjunction':
      return compared(expression);
    case 'reference':
      return isReadOff(expression) ? [] : [expression];
    case 'apply': {
      const { target } = expression.reference;
      if (target.kind !== 'builtin') return [expression];
      return TRANSPARENT.has(target.name) ? compared(expression) : [expression, ...compared(expression)];
    }
    default:
      return [expression];
  }
}

/** `Leader == "leader"`, Nat, BOOLEAN: the name says what it is. */
function isReadOff(expression: Expression & { readonly kind: 'reference' }): boolean {
  const { target } = expression.reference;
  if (target.kind === 'builtin') return true;
  return target.kind === 'definition' && ['string', 'number', 'boolean'].includes(target.body.kind);
}

/** The parameters and bound names that an expression reads and does not bind itself, with one use of each. */
function freeNames(expression: Expression): ReadonlyMap<Parameter | Bound, Expression> {
  const found = new Map<Parameter | Bound, Expression>();
  const collect = (inner: Expression, bound: ReadonlySet<unknown>): void => {
    if (inner.kind === 'let' || inner.kind === 'within' || inner.kind === 'recursive-function') return;
    if (inner.kind === 'reference') {
      const { target, via } = inner.reference;
      const isName = target.kind === 'bound' || (target.kind === 'parameter' && target.arity === 0);
      if (isName && via.length === 0 && !bound.has(target) && !found.has(target)) found.set(target, inner);
      return;
    }
    const inside = new Set([...bound, ...boundBy(inner)]);
    for (const child of childrenOf(inner)) collect(child, inside);
  };
  collect(expression, new Set());
  return found;
}
