import type { State } from '../compile/compiled-spec.ts';
import { SearchLevel } from '../compile/search-level.ts';
import { EvaluationError } from '../values/evaluation-error.ts';
import type { Activity } from './explore-report.ts';
import type { ExploredModel } from './explored-model.ts';
import type { Finding, PathEnd, RawFailure, Stop } from './finding.ts';
import type { InSteps } from './in-steps.ts';
import { StateChecks } from './state-checks.ts';
import { StateStore } from './state-store.ts';
import { NO_STATE, TableFull } from './state-table.ts';

/** Who drives a shard: one thread alone, or one of several. */
export interface ShardHost {
  /** Called before each state is explored. */
  shouldStop(explored: number): Stop | undefined;
  /** Called for each initial state. */
  metInitial?(): void;
  /** Whether one more state may be stored. */
  mayStore(stored: number): boolean;
  readonly continueAfterViolation: boolean;
  /** The other shards, if there are any. */
  readonly partition: Partition | undefined;
}

/** How states are divided among shards. */
export interface Partition {
  /** The place of this shard. */
  readonly self: number;
  /** The shard that owns the states with this common hash. */
  ownerOf(commonHash: number): number;
  /** The number by which all shards know a state of this one. */
  globalNumber(index: number): number;
  send(owner: number, numbers: Int32Array, predecessor: number): void;
}

/** Whether a table cannot grow any more. */
function isFull(error: unknown): boolean {
  return (
    error instanceof TableFull || (error instanceof RangeError && error.message.includes('allocation failed'))
  );
}

/**
 * The states that one thread owns. It finds their successors level by level, checks them, and stores those that it
 * owns. Counts, order and what is checked when are those of TLC 2.18 with one worker.
 */
export class Shard {
  readonly store: StateStore;
  /** The first violation of each formula. */
  readonly findings: Finding[] = [];
  failure: RawFailure | undefined;
  stopped: Stop | undefined;
  generated = 0;
  readonly #model: ExploredModel;
  readonly #host: ShardHost;
  readonly #checks: StateChecks;
  readonly #level: SearchLevel;
  readonly #formulasViolated = new Set<string>();
  /** The next state to be explored. */
  #next = 0;
  /** The number of the state whose successors are being found, or NO_STATE for initial states. */
  #fromNumber = NO_STATE;
  #from: State = [];
  /** What is evaluated while a state is looked up. */
  readonly #identification: Activity;
  readonly #found: (to: State) => void;

  constructor(model: ExploredModel, host: ShardHost) {
    this.#model = model;
    this.#host = host;
    this.#checks = new StateChecks(model);
    this.store = new StateStore(model);
    this.#level = model.level ?? new SearchLevel();
    this.#level.current = 0;
    const { view } = model;
    this.#identification =
      view === undefined ? { what: 'state', name: '' } : { what: 'view', name: view.name };
    this.#found = (state) => this.#evaluateFound(state);
  }

  /** How many states are stored whose successors were not looked for. */
  get queue(): number {
    return this.store.states.size - this.#next;
  }

  /** Finds the initial states that this shard owns. */
  findInitialStates(): void {
    this.#evaluate({ what: 'initial states', name: '' }, () => this.#model.initialStates(this.#found));
  }

  /** Finds the successors of what is in the queue now. */
  *exploreLevel(): InSteps<void> {
    this.#level.current = (this.#level.current ?? 0) + 1;
    const end = this.store.states.size;
    while (this.#next < end) {
      this.stopped ??= this.#host.shouldStop(this.#next);
      if (this.stopped !== undefined) return;
      this.#explore(this.#next++);
      yield;
    }
  }

  /** Takes a state of its own that another shard found. */
  receive(numbers: Int32Array, predecessor: number): void {
    if (this.stopped !== undefined) return;
    const state = this.store.stateOf(numbers);
    this.#fromNumber = predecessor;
    this.#evaluateCheck(state, () => {
      this.#checks.activity = this.#identification;
      if (this.store.findNumbered(state) !== NO_STATE) return;
      this.#add();
      this.#checkInvariants(state);
    });
  }

  #explore(index: number): void {
    this.#from = this.store.focus(index);
    this.#fromNumber = this.#host.partition?.globalNumber(index) ?? index;
    const before = this.generated;
    this.#evaluate({ what: 'successors', name: '' }, () => this.#model.successors(this.#from, this.#found));
    if (this.failure !== undefined) this.#checkSent(this.failure, this.generated - before);
    if (this.generated === before && this.#model.checkDeadlock && this.stopped === undefined)
      this.#violated('deadlock', '', { stored: this.#fromNumber, last: undefined });
  }

  /**
   * Of a state whose successors cannot all be found, those before the failure are checked before it is told. Their owners
   * will not do so any more.
   */
  #checkSent(failure: RawFailure, found: number): void {
    if (this.#host.partition === undefined) return;
    let left = failure.end.last === undefined ? found : found - 1;
    this.failure = undefined;
    this.stopped = undefined;
    this.#evaluate(failure.during, () =>
      this.#model.successors(this.#from, (to) => {
        if (left-- > 0) this.#evaluateCheck(to, () => this.#checkInvariants(to));
      }),
    );
    if (this.stopped === 'at violation') return;
    this.failure = failure;
    this.stopped = 'failed';
  }

  #evaluate(activity: Activity, search: () => void): void {
    try {
      search();
    } catch (error) {
      this.#fail(activity, error, undefined);
    }
  }

  #evaluateFound(state: State): void {
    if (this.stopped !== undefined) return;
    if (this.#fromNumber === NO_STATE) this.#evaluateCheck(state, () => this.#foundInitial(state));
    else this.#evaluateSuccessor(state);
  }

  /**
   * What is checked of a state that was found throws nothing through the search for successors, which would take the
   * error for its own.
   */
  #evaluateSuccessor(to: State): void {
    try {
      this.#foundSuccessor(to);
    } catch (error) {
      this.#fail(this.#checks.activity, error, to);
    }
  }

  #evaluateCheck(state: State, check: () => void): void {
    try {
      check();
    } catch (error) {
      this.#fail(this.#checks.activity, error, state);
    }
  }

  #fail(during: Activity, error: unknown, last: State | undefined): void {
    if (isFull(error)) {
      this.stopped ??= 'memory';
      return;
    }
    if (!(error instanceof EvaluationError)) throw error;
    // The search for successors goes on behind a violation, where TLC has ended.
    if (this.stopped !== undefined) return;
    this.failure = { during, error, end: { stored: this.#fromNumber, last } };
    this.stopped = 'failed';
  }

  #foundInitial(state: State): void {
    // Each shard finds all initial states.
    const counts = (this.#host.partition?.self ?? 0) === 0;
    if (counts) this.generated++;
    this.#host.metInitial?.();
    if (this.#checks.satisfiesConstraints(state)) {
      if (this.#ownerOf(state) !== undefined || this.store.findNumbered(state) !== NO_STATE) return;
      this.#add();
    } else if (!counts) return;
    this.#checkInvariants(state);
    if (this.stopped !== undefined) return;
    const predicate = this.#checks.violatedInitialPredicate(state);
    if (predicate !== undefined) this.#violatedBy('initial', predicate, state);
  }

  #foundSuccessor(to: State): void {
    this.generated++;
    if (this.#isNewSuccessor(to)) this.#checkInvariants(to);
    if (this.stopped !== undefined) return;
    const step = this.#checks.violatedStep(this.#from, to);
    if (step !== undefined) this.#violatedBy('step', step, to);
  }

  /** Whether a successor is new here. One outside the constraints always is; one of another shard never. */
  #isNewSuccessor(to: State): boolean {
    const looksFirst = this.store.isPlain && this.#host.partition === undefined && !this.#level.wasRead;
    if (looksFirst && this.#find(to) !== NO_STATE) {
      // It satisfies the constraints, but those of the step may have no value.
      this.#checks.satisfiesActionConstraints(this.#from, to);
      return false;
    }
    const isInModel =
      this.#checks.satisfiesConstraints(to) && this.#checks.satisfiesActionConstraints(this.#from, to);
    if (!isInModel) return true;
    if (!looksFirst && !this.#isNewHere(to)) return false;
    this.#add();
    return true;
  }

  /** Whether this shard owns a state and does not yet have it; sends it to its owner if that is another one. */
  #isNewHere(state: State): boolean {
    const owner = this.#ownerOf(state);
    if (owner === undefined) return this.store.findNumbered(state) === NO_STATE;
    this.#host.partition?.send(owner, this.store.numbers, this.#fromNumber);
    return false;
  }

  /** The other shard that owns a state, which is numbered thereby. */
  #ownerOf(state: State): number | undefined {
    const { partition } = this.#host;
    this.#checks.activity = this.#identification;
    this.store.number(state);
    if (partition === undefined) return undefined;
    const owner = partition.ownerOf(this.store.commonHash(state));
    return owner === partition.self ? undefined : owner;
  }

  #find(state: State): number {
    this.#checks.activity = this.#identification;
    return this.store.find(state);
  }

  #add(): void {
    if (this.#host.mayStore(this.store.states.size)) this.store.add(this.#fromNumber);
    else this.stopped ??= 'states';
  }

  #checkInvariants(state: State): void {
    if (this.stopped !== undefined) return;
    const invariant = this.#checks.violatedInvariant(state);
    if (invariant !== undefined) this.#violatedBy('invariant', invariant, state);
  }

  #violatedBy(kind: 'invariant' | 'initial' | 'step', name: string, last: State): void {
    this.#violated(kind, name, { stored: this.#fromNumber, last });
  }

  #violated(kind: Finding['kind'], name: string, end: PathEnd): void {
    const formula = `${kind} ${name}`;
    if (!this.#formulasViolated.has(formula)) {
      this.#formulasViolated.add(formula);
      this.findings.push({ kind, name, end });
    }
    if (!this.#host.continueAfterViolation) this.stopped ??= 'at violation';
  }
}
