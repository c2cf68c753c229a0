import type { Definition, Expression, Module, Reference } from '../syntax/ast.ts';
import type { Span } from '../syntax/span.ts';
import { EvaluationError, locating, refusingDepth, tooDeep } from '../values/evaluation-error.ts';
import { normalise } from '../values/operations.ts';
import type { Value } from '../values/value.ts';
import type { Account, EmittedAccount } from './account.ts';
import { actionOf } from './action-name.ts';
import type {
  ActionCall,
  CompiledSpec,
  State,
  StateFunction,
  StatePredicate,
  StepPredicate,
  Successor,
} from './compiled-spec.ts';
import type { ConstantBindings } from './constant-bindings.ts';
import { emitAccount } from './emit-account.ts';
import { emitAction } from './emit-action.ts';
import { emitBoolean, emitValue } from './emit-value.ts';
import { Contexts, environmentOf, NO_STATE, NO_STATES } from './environment.ts';
import { FormulaForms } from './formula-forms.ts';
import { type Effects, Host } from './host.ts';
import { Levels } from './levels.ts';
import { link, sourceOf } from './link.ts';
import { ParameterUses } from './parameter-uses.ts';
import { attempt, type Probe, probing, withSites } from './probe.ts';
import { Registers } from './registers.ts';
import type { SearchLevel } from './search-level.ts';
import { completeState, type Draft, type Search, type SearchProgram } from './search-program.ts';
import { separateCalls } from './separate-actions.ts';
import { type Analyses, type Instrumentation, PLAIN, Unit } from './unit.ts';

const SILENT: Effects = { print: () => {} };
const WITH_PLACES: Instrumentation = { ...PLAIN, places: true };
const WITH_CONDITIONS: Instrumentation = { ...WITH_PLACES, conditions: true };

/**
 * Compiles a root module, its constants bound, to JavaScript functions.
 *
 * @throws EvaluationError RC42xx when a formula is compiled that the engine does not support
 */
export function compileSpec(
  module: Module,
  bindings: ConstantBindings,
  effects: Effects = SILENT,
): CompiledModule {
  return new CompiledModule(module, bindings, effects);
}

/** A conjunct of an action, and what became of it so far. */
export interface CountedConjunct {
  readonly expression: Expression;
  /** The definition that it stands in; undefined at the root. */
  readonly definition: string | undefined;
  readonly evaluated: number;
  readonly held: number;
}

export interface CountedNext {
  successors(from: State, found: (to: State, entered: readonly string[]) => void): void;
  /** Every conjunct, also those that were never evaluated. */
  conjuncts(): readonly CountedConjunct[];
}

export class CompiledModule implements CompiledSpec {
  readonly variables: readonly string[];
  readonly level: SearchLevel;
  readonly #contexts: Contexts;
  readonly #analyses: Analyses;
  readonly #registers = new Registers();
  readonly #host: Host;

  constructor(module: Module, bindings: ConstantBindings, effects: Effects) {
    this.variables = module.variables.map((variable) => variable.name);
    this.#contexts = new Contexts(module, bindings);
    this.#analyses = {
      levels: new Levels(this.#contexts),
      parameters: new ParameterUses(this.#contexts),
      forms: new FormulaForms(this.#contexts),
    };
    this.level = this.#registers.level;
    this.#host = new Host(this.#contexts.values, effects, this.#registers);
  }

  initialStates(init: Expression, found: (state: State) => void): void {
    const search = (instrumentation: Instrumentation): Search => {
      const unit = this.#unit(instrumentation);
      return link<Search>(unit, this.#initialRoot(unit, init), this.#host);
    };
    const run = refusingDepth(() => search(PLAIN));
    const complete = (draft: Draft): State => completeState(draft, undefined, this.variables);
    placed(
      () => run([], (draft) => found(complete(draft))),
      () => locating(spanOf(init), () => search(WITH_PLACES)([], complete)),
    );
  }

  /** The initial predicate and the action as text, for the same modules with any values of the constants. */
  program(init: Expression, next: Expression): SearchProgram {
    const initial = this.#unit(PLAIN);
    const action = this.#unit(PLAIN);
    return {
      variables: this.variables,
      initial: sourceOf(initial, this.#initialRoot(initial, init)),
      next: sourceOf(action, this.#nextRoot(action, next)),
    };
  }

  compileNext(next: Expression): (from: State, found: (to: State) => void) => void {
    const run = this.#search(next, PLAIN);
    return (from, found) => {
      placed(
        () => run(from, (draft) => found(completeState(draft, from, this.variables))),
        () => this.#searchWithPlaces(next, from),
      );
    };
  }

  /** What has no place of its own is told where the action is defined that is under way. */
  #searchWithPlaces(next: Expression, from: State): void {
    const entered: { readonly name: string }[] = [];
    this.#host.onCall = { enter: (name) => entered.push({ name }), leave: () => entered.pop() };
    const action = (): Definition | undefined => {
      const place = environmentOf(this.#contexts.root, NO_STATES);
      return actionOf(next, entered, (reference) => this.#contexts.overrideOf(reference, place) ?? reference);
    };
    const search = this.#search(next, { ...WITH_PLACES, calls: true });
    try {
      search(from, (draft) => {
        const name = action()?.name;
        completeState(draft, from, this.variables, name === undefined ? undefined : `action ${name}`);
      });
    } catch (error) {
      throw error instanceof EvaluationError ? error.at(action()?.span ?? spanOf(next)) : error;
    }
  }

  compileExplainedNext(next: Expression): (from: State, found: (to: Successor) => void) => void {
    const run = this.#search(next, { ...PLAIN, calls: true });
    return (from, found) => {
      const stack: (() => ActionCall)[] = [];
      this.#host.onCall = {
        enter: (name, values) => {
          stack.push(() => ({ name, arguments: argumentsOf(values) }));
        },
        leave: () => {
          stack.pop();
        },
      };
      run(from, (draft) => {
        found({ state: completeState(draft, from, this.variables), calls: stack.map((call) => call()) });
      });
    };
  }

  /** As compileNext, and tells each condition that decides about a successor as it is evaluated, in order. */
  compileConditions(next: Expression): (from: State, found: (to: State) => void, probe: Probe) => void {
    const unit = this.#unit(WITH_CONDITIONS);
    const run = this.#linkSearch(unit, next);
    return (from, found, probe) => {
      const proceed = (draft: Draft): void => found(completeState(draft, from, this.variables));
      probing(this.#host, unit.sites, probe, () => run(from, proceed));
    };
  }

  /** Why a formula about a state is true or false. */
  compileAccount(formula: Expression): (state: State) => Account | undefined {
    const unit = this.#unit(WITH_CONDITIONS);
    const place = environmentOf(this.#contexts.root, { current: 'current', next: NO_STATE });
    const account = emitAccount(unit, formula, place) ?? 'undefined';
    const make = link<(state: State) => EmittedAccount | undefined>(
      unit,
      `(current) => ${account}`,
      this.#host,
    );
    return (state) => {
      const made = make(state);
      return made === undefined ? undefined : withSites(made, unit.sites);
    };
  }

  /**
   * As compileNext, and counts how often each conjunct is evaluated and true; tells the definitions that were entered
   * on the way to a successor, outermost first.
   */
  compileCounted(next: Expression): CountedNext {
    const host = new Host(this.#contexts.values, SILENT, this.#registers);
    const unit = this.#unit({ ...PLAIN, calls: true, counts: true });
    const run = link<Search>(unit, this.#nextRoot(unit, next), host);
    const entered: string[] = [];
    host.onCall = {
      enter: (name) => {
        entered.push(name);
      },
      leave: () => {
        entered.pop();
      },
    };
    return {
      successors: (from, found) => {
        run(from, (draft) => found(completeState(draft, from, this.variables), entered));
      },
      conjuncts: () =>
        unit.sites.map(({ expression, definition }, site) => ({
          expression,
          definition,
          evaluated: host.evaluated[site] ?? 0,
          held: host.held[site] ?? 0,
        })),
    };
  }

  compileState(name: string, formula: Expression): StatePredicate {
    const compile = (instrumentation: Instrumentation): ((state: State) => boolean) => {
      const unit = this.#unit(instrumentation);
      const body = emitBoolean(
        unit,
        formula,
        environmentOf(this.#contexts.root, { current: 'current', next: NO_STATE }),
      );
      return link(unit, `(current) => ${body}`, this.#host);
    };
    const run = compile(PLAIN);
    return {
      name,
      holds: (state) =>
        placed(
          () => run(state),
          () => compile(WITH_PLACES)(state),
        ),
    };
  }

  compileStep(name: string, formula: Expression): StepPredicate {
    const compile = (instrumentation: Instrumentation): ((from: State, to: State) => boolean) => {
      const unit = this.#unit(instrumentation);
      const body = emitBoolean(
        unit,
        formula,
        environmentOf(this.#contexts.root, { current: 'current', next: 'next' }),
      );
      return link(unit, `(current, next) => ${body}`, this.#host);
    };
    const run = compile(PLAIN);
    return {
      name,
      holds: (from, to) =>
        placed(
          () => run(from, to),
          () => compile(WITH_PLACES)(from, to),
        ),
    };
  }

  compileFunction(name: string, expression: Expression): StateFunction {
    const compile = (instrumentation: Instrumentation): ((state: State) => Value) => {
      const unit = this.#unit(instrumentation);
      const body = emitValue(
        unit,
        expression,
        environmentOf(this.#contexts.root, { current: 'current', next: NO_STATE }),
      );
      return link(unit, `(current) => ${body}`, this.#host);
    };
    const run = compile(PLAIN);
    return {
      name,
      value: (state) =>
        placed(
          () => normalise(run(state)),
          () => compile(WITH_PLACES)(state),
        ),
    };
  }

  /** A name for a value, to be put into an expression that is compiled later. */
  keep(value: Value, span: Span): Reference {
    return this.#contexts.keep(value, span);
  }

  evaluate(expression: Expression): Value {
    return this.compileFunction('expression', expression).value([]);
  }

  #unit(instrumentation: Instrumentation): Unit {
    return new Unit(this.#contexts, this.#analyses, instrumentation);
  }

  #search(next: Expression, instrumentation: Instrumentation): Search {
    return this.#linkSearch(this.#unit(instrumentation), next);
  }

  #linkSearch(unit: Unit, next: Expression): Search {
    return link<Search>(unit, this.#nextRoot(unit, next), this.#host);
  }

  #initialRoot(unit: Unit, init: Expression): string {
    const root = environmentOf(this.#contexts.root, { current: 'draft', next: NO_STATE, draft: 'draft' });
    return `(_none, found) => { const draft = []; ${emitAction(unit, init, root, 'init', () => 'found(draft);')} }`;
  }

  #nextRoot(unit: Unit, next: Expression): string {
    const root = environmentOf(this.#contexts.root, { current: 'current', next: 'next', draft: 'next' });
    unit.separateCalls = separateCalls(unit.contexts, unit.levels, next, root);
    return `(current, found) => { const next = []; ${emitAction(unit, next, root, 'next', () => 'found(next);')} }`;
  }
}

function argumentsOf(values: readonly (readonly [string, () => Value])[]): ActionCall['arguments'] {
  return values.flatMap(([name, compute]) => {
    const value = attempt(compute);
    return value === undefined ? [] : [{ name, value }];
  });
}

/** Where a formula is defined, if it is a name. */
function spanOf(formula: Expression): Span {
  if (formula.kind !== 'reference' || formula.reference.target.kind !== 'definition') return formula.span;
  return formula.reference.target.span;
}

/** Runs fast code; where it fails, runs the same with probes, so that the error has a place. */
function placed<Result>(run: () => Result, runWithPlaces: () => unknown): Result {
  try {
    return run();
  } catch (error) {
    const cause = tooDeep(error);
    if (cause instanceof EvaluationError && cause.span === undefined) {
      runAgain(runWithPlaces, cause);
    }
    throw cause;
  }
}

/** At the end of its stack V8 may fail in other ways: then what failed before is told. */
function runAgain(run: () => unknown, before: EvaluationError): void {
  try {
    run();
  } catch (error) {
    const cause = tooDeep(error);
    throw before.code === 'RC4254' && !(cause instanceof EvaluationError) ? before : cause;
  }
}
