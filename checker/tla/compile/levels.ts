import type { Argument, Definition, Expression, ExpressionOf, Reference } from '../syntax/ast.ts';
import { bodiesOf, boundBy, childrenOf, insideOf } from './children.ts';
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

const CONSTANT_FOR_NOW: Level = LEVEL.constant;

/** The levels of expressions. */
export class Levels {
  readonly #contexts: Contexts;
  readonly #levels = new Map<number, Map<Definition, Level>>();
  /** Those whose level is being found, in places that are not remembered. */
  readonly #open = new Set<Definition>();

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
        return this.of(expression.body, this.#contexts.follow(expression.via, environment));
      default:
        return this.#highest(childrenOf(expression), environment);
    }
  }

  /** Whether it has the same value wherever it stands: no state, and no name of an enclosing quantifier. */
  isClosedConstant(expression: Expression, environment: Environment): boolean {
    return this.of(expression, environment) === LEVEL.constant && this.#isClosed(expression, new Set());
  }

  #highest(expressions: readonly Expression[], environment: Environment): Level {
    let level: Level = LEVEL.constant;
    for (const expression of expressions) {
      const own = this.of(expression, environment);
      if (own > level) level = own;
    }
    return level;
  }

  /** What it defines counts, too, as that may depend on the place; a temporal formula counts where it is used. */
  #ofLet({ body, definitions }: ExpressionOf<'let'>, environment: Environment): Level {
    const inside = this.of(body, environment);
    const defined = bodiesOf(definitions).map((each) => this.of(each, environment));
    return defined.reduce((level, own) => (own > level && own < LEVEL.temporal ? own : level), inside);
  }

  #levelOfUse(reference: Reference, environment: Environment, inside: readonly Argument[]): Level {
    let level = this.#levelOfTarget(reference, environment);
    for (const argument of inside) {
      const own = this.ofArgument(argument, environment);
      if (own > level) level = own;
    }
    return level;
  }

  /** The level of an argument; for an operator, that of its body. */
  ofArgument(argument: Argument, environment: Environment): Level {
    if (argument.kind === 'operator') return this.#levelOfTarget(argument.reference, environment);
    return this.of(argument.kind === 'lambda' ? argument.body : argument, environment);
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
        return local?.kind === 'macro'
          ? this.ofArgument(local.argument, placeOfMacro(local, environment))
          : LEVEL.constant;
      }
      case 'constant':
      case 'variable': {
        const macro = substitutionFor(target, place.context);
        if (macro !== undefined) return this.ofArgument(macro.argument, placeOfMacro(macro, environment));
        return target.kind === 'variable' ? LEVEL.state : LEVEL.constant;
      }
      case 'definition':
        return this.ofDefinition(target, place);
    }
  }

  ofDefinition(definition: Definition, place: Environment): Level {
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
    const level = this.of(definition.body, inside);
    levels.set(definition, level);
    return level;
  }

  #levelWithoutMemory(definition: Definition, place: Environment): Level {
    if (this.#open.has(definition)) return CONSTANT_FOR_NOW;
    this.#open.add(definition);
    try {
      return this.of(definition.body, place);
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
