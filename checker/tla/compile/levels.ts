import type {
  Argument,
  Definition,
  Expression,
  ExpressionOf,
  OperatorArgument,
  Parameter,
  Reference,
} from '../syntax/ast.ts';
import type { Span } from '../syntax/span.ts';
import { bodiesOf, boundBy, childrenOf, insideOf, isExpression } from './children.ts';
import {
  type Contexts,
  type Environment,
  environmentOf,
  insideDefinition,
  type Macro,
  NO_STATES,
  placeOf,
  substitutionFor,
  withInstance,
  withLocals,
} from './environment.ts';
import { isOfOwnState } from './own-state.ts';
import { Provisional } from './provisional.ts';

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

const CONSTANT_FOR_NOW: Level = LEVEL.constant;
/** More definitions within each other than anybody writes. */
const MOST_OPEN = 500;

/** The levels of expressions. */
export class Levels {
  readonly #contexts: Contexts;
  /** By the context. */
  readonly #levels = new Map<number, Map<Definition, Level>>();
  /** By the names in scope, then by the context. */
  readonly #levelsInLet = new WeakMap<Environment['scope'], Map<number, Map<Definition, Level>>>();
  /** By the definition, the levels of its arguments, and the context. */
  readonly #levelsOfCalls = new Map<string, Level>();
  readonly #provisional = new Provisional();

  constructor(contexts: Contexts) {
    this.#contexts = contexts;
  }

  of(expression: Expression, environment: Environment): Level {
    switch (expression.kind) {
      case 'reference':
      case 'apply':
        return this.#levelOfUse(expression.reference, environment, insideOf(expression));
      case 'prime':
      case 'unchanged':
        return this.of(expression.operand, environment) === LEVEL.constant ? LEVEL.constant : LEVEL.action;
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
        return this.#ofLet(expression, environment);
      case 'within':
        return this.of(expression.body, this.#contexts.inside(expression, environment));
      default:
        return highest(childrenOf(expression).map((child) => this.of(child, environment)));
    }
  }

  /** Whether the value depends on a state that is being made, so that it must not be kept. */
  readsDraft(argument: Argument, environment: Environment): boolean {
    const { current, next, draft } = environment;
    if (draft === undefined) return false;
    const level = this.ofArgument(argument, environment);
    return (draft === current && level >= LEVEL.state) || (draft === next && level >= LEVEL.action);
  }

  /** Whether it has the same value wherever it stands: no state, and no name of an enclosing quantifier. */
  isClosedConstant(expression: Expression, environment: Environment): boolean {
    return this.of(expression, environment) === LEVEL.constant && this.#isClosed(expression, new Set());
  }

  /** What it defines counts, too, as that may depend on the place; an action or a temporal formula counts where it is used. */
  #ofLet({ body, definitions }: ExpressionOf<'let'>, environment: Environment): Level {
    const place = definitions.reduce(
      (around, each) => (each.kind === 'instance' ? withInstance(around, each) : around),
      environment,
    );
    const inside = this.of(body, place);
    if (inside !== LEVEL.constant) return inside;
    const defined = bodiesOf(definitions).map((each) => this.of(each, place));
    return defined.some((each) => each === LEVEL.state || each === LEVEL.action) ? LEVEL.state : inside;
  }

  /**
   * What is given counts as it is, but for an action or a temporal formula: the body may make something of it that is
   * about a state (ENABLED), or make no use of it.
   */
  #levelOfUse(reference: Reference, environment: Environment, inside: readonly Argument[]): Level {
    const own = this.#levelOfTarget(reference, environment);
    const given = inside.map((argument) => this.ofArgument(argument, environment));
    const level = highest([own, ...given]);
    if (level === own && level >= LEVEL.action) return level;
    if (highest(given) === LEVEL.constant) return level;
    return highest([own, LEVEL.state, this.#levelOfCall(reference, environment, given)]);
  }

  /** The level of an argument; for an operator, that of its body: an action's if it primes what it is given. */
  ofArgument(argument: Argument, environment: Environment): Level {
    if (isExpression(argument)) return this.of(argument, environment);
    const level =
      argument.kind === 'operator'
        ? this.#levelOfTarget(argument.reference, environment)
        : this.of(argument.body, environment);
    if (level >= LEVEL.action) return level;
    return this.#primesItsArguments(argument, environment) ? LEVEL.action : level;
  }

  #primesItsArguments(operator: OperatorArgument, environment: Environment): boolean {
    const count = operator.kind === 'operator' ? operator.arity : operator.parameters.length;
    const onStates = Array.from({ length: count }, () => LEVEL.state);
    return this.#levelOfOperator(operator, environment, onStates) === LEVEL.action;
  }

  #levelOfOperator(operator: OperatorArgument, environment: Environment, given: readonly Level[]): Level {
    return operator.kind === 'operator'
      ? this.#levelOfCall(operator.reference, environment, given)
      : this.of(operator.body, this.#withLevels(environment, operator.parameters, given));
  }

  /** The level of what a name stands for, where its parameters have these levels. */
  #levelOfCall(reference: Reference, environment: Environment, given: readonly Level[]): Level {
    const override = this.#contexts.overrideOf(reference, environment);
    if (override !== undefined)
      return this.#levelOfCall(override, rootOf(this.#contexts, environment), given);
    const { target } = reference;
    const place = this.#contexts.follow(reference.via, environment);
    if (target.kind === 'definition') return this.#levelOfBody(target, this.#homeOf(target, place), given);
    const local = target.kind === 'parameter' ? place.scope.get(target) : undefined;
    const macro = target.kind === 'constant' ? substitutionFor(target, place.context) : local;
    return macro?.kind === 'macro' && !isExpression(macro.argument)
      ? this.#levelOfOperator(macro.argument, placeOf(macro, environment), given)
      : highest(given);
  }

  #levelOfBody(definition: Definition, home: Environment, given: readonly Level[]): Level {
    const key = `${this.#contexts.idOf(definition)}:${given.join('')}:${home.context.id}`;
    const isKept = !home.context.isOpen && this.#contexts.isTopLevel(definition);
    const known = isKept ? this.#levelsOfCalls.get(key) : undefined;
    if (known !== undefined) return known;
    const most = highest([LEVEL.action, ...given]);
    if (this.#provisional.depth > MOST_OPEN) return most;
    return this.#provisional.find(
      key,
      // Of an action that is handed on and on nothing is known.
      highest(given) >= LEVEL.action ? most : CONSTANT_FOR_NOW,
      () => this.of(definition.body, this.#withLevels(home, definition.parameters, given)),
      (level) => {
        if (isKept) this.#levelsOfCalls.set(key, level);
      },
    );
  }

  /** A place where parameters stand for something of these levels. */
  #withLevels(place: Environment, parameters: readonly Parameter[], given: readonly Level[]): Environment {
    const environment = environmentOf(this.#contexts.root, NO_STATES);
    const locals = parameters.flatMap((parameter, index): [Parameter, Macro][] => {
      const argument = ofLevel(given[index] ?? LEVEL.constant, parameter.span);
      return [[parameter, { kind: 'macro', argument, environment }]];
    });
    return withLocals(place, locals);
  }

  #levelOfTarget(reference: Reference, environment: Environment): Level {
    const place = this.#contexts.follow(reference.via, environment);
    const override = this.#contexts.overrideOf(reference, environment);
    if (override !== undefined) return this.#levelOfTarget(override, rootOf(this.#contexts, environment));
    const { target } = reference;
    switch (target.kind) {
      case 'builtin':
        return IMPURE.has(target.name) ? LEVEL.state : LEVEL.constant;
      case 'parameter':
      case 'bound': {
        const local = place.scope.get(target);
        if (local?.kind === 'macro') return this.ofArgument(local.argument, placeOf(local, environment));
        return local !== undefined && local.kind !== 'let' && local.isOfDraft === true
          ? LEVEL.action
          : LEVEL.constant;
      }
      case 'constant':
      case 'variable': {
        if (isOfOwnState(target, place.context)) return LEVEL.state;
        const macro = substitutionFor(target, place.context);
        if (macro !== undefined) return this.ofArgument(macro.argument, placeOf(macro, environment));
        return target.kind === 'variable' ? LEVEL.state : LEVEL.constant;
      }
      case 'definition':
        return this.ofDefinition(target, place);
    }
  }

  ofDefinition(definition: Definition, place: Environment): Level {
    const inside = this.#homeOf(definition, place);
    const known = this.#memoryOf(definition, inside);
    // Instances may make each other without end.
    if (this.#provisional.depth > MOST_OPEN) return LEVEL.action;
    return (
      known?.get(definition) ??
      this.#provisional.find(
        `${this.#contexts.idOf(definition)} in ${inside.context.id}`,
        CONSTANT_FOR_NOW,
        () => this.of(definition.body, inside),
        (level) => known?.set(definition, level),
      )
    );
  }

  #homeOf(definition: Definition, place: Environment): Environment {
    const local = place.scope.get(definition);
    return insideDefinition(definition, local?.kind === 'let' ? placeOf(local, place) : place);
  }

  /** Where the levels of such definitions are kept; that of a LET's depends on what its parameters stand for. */
  #memoryOf(definition: Definition, { context, scope }: Environment): Map<Definition, Level> | undefined {
    if (context.isOpen) return undefined;
    if (this.#contexts.isTopLevel(definition)) return kept(this.#levels, context.id);
    return kept(kept(this.#levelsInLet, scope), context.id);
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
}

function highest(levels: readonly Level[]): Level {
  return levels.reduce((level, own) => (own > level ? own : level), LEVEL.constant);
}

/** An expression of a level. */
function ofLevel(level: Level, span: Span): Expression {
  const constant: Expression = { kind: 'boolean', value: true, span };
  const state: Expression = { kind: 'enabled', operand: constant, span };
  switch (level) {
    case LEVEL.constant:
      return constant;
    case LEVEL.state:
      return state;
    case LEVEL.action:
      return { kind: 'unchanged', operand: state, span };
    case LEVEL.temporal:
      return { kind: 'always', operand: state, span };
  }
}

/** What is in a map, put there first if need be. */
function kept<Key, Inner, Value>(map: Kept<Key, Map<Inner, Value>>, key: Key): Map<Inner, Value> {
  const known = map.get(key) ?? new Map<Inner, Value>();
  map.set(key, known);
  return known;
}

interface Kept<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): unknown;
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
