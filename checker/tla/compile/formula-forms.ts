import type { Definition, Expression, ExpressionOf, Reference } from '../syntax/ast.ts';
import { isExpression } from './children.ts';
import type { Contexts } from './environment.ts';

/** Operators that yield TRUE or FALSE, or fail. */
const BOOLEAN: ReadonlySet<string> = new Set([
  '=',
  '#',
  '~',
  '=>',
  '<=>',
  '\\in',
  '\\notin',
  '\\subseteq',
  '<',
  '>',
  '<=',
  '>=',
  'IsFiniteSet',
  'IsABag',
  'BagIn',
  '\\sqsubseteq',
]);

/** What can be said of a formula by its form: whether it is true or false, and in how many ways it may be true. */
export class FormulaForms {
  readonly #contexts: Contexts;
  readonly #boolean = new Map<Definition, boolean>();
  readonly #branching = new Map<Definition, boolean>();
  readonly #branchingOfValues = new Map<string, boolean>();

  constructor(contexts: Contexts) {
    this.#contexts = contexts;
  }

  /** Whether it can only yield TRUE or FALSE, so that no check is needed. */
  isBoolean(expression: Expression): boolean {
    switch (expression.kind) {
      case 'boolean':
      case 'conjunction':
      case 'disjunction':
      case 'quantified':
      case 'unchanged':
      case 'enabled':
      case 'action-or-stutter':
        return true;
      case 'if':
        return this.isBoolean(expression.consequence) && this.isBoolean(expression.alternative);
      case 'let':
        return this.isBoolean(expression.body);
      case 'reference':
      case 'apply':
        return this.#isBooleanUse(expression.reference);
      default:
        return false;
    }
  }

  /**
   * Whether TLC may find the expression true in more than one way: it generates a successor for each true disjunct
   * and each witness, also where they are conditions.
   *
   * @param ofUse the same of a name, by somebody who knows what it stands for (branching.ts)
   */
  isBranching(
    expression: Expression,
    ofUse: (use: ExpressionOf<'reference'> | ExpressionOf<'apply'>) => boolean = (use) =>
      this.#isBranchingUse(use.reference, use),
  ): boolean {
    const branches = (inner: Expression): boolean => this.isBranching(inner, ofUse);
    switch (expression.kind) {
      case 'disjunction':
        return true;
      case 'quantified':
        return expression.quantifier === 'exists' || branches(expression.body);
      case 'conjunction':
        return expression.items.some((item) => branches(item));
      case 'if':
        return branches(expression.consequence) || branches(expression.alternative);
      case 'case':
        return (
          expression.arms.some((arm) => branches(arm.value)) ||
          (expression.other !== undefined && branches(expression.other))
        );
      case 'let':
        return branches(expression.body);
      // Names mean something else there.
      case 'within':
        return this.isBranching(expression.body);
      case 'action-or-stutter':
        return expression.form === 'box' || branches(expression.action);
      case 'application':
        return this.#isBranchingFunction(expression.function);
      case 'reference':
      case 'apply':
        return ofUse(expression);
      default:
        return false;
    }
  }

  /** Keeps what branching.ts finds of a definition whose parameters are values. */
  ofValues(definition: string, find: () => boolean): boolean {
    const known = this.#branchingOfValues.get(definition);
    if (known !== undefined) return known;
    const branches = find();
    this.#branchingOfValues.set(definition, branches);
    return branches;
  }

  /** TLC takes the rule of a function as an action where it is applied. */
  #isBranchingFunction(expression: Expression): boolean {
    if (expression.kind === 'recursive-function') return true;
    if (expression.kind === 'function') return this.isBranching(expression.body);
    if (expression.kind !== 'reference') return false;
    const { target } = expression.reference;
    // A bound name may be that of the recursive function whose rule this stands in.
    if (target.kind === 'bound') return true;
    return target.kind === 'definition' && this.#isBranchingFunction(target.body);
  }

  #isBranchingUse(reference: Reference, expression: Expression): boolean {
    const { target } = reference;
    if (target.kind === 'parameter') return true;
    if (target.kind === 'builtin') return this.#isBranchingBuiltin(target.name, expression);
    if (target.kind === 'constant') return true;
    if (target.kind !== 'definition') return false;
    const known = this.#branching.get(target);
    if (known !== undefined) return known;
    this.#branching.set(target, true);
    const branches =
      this.#contexts.isReplaced(target.name) ||
      this.isBranching(target.body) ||
      (expression.kind === 'apply' && target.parameters.some((parameter) => parameter.arity > 0));
    this.#branching.set(target, branches);
    return branches;
  }

  /** x' \in S has a way for each element; of an implication the right side may have several. */
  #isBranchingBuiltin(name: string, expression: Expression): boolean {
    if (expression.kind !== 'apply') return false;
    const [left, right] = expression.arguments;
    if (name === '=>') return right !== undefined && isExpression(right) && this.isBranching(right);
    if (name !== '\\in' || left === undefined) return false;
    return left.kind === 'prime' || (left.kind === 'reference' && mayBePrimed(left.reference.target));
  }

  #isBooleanUse(reference: Reference): boolean {
    const { target } = reference;
    if (target.kind === 'builtin') return BOOLEAN.has(target.name);
    if (target.kind !== 'definition' || this.#contexts.isReplaced(target.name)) return false;
    const known = this.#boolean.get(target);
    if (known !== undefined) return known;
    this.#boolean.set(target, false);
    const is = this.isBoolean(target.body);
    this.#boolean.set(target, is);
    return is;
  }
}

/** Whether a name may stand for a primed variable. */
function mayBePrimed(target: Reference['target']): boolean {
  if (target.kind !== 'definition') return target.kind === 'parameter';
  const { body, isRecursive } = target;
  if (isRecursive || body.kind === 'prime') return true;
  return body.kind === 'reference' && mayBePrimed(body.reference.target);
}
