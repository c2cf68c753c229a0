import type { State } from '../compile/compiled-spec.ts';
import { EvaluationError } from '../values/evaluation-error.ts';
import type { ExploreOptions } from './explore-options.ts';
import type { Activity, Budget, Counts, ExploreReport, Failure, Path } from './explore-report.ts';
import type { ExploredModel } from './explored-model.ts';
import { fitsIntoMemory } from './memory-budget.ts';
import { StateChecks } from './state-checks.ts';
import { StateStore } from './state-store.ts';
import { NO_STATE } from './state-table.ts';
import { Violations } from './violations.ts';

/** A search of all states level by level. Counts, order and what is checked when are those of TLC 2.18 with one worker. */
export class BreadthFirstSearch {
  readonly #model: ExploredModel;
  readonly #options: ExploreOptions;
  readonly #checks: StateChecks;
  readonly #store: StateStore;
  readonly #violations = new Violations();
  #generated = 0;
  /** The level of the states that are explored; the ones found from them are of the next. */
  #level = 0;
  #levelEnd = 0;
  /** The state whose successors are being found, or NO_STATE for initial states. */
  #fromIndex = NO_STATE;
  #from: State = [];
  #stopped: 'at violation' | Budget | undefined;
  #failure: Failure | undefined;
  /** What is evaluated while a state is looked up. */
  readonly #identification: Activity;
  readonly #found: (to: State) => void;

  constructor(model: ExploredModel, options: ExploreOptions) {
    this.#model = model;
    this.#options = options;
    this.#checks = new StateChecks(model);
    this.#store = new StateStore(model);
    this.#identification =
      model.view === undefined ? { what: 'state', name: '' } : { what: 'view', name: model.view.name };
    this.#found = (to) => this.#evaluateFound(to);
  }

  run(): ExploreReport {
    this.#findInitialStates();
    this.#levelEnd = this.#store.states.size;
    this.#level = 1;
    for (let index = 0; index < this.#store.states.size && !this.#isOver; index++) {
      if (index === this.#levelEnd) this.#beginLevel();
      if (this.#level >= (this.#options.maxDepth ?? Infinity)) this.#stopped = 'depth';
      else this.#explore(index);
    }
    return this.#report();
  }

  get #isOver(): boolean {
    return this.#stopped !== undefined || this.#failure !== undefined;
  }

  #beginLevel(): void {
    this.#level++;
    this.#levelEnd = this.#store.states.size;
  }

  #findInitialStates(): void {
    this.#evaluate({ what: 'initial states', name: '' }, () => this.#model.initialStates(this.#found));
  }

  #explore(index: number): void {
    this.#lookAtBudgets(index);
    if (this.#isOver) return;
    this.#from = this.#store.focus(index);
    this.#fromIndex = index;
    const before = this.#generated;
    this.#evaluate({ what: 'successors', name: '' }, () => this.#model.successors(this.#from, this.#found));
    if (this.#generated === before && this.#model.checkDeadlock && !this.#isOver) this.#deadlock();
  }

  /** What is not evaluated is reported with the path to the state that was explored. */
  #evaluate(activity: Activity, search: () => void): void {
    try {
      search();
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      this.#failure ??= { during: activity, error, path: this.#pathTo(this.#fromIndex) };
    }
  }

  /**
   * As #evaluate, for what is checked of a state that was found. Nothing may be thrown through the search for
   * successors: it would take the error for its own.
   */
  #evaluateFound(state: State): void {
    if (this.#isOver) return;
    try {
      if (this.#fromIndex === NO_STATE) this.#foundInitial(state);
      else this.#foundSuccessor(state);
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      this.#failure = { during: this.#checks.activity, error, path: this.#pathWith(state) };
    }
  }

  #foundInitial(state: State): void {
    this.#generated++;
    if (this.#checks.satisfiesConstraints(state) && !this.#storeIfNew(state)) return;
    this.#checkInvariants(state);
    if (this.#isOver) return;
    const predicate = this.#checks.violatedInitialPredicate(state);
    if (predicate !== undefined) this.#violated('initial', predicate, state);
  }

  #foundSuccessor(to: State): void {
    this.#generated++;
    if (this.#isNewSuccessor(to)) this.#checkInvariants(to);
    if (this.#isOver) return;
    const step = this.#checks.violatedStep(this.#from, to);
    if (step !== undefined) this.#violated('step', step, to);
  }

  /** Whether a successor was not seen before. One outside the constraints never was. */
  #isNewSuccessor(to: State): boolean {
    if (this.#store.isPlain && this.#find(to) !== NO_STATE) {
      // It satisfies the constraints, but those of the step may have no value.
      this.#checks.satisfiesActionConstraints(this.#from, to);
      return false;
    }
    const isInModel =
      this.#checks.satisfiesConstraints(to) && this.#checks.satisfiesActionConstraints(this.#from, to);
    if (!isInModel) return true;
    if (!this.#store.isPlain && this.#find(to) !== NO_STATE) return false;
    this.#add();
    return true;
  }

  #storeIfNew(state: State): boolean {
    if (this.#find(state) !== NO_STATE) return false;
    this.#add();
    return true;
  }

  #find(state: State): number {
    this.#checks.activity = this.#identification;
    return this.#store.find(state);
  }

  #add(): void {
    if (this.#store.states.size >= (this.#options.maxStates ?? Infinity)) this.#stopped = 'states';
    else this.#store.add(this.#fromIndex);
  }

  #checkInvariants(state: State): void {
    if (this.#isOver) return;
    const invariant = this.#checks.violatedInvariant(state);
    if (invariant !== undefined) this.#violated('invariant', invariant, state);
  }

  #violated(kind: 'invariant' | 'initial' | 'step', name: string, state: State): void {
    if (this.#violations.isNew(kind, name)) this.#violations.add({ kind, name, path: this.#pathWith(state) });
    if (this.#options.continueAfterViolation !== true) this.#stopped = 'at violation';
  }

  #deadlock(): void {
    if (this.#violations.isNew('deadlock', ''))
      this.#violations.add({ kind: 'deadlock', path: this.#pathTo(this.#fromIndex) });
    if (this.#options.continueAfterViolation !== true) this.#stopped = 'at violation';
  }

  #pathWith(state: State): Path {
    return [...this.#pathTo(this.#fromIndex), state];
  }

  #pathTo(index: number): Path {
    const path: State[] = [];
    for (let at = index; at !== NO_STATE; at = this.#store.states.predecessor(at))
      path.push(this.#store.state(at));
    return path.reverse();
  }

  #lookAtBudgets(explored: number): void {
    const options = this.#options;
    if (explored % (options.progressInterval ?? 65536) === 0 && explored > 0)
      options.onProgress?.({ ...this.#counts, queue: this.#store.states.size - explored });
    if (explored % (options.stopInterval ?? 1024) !== 0) return;
    this.#stopped ??= options.shouldStop?.();
    const growth = this.#store.states.nextGrowthBytes;
    if (!fitsIntoMemory(growth, options.maxMemoryBytes ?? Infinity, options.memoryUsed))
      this.#stopped ??= 'memory';
  }

  get #counts(): Counts {
    const distinct = this.#store.states.size;
    const depth = distinct > this.#levelEnd ? this.#level + 1 : this.#level;
    return { generated: this.#generated, distinct, depth: distinct === 0 ? 0 : depth };
  }

  #report(): ExploreReport {
    const counts = this.#counts;
    const violations = this.#violations.list;
    if (this.#failure !== undefined)
      return { ...counts, outcome: 'failed', failure: this.#failure, violations };
    const ended = this.#stopped;
    if (!this.#violations.isEmpty)
      return { ...counts, outcome: 'violated', violations, ended: ended ?? 'complete' };
    if (ended === 'at violation') throw new Error('a violation ended the search, but none is known');
    return ended === undefined
      ? { ...counts, outcome: 'complete' }
      : { ...counts, outcome: 'exhausted', budget: ended };
  }
}
