import type { Argument, Bound, Expression, ExpressionOf, Parameter } from './ast.ts';
import type { Span } from './span.ts';

/** An arm of a CASE, which has parts but is none that stands alone. */
export interface Arm {
  readonly kind: 'arm';
  /** undefined for OTHER. */
  readonly condition: Expression | undefined;
  readonly value: Expression;
}

/** What may have parts. */
export type Divisible = Argument | Arm;

/** A name that an operator, a LAMBDA or a quantifier binds. */
export type Binder = Bound | Parameter;

type Junction = ExpressionOf<'conjunction' | 'disjunction'>;

const chains = new WeakSet<Expression>();

/** Notes that a conjunction or disjunction is written with infix operators: to SANY it is not one node, but nested. */
export function markChain(expression: Expression): void {
  if (isJunction(expression)) chains.add(expression);
}

/**
 * The operands that `!1`, `!2` ... select, as SANY counts them (tla2sany.semantic.Generator, selectorToNode); of what
 * binds names those are the sets. undefined where the tree does not keep them.
 */
export function operandsOf(whole: Divisible): readonly (Divisible | undefined)[] | undefined {
  switch (whole.kind) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'at':
    case 'operator':
    case 'lambda':
      return [];
    case 'reference':
    case 'apply':
      return [
        ...whole.reference.via.flatMap((step) => step.arguments),
        ...(whole.kind === 'apply' ? whole.arguments : []),
      ];
    case 'conjunction':
    case 'disjunction':
      return chains.has(whole) ? sidesOf(whole) : whole.items;
    case 'set':
    case 'tuple':
    case 'product':
      return whole.items;
    case 'if':
      return [whole.condition, whole.consequence, whole.alternative];
    case 'case':
      return armsOf(whole);
    case 'arm':
      return [whole.condition, whole.value];
    case 'let':
      return [whole.body];
    case 'quantified':
    case 'map':
    case 'function':
    case 'recursive-function':
      return whole.bindings.map(({ set }) => set);
    case 'choose':
    case 'filter':
      return [whole.binding.set];
    case 'record':
    case 'record-set':
      return whole.fields.map(({ value }) => value);
    case 'function-set':
      return [whole.domain, whole.range];
    case 'except':
      return [whole.base];
    case 'application':
      return [whole.function, indexOf(whole.arguments)];
    case 'field':
      return [whole.record, { kind: 'string', value: whole.name, span: whole.span }];
    case 'prime':
    case 'unchanged':
    case 'enabled':
    case 'always':
    case 'eventually':
      return [whole.operand];
    case 'action-or-stutter':
      return [whole.action, whole.subscript];
    case 'fairness':
      return [whole.subscript, whole.action];
    case 'leads-to':
      return [whole.from, whole.to];
    case 'within':
    case 'unsupported':
      return undefined;
  }
}

/** What `!(e)` and `!@` select: the names that are bound, and the expression that they are bound in. */
export function scopeIn(
  whole: Divisible,
): { readonly names: readonly Binder[]; readonly body: Expression } | undefined {
  switch (whole.kind) {
    case 'lambda':
      return { names: whole.parameters, body: whole.body };
    case 'quantified':
    case 'map':
    case 'function':
    case 'recursive-function':
      return { names: whole.bindings.flatMap(({ names }) => names), body: whole.body };
    case 'choose':
      return { names: whole.binding.names, body: whole.body };
    case 'filter':
      return { names: whole.binding.names, body: whole.predicate };
    default:
      return undefined;
  }
}

function armsOf({ arms, other }: ExpressionOf<'case'>): readonly Arm[] {
  const all: Arm[] = arms.map((arm) => ({ kind: 'arm', ...arm }));
  if (other !== undefined) all.push({ kind: 'arm', condition: undefined, value: other });
  return all;
}

function isJunction(expression: Expression): expression is Junction {
  return expression.kind === 'conjunction' || expression.kind === 'disjunction';
}

/** `a /\ b /\ c` is `(a /\ b) /\ c`. */
function sidesOf(chain: Junction): readonly Expression[] {
  const { kind, items } = chain;
  const [first, ...more] = items.slice(0, -1);
  const right = items.at(-1);
  const nearest = more.at(-1);
  if (first === undefined || right === undefined || nearest === undefined) return items;
  const left: Expression = { kind, items: [first, ...more], span: joined(first.span, nearest.span) };
  chains.add(left);
  return [left, right];
}

function joined(first: Span, last: Span): Span {
  return { ...first, endLine: last.endLine, endColumn: last.endColumn };
}

/** `f[a, b]` is f applied to the tuple `<<a, b>>`. */
function indexOf(given: readonly Expression[]): Expression {
  const [first, ...more] = given;
  if (first === undefined) throw new RangeError('a function is applied to nothing');
  const nearest = more.at(-1);
  if (nearest === undefined) return first;
  return { kind: 'tuple', items: given, span: joined(first.span, nearest.span) };
}
