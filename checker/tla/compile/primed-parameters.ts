import type {
  Argument,
  Definition,
  Expression,
  OperatorArgument,
  Parameter,
  Reference,
} from '../syntax/ast.ts';
import { bodiesOf, childrenOf, insideOf, isExpression, substitutedIn } from './children.ts';
import type { Contexts } from './environment.ts';
import { Provisional } from './provisional.ts';

/** Operators of which it is known that they read an argument of theirs in the next state. */
export type PrimingOperators = ReadonlySet<Parameter>;

/** The parameters that were found under primes, and what was gone through for that. */
interface Walk {
  readonly found: Set<Parameter>;
  readonly entered: Set<Definition>;
  readonly priming: PrimingOperators;
}

const NO_OPERATORS: PrimingOperators = new Set();
const NO_PARAMETERS: ReadonlySet<Parameter> = new Set();

/**
 * Which parameters a definition's body reads in the next state, or in states of its own (ENABLED). What is passed for
 * them has to be put in where they are used; all others may be passed as values of the state of the call. Where nothing
 * is known, a parameter is taken for primed: that costs time, the opposite would cost a step of a behaviour.
 */
export class PrimedParameters {
  readonly #contexts: Contexts;
  /** By the operators in scope, then by the definition. */
  readonly #known = new Map<string, Map<Definition, ReadonlySet<Parameter>>>();
  readonly #numbers = new Map<Parameter, number>();
  readonly #provisional = new Provisional();
  /** What was found of those that are being looked at, and which of them were needed for that. */
  readonly #soFar = new Map<string, ReadonlySet<Parameter>>();
  readonly #neededItself = new Set<string>();

  constructor(contexts: Contexts) {
    this.#contexts = contexts;
  }

  /** @param priming of the operators that the body may name without being given them, those that prime */
  of(definition: Definition, priming: PrimingOperators = NO_OPERATORS): ReadonlySet<Parameter> {
    if (definition.parameters.length === 0) return NO_PARAMETERS;
    if (this.#isReplaced(definition)) return new Set(definition.parameters);
    const known = this.#knownWith(priming);
    return known.get(definition) ?? this.#find(definition, priming, known);
  }

  /** Whether what is passed for a parameter reads an argument of its own in the next state. */
  primesItsArguments(operator: OperatorArgument, priming: PrimingOperators = NO_OPERATORS): boolean {
    if (operator.kind === 'lambda') {
      const primed = this.#primedIn(operator.body, priming);
      return operator.parameters.some((parameter) => primed.has(parameter));
    }
    const { target } = operator.reference;
    switch (target.kind) {
      case 'parameter':
        return priming.has(target);
      case 'definition':
        return this.of(target, priming).size > 0;
      case 'builtin':
        return false;
      default:
        return true;
    }
  }

  /**
   * What a recursive definition does with its parameters depends on what it does with them: it is asked again until
   * nothing more is found.
   */
  #find(
    definition: Definition,
    priming: PrimingOperators,
    known: Map<Definition, ReadonlySet<Parameter>>,
  ): ReadonlySet<Parameter> {
    const question = `${this.#contexts.idOf(definition)}:${this.#keyOf(priming)}`;
    const open = this.#soFar.get(question);
    if (open !== undefined) this.#neededItself.add(question);
    for (let soFar = NO_PARAMETERS; ; ) {
      const isAll = (primed: ReadonlySet<Parameter>) =>
        !this.#neededItself.has(question) || primed.size === soFar.size;
      const found = this.#provisional.find(
        question,
        open ?? NO_PARAMETERS,
        () => {
          this.#soFar.set(question, soFar);
          this.#neededItself.delete(question);
          return this.#primedIn(definition.body, priming);
        },
        (primed) => {
          if (isAll(primed)) known.set(definition, primed);
        },
      );
      if (open !== undefined) return found;
      if (isAll(found)) {
        this.#soFar.delete(question);
        return found;
      }
      soFar = found;
    }
  }

  #knownWith(priming: PrimingOperators): Map<Definition, ReadonlySet<Parameter>> {
    const key = this.#keyOf(priming);
    const known = this.#known.get(key) ?? new Map<Definition, ReadonlySet<Parameter>>();
    this.#known.set(key, known);
    return known;
  }

  #isReplaced(definition: Definition): boolean {
    return this.#contexts.isReplaced(definition.name);
  }

  #keyOf(priming: PrimingOperators): string {
    if (priming.size === 0) return '';
    return [...priming]
      .map((parameter) => this.#numberOf(parameter))
      .sort((a, b) => a - b)
      .join();
  }

  #numberOf(parameter: Parameter): number {
    const known = this.#numbers.get(parameter) ?? this.#numbers.size;
    this.#numbers.set(parameter, known);
    return known;
  }

  #primedIn(body: Expression, priming: PrimingOperators): ReadonlySet<Parameter> {
    const walk: Walk = { found: new Set(), entered: new Set(), priming };
    this.#collect(body, false, walk);
    return walk.found;
  }

  #collect(expression: Expression, isPrimed: boolean, walk: Walk): void {
    switch (expression.kind) {
      case 'prime':
      case 'unchanged':
      case 'enabled':
        this.#collect(expression.operand, true, walk);
        return;
      case 'action-or-stutter':
        this.#collect(expression.action, isPrimed, walk);
        this.#collect(expression.subscript, true, walk);
        return;
      case 'reference':
      case 'apply':
        this.#collectUse(expression.reference, insideOf(expression), isPrimed, walk);
        return;
      case 'let':
        for (const body of bodiesOf(expression.definitions)) this.#collect(body, isPrimed, walk);
        // What stands for a variable of an instance is read under the instance's primes.
        for (const given of substitutedIn(expression.definitions)) this.#collect(given, true, walk);
        this.#collect(expression.body, isPrimed, walk);
        return;
      case 'within':
        this.#collectVia(expression.via, walk);
        this.#collect(expression.body, isPrimed, walk);
        return;
      default:
        for (const child of childrenOf(expression)) this.#collect(child, isPrimed, walk);
    }
  }

  /** A LET's definition may speak of parameters around it, so to prime its name is to prime these. */
  #collectLet(definition: Definition, walk: Walk): void {
    if (this.#contexts.isTopLevel(definition) || walk.entered.has(definition)) return;
    walk.entered.add(definition);
    this.#collect(definition.body, true, walk);
  }

  #collectUse(reference: Reference, inside: readonly Argument[], isPrimed: boolean, walk: Walk): void {
    if (isPrimed) this.#collectName(reference, walk);
    const primed = this.#primedBy(reference, inside, walk.priming);
    inside.forEach((argument, index) => {
      this.#collectArgument(argument, isPrimed || primed(index), walk);
    });
    this.#collectVia(reference.via, walk);
  }

  /** The arguments of an instance may stand for its variables. */
  #collectVia(via: Reference['via'], walk: Walk): void {
    for (const step of via) {
      for (const argument of step.arguments) this.#collectArgument(argument, true, walk);
    }
  }

  #collectName({ target }: Reference, walk: Walk): void {
    if (target.kind === 'parameter') walk.found.add(target);
    if (target.kind === 'definition') this.#collectLet(target, walk);
  }

  #collectArgument(argument: Argument, isPrimed: boolean, walk: Walk): void {
    if (argument.kind === 'operator') {
      if (isPrimed) this.#collectName(argument.reference, walk);
    } else {
      this.#collect(argument.kind === 'lambda' ? argument.body : argument, isPrimed, walk);
    }
  }

  /** Which arguments of a use are read in the next state. */
  #primedBy(
    { target }: Reference,
    inside: readonly Argument[],
    priming: PrimingOperators,
  ): (index: number) => boolean {
    switch (target.kind) {
      case 'parameter':
        return () => priming.has(target);
      case 'definition': {
        // What is handed on to an operator is primed if that primes it.
        if (inside.some((each) => !isExpression(each) && this.primesItsArguments(each, priming)))
          return () => true;
        const primed = this.of(target, priming);
        return (index) => {
          const parameter = target.parameters[index];
          return parameter !== undefined && primed.has(parameter);
        };
      }
      case 'builtin':
        return () => false;
      default:
        return () => true;
    }
  }
}
