import type { State } from '../compile/compiled-spec.ts';
import { SearchLevel } from '../compile/search-level.ts';
import { EvaluationError } from '../values/evaluation-error.ts';
import type { Activity, Failure, Violation } from './explore-report.ts';
import type { ExploredModel } from './explored-model.ts';
import { type InSteps, throughout } from './in-steps.ts';
import { RandomWalkChoices } from './random-walk-choices.ts';
import { StateChecks } from './state-checks.ts';

export interface SimulateOptions {
  /** An integer: the same seed gives the same walks. */
  readonly seed: number;
  /** How many walks. */
  readonly behaviours: number;
  /** The most states of a walk, its initial state included. */
  readonly depth: number;
  /** Asked before each walk and before each step. */
  shouldStop?(): 'time' | 'signal' | undefined;
  onProgress?(progress: SimulationCounts): void;
  /** After how many walks `onProgress` is called, 1024 unless said. */
  readonly progressInterval?: number;
}

export interface SimulationCounts {
  /** Walks begun. */
  readonly behaviours: number;
  /** Initial states and successors found, repetitions included; each is checked. */
  readonly generated: number;
  /** States of the longest walk. */
  readonly longest: number;
}

/** What random walks found. They never prove anything: `finished` means only that nothing was found. */
export type SimulationReport =
  | (SimulationCounts & { readonly outcome: 'finished' })
  | (SimulationCounts & { readonly outcome: 'violated'; readonly violation: Violation })
  | (SimulationCounts & { readonly outcome: 'exhausted'; readonly budget: 'time' | 'signal' })
  | (SimulationCounts & { readonly outcome: 'failed'; readonly failure: Failure });

/**
 * Walks at random from an initial state from successor to successor, within the constraints. As TLC does, it checks
 * each successor of each state on the way, not only the one that it takes. SYMMETRY and VIEW play no part.
 */
export function simulate(model: ExploredModel, options: SimulateOptions): SimulationReport {
  return throughout(simulateInSteps(model, options));
}

/** The same with pauses. */
export function simulateInSteps(model: ExploredModel, options: SimulateOptions): InSteps<SimulationReport> {
  return new Simulation(model, options).inSteps();
}

class Simulation {
  readonly #model: ExploredModel;
  readonly #options: SimulateOptions;
  readonly #checks: StateChecks;
  readonly #level: SearchLevel;
  #behaviours = 0;
  #generated = 0;
  #longest = 0;
  #walk: State[] = [];
  /** What may follow on the walk. */
  #candidates: State[] = [];
  #violation: Violation | undefined;
  #failure: Failure | undefined;
  #stopped: 'time' | 'signal' | undefined;

  constructor(model: ExploredModel, options: SimulateOptions) {
    this.#model = model;
    this.#options = options;
    this.#checks = new StateChecks(model);
    this.#level = model.level ?? new SearchLevel();
    this.#level.current = 0;
  }

  *inSteps(): InSteps<SimulationReport> {
    const { behaviours, seed, progressInterval = 1024 } = this.#options;
    this.#evaluate({ what: 'initial states', name: '' }, () => this.#model.initialStates(this.#foundInitial));
    const initial = this.#candidates;
    while (this.#behaviours < behaviours && initial.length > 0 && !this.#isOver) {
      this.#stopped = this.#options.shouldStop?.();
      if (this.#stopped !== undefined) break;
      this.#candidates = initial;
      yield* this.#walkOnce(new RandomWalkChoices(seed, this.#behaviours));
      if (this.#behaviours % progressInterval === 0) this.#options.onProgress?.(this.#counts);
    }
    return this.#report();
  }

  get #isOver(): boolean {
    return this.#violation !== undefined || this.#failure !== undefined || this.#stopped !== undefined;
  }

  *#walkOnce(choices: RandomWalkChoices): InSteps<void> {
    this.#behaviours++;
    this.#walk = [];
    for (;;) {
      const state = choices.pick(this.#candidates);
      if (state === undefined) return;
      this.#walk.push(state);
      this.#longest = Math.max(this.#longest, this.#walk.length);
      if (this.#walk.length >= this.#options.depth) return;
      this.#findSuccessors(state);
      if (this.#isOver) return;
      yield;
    }
  }

  #findSuccessors(from: State): void {
    this.#candidates = [];
    this.#level.current = this.#walk.length;
    const before = this.#generated;
    this.#evaluate({ what: 'successors', name: '' }, () =>
      this.#model.successors(from, (to) => this.#evaluateFound(to, () => this.#foundSuccessor(from, to))),
    );
    if (this.#isOver) return;
    if (this.#generated === before && this.#model.checkDeadlock)
      this.#violation = { kind: 'deadlock', path: this.#walk };
    this.#stopped = this.#options.shouldStop?.();
  }

  readonly #foundInitial = (state: State): void =>
    this.#evaluateFound(state, () => {
      this.#generated++;
      if (this.#mayBegin(state)) this.#candidates.push(state);
      this.#check('invariant', this.#checks.violatedInvariant(state), state);
      if (!this.#isOver) this.#check('initial', this.#checks.violatedInitialPredicate(state), state);
    });

  /** As with TLC, a walk is at its first state already when it is asked whether that is within the constraints. */
  #mayBegin(state: State): boolean {
    this.#level.current = 1;
    try {
      return this.#checks.satisfiesConstraints(state);
    } finally {
      this.#level.current = 0;
    }
  }

  #foundSuccessor(from: State, to: State): void {
    this.#generated++;
    if (this.#checks.satisfiesConstraints(to) && this.#checks.satisfiesActionConstraints(from, to))
      this.#candidates.push(to);
    this.#check('invariant', this.#checks.violatedInvariant(to), to);
    if (!this.#isOver) this.#check('step', this.#checks.violatedStep(from, to), to);
  }

  #check(kind: 'invariant' | 'initial' | 'step', violated: string | undefined, state: State): void {
    if (violated !== undefined) this.#violation = { kind, name: violated, path: [...this.#walk, state] };
  }

  #evaluate(activity: Activity, search: () => void): void {
    try {
      search();
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      this.#failure ??= { during: activity, error, path: this.#walk };
    }
  }

  /** Nothing may be thrown through the search for successors: it would take the error for its own. */
  #evaluateFound(state: State, check: () => void): void {
    if (this.#isOver) return;
    try {
      check();
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      this.#failure = { during: this.#checks.activity, error, path: [...this.#walk, state] };
    }
  }

  get #counts(): SimulationCounts {
    return { behaviours: this.#behaviours, generated: this.#generated, longest: this.#longest };
  }

  #report(): SimulationReport {
    const counts = this.#counts;
    if (this.#failure !== undefined) return { ...counts, outcome: 'failed', failure: this.#failure };
    if (this.#violation !== undefined) return { ...counts, outcome: 'violated', violation: this.#violation };
    if (this.#stopped !== undefined) return { ...counts, outcome: 'exhausted', budget: this.#stopped };
    return { ...counts, outcome: 'finished' };
  }
}
