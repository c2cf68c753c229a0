import type { Argument, Definition, Expression, Parameter, Reference } from '../syntax/ast.ts';
import { childrenOf } from './children.ts';
import {
  type Contexts,
  type Environment,
  insideDefinition,
  placeOfMacro,
  substitutionFor,
} from './environment.ts';

/** What an expression's value depends on: nothing, a state, a step, a whole behaviour (Specifying Systems, 17.2). */
export const LEVEL = { constant: 0, state: 1, action: 2, temporal: 3 } as const;
export type Level = (typeof LEVEL)[keyof typeof LEVEL];

/** Builtins whose value is not a function of their arguments, or that do something besides. */
const IMPURE: ReadonlySet<string> = new Set([
  'Print',
  'PrintT',
  'TLCGet',
  'TLCSet',
  'RandomElement',
  'JavaTime',
  'RandomSubset',
  'RandomSetOfSubsets',
]);

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

const CONSTANT_FOR_NOW: Level = LEVEL.constant;

/** Questions about expressions that the compiler asks again and again. */
export class Analysis {
  readonly #contexts: Contexts;
  readonly #levels = new Map<number, Map<Definition, Level>>();
  readonly #primed = new Map<Definition, ReadonlySet<Parameter>>();
  readonly #assignable = new Map<Definition, ReadonlySet<Parameter>>();
  readonly #strict = new Map<Definition, ReadonlySet<Parameter>>();
  readonly #boolean = new Map<Definition, boolean>();
  readonly #branching = new Map<Definition, boolean>();

  constructor(contexts: Contexts) {
    this.#contexts = contexts;
  }

  level(expression: Expression, environment: Environment): Level {
    switch (expression.kind) {
      case 'reference':
      case 'apply':
        return this.#levelOfUse(expression.reference, environment, insideOf(expression));
      case 'prime':
      case 'unchanged':
        return this.level(expression.operand, environment) === LEVEL.constant ? LEVEL.constant : LEVEL.action;
      case 'enabled':
        return LEVEL.state;
      case 'action-or-stutter':
        return LEVEL.action;
      case 'always':
      case 'eventually':
      case 'leads-to':
      case 'fairness':
        return LEVEL.temporal;
      case 'let':
        return this.#highest([expression.body, ...bodiesOf(expression.definitions)], environment);
      case 'within':
        return this.level(expression.body, this.#contexts.follow(expression.via, environment));
      default:
        return this.#highest(childrenOf(expression), environment);
    }
  }

  /** Whether it has the same value wherever it stands: no state, and no name of an enclosing quantifier. */
  isClosedConstant(expression: Expression, environment: Environment): boolean {
    return this.level(expression, environment) === LEVEL.constant && this.#isClosed(expression, new Set());
  }

  /** The parameters that a definition's body reads in the next state, or in states of its own (ENABLED). */
  primedParameters(definition: Definition): ReadonlySet<Parameter> {
    const known = this.#primed.get(definition);
    if (known !== undefined) return known;
    this.#primed.set(definition, new Set());
    const found = new Set<Parameter>();
    this.#collectPrimed(definition.body, false, found);
    this.#primed.set(definition, found);
    return found;
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
    for (const parameter of this.primedParameters(definition)) found.delete(parameter);
    this.#strict.set(definition, found);
    return found;
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
   */
  isBranching(expression: Expression): boolean {
    switch (expression.kind) {
      case 'disjunction':
        return true;
      case 'quantified':
        return expression.quantifier === 'exists' || this.isBranching(expression.body);
      case 'conjunction':
        return expression.items.some((item) => this.isBranching(item));
      case 'if':
        return this.isBranching(expression.consequence) || this.isBranching(expression.alternative);
      case 'case':
        return (
          expression.arms.some((arm) => this.isBranching(arm.value)) ||
          (expression.other !== undefined && this.isBranching(expression.other))
        );
      case 'let':
      case 'within':
        return this.isBranching(expression.body);
      case 'action-or-stutter':
        return expression.form === 'box' || this.isBranching(expression.action);
      case 'reference':
      case 'apply':
        return this.#isBranchingUse(expression.reference, expression);
      default:
        return false;
    }
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
    return left.kind === 'prime' || (left.kind === 'reference' && left.reference.target.kind === 'parameter');
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

  #highest(expressions: readonly Expression[], environment: Environment): Level {
    let level: Level = LEVEL.constant;
    for (const expression of expressions) {
      const own = this.level(expression, environment);
      if (own > level) level = own;
    }
    return level;
  }

  #levelOfUse(reference: Reference, environment: Environment, inside: readonly Argument[]): Level {
    let level = this.#levelOfTarget(reference, environment);
    for (const argument of inside) {
      const own = this.levelOfArgument(argument, environment);
      if (own > level) level = own;
    }
    return level;
  }

  /** The level of an argument; for an operator, that of its body. */
  levelOfArgument(argument: Argument, environment: Environment): Level {
    if (argument.kind === 'operator') return this.#levelOfTarget(argument.reference, environment);
    return this.level(argument.kind === 'lambda' ? argument.body : argument, environment);
  }

  #levelOfTarget(reference: Reference, environment: Environment): Level {
    const place = this.#contexts.follow(reference.via, environment);
    const override = this.#contexts.overrideOf(reference.target, { ...place, module: environment.module });
    if (override !== undefined) return this.#levelOfTarget(override, rootOf(this.#contexts, environment));
    const { target } = reference;
    switch (target.kind) {
      case 'builtin':
        return IMPURE.has(target.name) ? LEVEL.state : LEVEL.constant;
      case 'parameter':
      case 'bound': {
        const local = place.scope.get(target);
        return local?.kind === 'macro'
          ? this.levelOfArgument(local.argument, placeOfMacro(local, environment))
          : LEVEL.constant;
      }
      case 'constant':
      case 'variable': {
        const macro = substitutionFor(target, place.context);
        if (macro !== undefined)
          return this.levelOfArgument(macro.argument, placeOfMacro(macro, environment));
        return target.kind === 'variable' ? LEVEL.state : LEVEL.constant;
      }
      case 'definition':
        return this.levelOfDefinition(target, place);
    }
  }

  levelOfDefinition(definition: Definition, place: Environment): Level {
    const local = place.scope.get(definition);
    const inside = insideDefinition(definition, local?.kind === 'let' ? local.environment : place);
    if (inside.context.isOpen) return this.#levelWithoutMemory(definition, inside);
    let levels = this.#levels.get(inside.context.id);
    if (levels === undefined) {
      levels = new Map();
      this.#levels.set(inside.context.id, levels);
    }
    const known = levels.get(definition);
    if (known !== undefined) return known;
    levels.set(definition, CONSTANT_FOR_NOW);
    const level = this.level(definition.body, inside);
    levels.set(definition, level);
    return level;
  }

  readonly #open = new Set<Definition>();

  #levelWithoutMemory(definition: Definition, place: Environment): Level {
    if (this.#open.has(definition)) return CONSTANT_FOR_NOW;
    this.#open.add(definition);
    try {
      return this.level(definition.body, place);
    } finally {
      this.#open.delete(definition);
    }
  }

  #isClosed(expression: Expression, bound: ReadonlySet<unknown>): boolean {
    if (expression.kind === 'at' || expression.kind === 'let' || expression.kind === 'within') return false;
    if (expression.kind === 'reference' || expression.kind === 'apply') {
      const { target, via } = expression.reference;
      if (via.length > 0) return false;
      if (target.kind === 'definition' && expression.kind === 'apply') return false;
      if ((target.kind === 'parameter' || target.kind === 'bound') && !bound.has(target)) return false;
      if (target.kind === 'definition' && !this.#contexts.isTopLevel(target)) return false;
      if (expression.kind === 'apply' && expression.arguments.some((each) => each.kind === 'operator'))
        return false;
      if (expression.kind === 'apply' && expression.arguments.some((each) => each.kind === 'lambda'))
        return false;
    }
    const inside = new Set([...bound, ...boundBy(expression)]);
    return childrenOf(expression).every((child) => this.#isClosed(child, inside));
  }

  #collectPrimed(expression: Expression, isPrimed: boolean, found: Set<Parameter>): void {
    if (expression.kind === 'prime' || expression.kind === 'unchanged' || expression.kind === 'enabled') {
      this.#collectPrimed(expression.operand, true, found);
      return;
    }
    if (expression.kind === 'action-or-stutter') {
      this.#collectPrimed(expression.action, isPrimed, found);
      this.#collectPrimed(expression.subscript, true, found);
      return;
    }
    if (expression.kind === 'let') {
      for (const body of bodiesOf(expression.definitions)) this.#collectPrimed(body, isPrimed, found);
    }
    if (expression.kind === 'reference' || expression.kind === 'apply') {
      this.#collectPrimedUse(expression.reference, insideOf(expression), isPrimed, found);
      return;
    }
    for (const child of childrenOf(expression)) this.#collectPrimed(child, isPrimed, found);
  }

  #collectPrimedUse(
    reference: Reference,
    inside: readonly Argument[],
    isPrimed: boolean,
    found: Set<Parameter>,
  ): void {
    const { target } = reference;
    if (target.kind === 'parameter' && isPrimed) found.add(target);
    const primed = target.kind === 'definition' ? this.primedParameters(target) : undefined;
    inside.forEach((argument, index) => {
      const parameter = target.kind === 'definition' ? target.parameters[index] : undefined;
      const goesUnderPrime = isPrimed || (parameter !== undefined && primed?.has(parameter) === true);
      if (argument.kind === 'operator') {
        if (argument.reference.target.kind === 'parameter' && goesUnderPrime)
          found.add(argument.reference.target);
      } else {
        this.#collectPrimed(argument.kind === 'lambda' ? argument.body : argument, goesUnderPrime, found);
      }
    });
    for (const step of reference.via) {
      for (const argument of step.arguments) {
        if (argument.kind !== 'operator') {
          this.#collectPrimed(argument.kind === 'lambda' ? argument.body : argument, true, found);
        }
      }
    }
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

export function isExpression(argument: Argument): argument is Expression {
  return argument.kind !== 'operator' && argument.kind !== 'lambda';
}

function rootOf(contexts: Contexts, environment: Environment): Environment {
  return {
    ...environment,
    context: contexts.root,
    module: contexts.root.module,
    scope: new Map(),
    instances: new Map(),
  };
}

function insideOf(expression: Extract<Expression, { kind: 'reference' | 'apply' }>): readonly Argument[] {
  return expression.kind === 'apply' ? expression.arguments : [];
}

function bodiesOf(definitions: Extract<Expression, { kind: 'let' }>['definitions']): Expression[] {
  return definitions.flatMap((definition) => (definition.kind === 'definition' ? [definition.body] : []));
}

/** The indexes that an EXCEPT evaluates whatever it changes. */
function indexesOf(expression: Extract<Expression, { kind: 'except' }>): readonly Expression[] {
  const [first] = expression.updates[0]?.path ?? [];
  return first?.kind === 'index' ? first.arguments : [];
}

function boundBy(expression: Expression): readonly unknown[] {
  switch (expression.kind) {
    case 'quantified':
    case 'map':
    case 'function':
      return expression.bindings.flatMap((binding) => binding.names);
    case 'recursive-function':
      return [expression.self, ...expression.bindings.flatMap((binding) => binding.names)];
    case 'choose':
    case 'filter':
      return expression.binding.names;
    default:
      return [];
  }
}

function union(sets: readonly ReadonlySet<Parameter>[]): ReadonlySet<Parameter> {
  return new Set(sets.flatMap((set) => [...set]));
}

function intersection(a: ReadonlySet<Parameter>, b: ReadonlySet<Parameter>): ReadonlySet<Parameter> {
  return new Set([...a].filter((parameter) => b.has(parameter)));
}
