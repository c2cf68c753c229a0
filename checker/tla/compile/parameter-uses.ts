import type { Argument, Definition, Expression, Parameter, Reference } from '../syntax/ast.ts';
import { bodiesOf, childrenOf, isExpression, substitutedIn } from './children.ts';
import type { Contexts } from './environment.ts';
import { PrimedParameters } from './primed-parameters.ts';

/** What the bodies of definitions do with their parameters, and so how arguments may be passed. */
export class ParameterUses {
  readonly primed: PrimedParameters;
  readonly #contexts: Contexts;
  readonly #assignable = new Map<Definition, ReadonlySet<Parameter>>();
  readonly #strict = new Map<Definition, ReadonlySet<Parameter>>();

  constructor(contexts: Contexts) {
    this.#contexts = contexts;
    this.primed = new PrimedParameters(contexts);
  }

  /**
   * The parameters that the body uses as an action, or on the left of x' = .., so that what stands for them may assign.
   * Of all others only the value matters, even where that depends on the next state.
   */
  assignableParameters(definition: Definition): ReadonlySet<Parameter> {
    const known = this.#assignable.get(definition);
    if (known !== undefined) return known;
    // Of a recursive definition all, as nothing is known of them yet.
    this.#assignable.set(definition, new Set(definition.parameters));
    const found = new Set<Parameter>();
    this.#collectAssignable(definition.body, found);
    this.#assignable.set(definition, found);
    return found;
  }

  /** The parameters that the body evaluates in any case, so that their arguments may be evaluated before the call. */
  strictParameters(definition: Definition): ReadonlySet<Parameter> {
    const known = this.#strict.get(definition);
    if (known !== undefined) return known;
    this.#strict.set(definition, new Set());
    const found = new Set<Parameter>();
    for (const parameter of this.#strictIn(definition.body)) {
      if (parameter.arity === 0 && definition.parameters.includes(parameter)) found.add(parameter);
    }
    for (const parameter of this.primed.of(definition)) found.delete(parameter);
    this.#strict.set(definition, found);
    return found;
  }

  #collectAssignable(expression: Expression, found: Set<Parameter>): void {
    const collect = (inner: Expression): void => this.#collectAssignable(inner, found);
    switch (expression.kind) {
      case 'conjunction':
      case 'disjunction':
        expression.items.forEach(collect);
        return;
      case 'if':
        collect(expression.consequence);
        collect(expression.alternative);
        return;
      case 'case':
        for (const arm of expression.arms) collect(arm.value);
        if (expression.other !== undefined) collect(expression.other);
        return;
      case 'let':
        bodiesOf(expression.definitions).forEach(collect);
        substitutedIn(expression.definitions).forEach(collect);
        collect(expression.body);
        return;
      case 'quantified':
      case 'within':
        collect(expression.body);
        return;
      case 'action-or-stutter':
        collect(expression.action);
        return;
      case 'reference':
        if (expression.reference.target.kind === 'parameter') found.add(expression.reference.target);
        return;
      case 'apply':
        this.#collectAssignableIn(expression.reference, expression.arguments, found);
        return;
      default:
        return;
    }
  }

  #collectAssignableIn(reference: Reference, inside: readonly Argument[], found: Set<Parameter>): void {
    const { target, via } = reference;
    if (target.kind === 'parameter') found.add(target);
    const expressions = inside.map((argument) => (isExpression(argument) ? argument : undefined));
    if (target.kind === 'builtin') {
      const [left, right] = expressions;
      if (target.name === '=>' && right !== undefined) this.#collectAssignable(right, found);
      const assigns = target.name === '=' || target.name === '\\in';
      if (assigns && left?.kind === 'reference') this.#collectAssignable(left, found);
      return;
    }
    const isKnown =
      target.kind === 'definition' && via.length === 0 && !this.#contexts.isReplaced(target.name);
    const assignable = isKnown ? this.assignableParameters(target) : undefined;
    expressions.forEach((expression, index) => {
      const parameter = target.kind === 'definition' ? target.parameters[index] : undefined;
      if (expression === undefined) return;
      if (assignable === undefined || parameter === undefined || assignable.has(parameter)) {
        this.#collectAssignable(expression, found);
      }
    });
  }

  #strictIn(expression: Expression): ReadonlySet<Parameter> {
    switch (expression.kind) {
      case 'reference':
        return expression.reference.target.kind === 'parameter' && expression.reference.via.length === 0
          ? new Set([expression.reference.target])
          : NONE;
      case 'apply':
        return this.#strictInUse(expression.reference, expression.arguments);
      case 'conjunction':
      case 'disjunction':
        return expression.items[0] === undefined ? NONE : this.#strictIn(expression.items[0]);
      case 'if':
        return union([
          this.#strictIn(expression.condition),
          intersection(this.#strictIn(expression.consequence), this.#strictIn(expression.alternative)),
        ]);
      case 'case':
        return expression.arms[0] === undefined ? NONE : this.#strictIn(expression.arms[0].condition);
      case 'let':
        return this.#strictIn(expression.body);
      case 'quantified':
      case 'map':
      case 'function':
      case 'filter':
      case 'choose': {
        const [first] = childrenOf(expression);
        return first === undefined ? NONE : this.#strictIn(first);
      }
      case 'except':
        return union([expression.base, ...indexesOf(expression)].map((each) => this.#strictIn(each)));
      case 'set':
      case 'tuple':
      case 'record':
      case 'application':
      case 'field':
        return union(childrenOf(expression).map((child) => this.#strictIn(child)));
      default:
        return NONE;
    }
  }

  #strictInUse(reference: Reference, inside: readonly Argument[]): ReadonlySet<Parameter> {
    const { target, via } = reference;
    if (via.length > 0) return NONE;
    if (target.kind === 'builtin') {
      const first = target.name === '=>' ? inside.slice(0, 1) : inside;
      return union(first.map((argument) => (isExpression(argument) ? this.#strictIn(argument) : NONE)));
    }
    if (target.kind !== 'definition' || this.#contexts.isReplaced(target.name)) return NONE;
    const strict = this.strictParameters(target);
    return union(
      inside.map((argument, index) => {
        const parameter = target.parameters[index];
        return parameter !== undefined && strict.has(parameter) && isExpression(argument)
          ? this.#strictIn(argument)
          : NONE;
      }),
    );
  }
}

const NONE: ReadonlySet<Parameter> = new Set();

/** The indexes that an EXCEPT evaluates whatever it changes. */
function indexesOf(expression: Extract<Expression, { kind: 'except' }>): readonly Expression[] {
  const [first] = expression.updates[0]?.path ?? [];
  return first?.kind === 'index' ? first.arguments : [];
}

function union(sets: readonly ReadonlySet<Parameter>[]): ReadonlySet<Parameter> {
  return new Set(sets.flatMap((set) => [...set]));
}

function intersection(a: ReadonlySet<Parameter>, b: ReadonlySet<Parameter>): ReadonlySet<Parameter> {
  return new Set([...a].filter((parameter) => b.has(parameter)));
}
