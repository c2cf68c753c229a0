import type { ConstantBindings } from '../compile/constant-bindings.ts';
import { Contexts, type Environment, environmentOf, NO_STATE } from '../compile/environment.ts';
import { LEVEL, type Level, Levels } from '../compile/levels.ts';
import type { Definition, Expression, ExpressionOf, Module, Reference } from '../syntax/ast.ts';

/**
 * A part of a formula, with what stands around it: a LET, an instance, a universal quantifier. A conjunct of a
 * definition means what it means only there, so `inContext` puts the surroundings around it again.
 */
export interface Formula {
  readonly expression: Expression;
  readonly inContext: (expression: Expression) => Expression;
  /** What its names mean, for looking up definitions. */
  readonly environment: Environment;
}

/** Looks into formulas of a module under a configuration. */
export class Formulas {
  readonly #module: Module;
  readonly #contexts: Contexts;
  readonly #levels: Levels;
  readonly #root: Environment;

  constructor(module: Module, bindings: ConstantBindings) {
    this.#module = module;
    this.#contexts = new Contexts(module, bindings);
    this.#levels = new Levels(this.#contexts);
    this.#root = environmentOf(this.#contexts.root, { current: 'current', next: NO_STATE });
  }

  /** What a name of a configuration refers to; `I!Name` looks into a named instance. */
  find(name: string): Reference | undefined {
    const parts = name.split('!');
    const last = parts.pop() ?? name;
    let module = this.#module;
    const via: Reference['via'][number][] = [];
    for (const part of parts) {
      const instance = module.instances.get(part);
      if (instance === undefined || instance.parameters.length > 0) return undefined;
      via.push({ instance, arguments: [] });
      module = instance.module;
    }
    const reference = module.definitions.get(last);
    if (reference !== undefined) return { target: reference.target, via: [...via, ...reference.via] };
    const declared = [...module.constants, ...module.variables].find((each) => each.name === last);
    return declared === undefined ? undefined : { target: declared, via };
  }

  /** A formula of the root module. */
  formulaOf(expression: Expression): Formula {
    return { expression, inContext: (each) => each, environment: this.#root };
  }

  /** Whether the formula is about a constant, a state, a step or a behaviour. */
  level(formula: Formula): Level {
    return this.#levels.of(formula.inContext(formula.expression), this.#root);
  }

  isConstant(formula: Formula): boolean {
    return this.level(formula) === LEVEL.constant;
  }

  isStateLevel(formula: Formula): boolean {
    return this.level(formula) <= LEVEL.state;
  }

  isTemporal(formula: Formula): boolean {
    return this.level(formula) === LEVEL.temporal;
  }

  /**
   * Looks through a name, an instance or a LET, one at a time.
   *
   * @returns undefined if the expression is none of these
   */
  unfold(formula: Formula): Formula | undefined {
    const { expression, inContext } = formula;
    switch (expression.kind) {
      case 'reference':
        return this.#unfoldUse(formula, expression, expression.reference);
      case 'apply':
        return this.#unfoldCall(formula, expression);
      case 'let': {
        const { definitions, span } = expression;
        return {
          ...formula,
          expression: expression.body,
          inContext: (body) => inContext({ kind: 'let', definitions, body, span }),
        };
      }
      case 'within':
        return this.#enter(formula, expression.via, expression.body);
      default:
        return undefined;
    }
  }

  #unfoldUse(formula: Formula, expression: Expression, reference: Reference): Formula | undefined {
    const { target, via } = reference;
    const override = this.#contexts.overrideOf(reference, formula.environment);
    if (override !== undefined) {
      // A definition of the root module: what surrounds the name that it replaces says nothing about it.
      return this.formulaOf({ kind: 'reference', reference: override, span: expression.span });
    }
    if (target.kind !== 'definition' || target.parameters.length > 0 || target.isRecursive) return undefined;
    return this.#enter(formula, via, target.body);
  }

  /** `I!Op(e)` as LET Op(x) == part IN Op(e), for each part of the body, which is read inside I. */
  #unfoldCall(formula: Formula, expression: ExpressionOf<'apply'>): Formula | undefined {
    const { target, via } = expression.reference;
    if (target.kind !== 'definition' || target.isRecursive) return undefined;
    if (this.#contexts.overrideOf(expression.reference, formula.environment) !== undefined) return undefined;
    const { inContext, environment } = formula;
    // The instances have their arguments where the call stands.
    const { module } = via.length === 0 ? target : environment;
    const around: Formula = {
      ...formula,
      inContext: (body) => {
        const local: Definition = { ...target, body, module, isLocal: true };
        const reference: Reference = { target: local, via: [] };
        const { span } = expression;
        return inContext({
          kind: 'let',
          definitions: [local],
          body: { kind: 'apply', reference, arguments: expression.arguments, span },
          span,
        });
      },
    };
    return this.#enter(around, via, target.body);
  }

  #enter(formula: Formula, via: Reference['via'], body: Expression): Formula {
    const { inContext } = formula;
    if (via.length === 0) return { ...formula, expression: body };
    return {
      expression: body,
      inContext: (part) => inContext({ kind: 'within', via, body: part, span: part.span }),
      environment: this.#contexts.follow(via, formula.environment),
    };
  }
}

/** The same formula about another expression in the same place. */
export function partOf(formula: Formula, expression: Expression): Formula {
  return { ...formula, expression };
}

/** The expression with its surroundings: it means the same anywhere in the root module. */
export function wholeOf(formula: Formula): Expression {
  return formula.inContext(formula.expression);
}
