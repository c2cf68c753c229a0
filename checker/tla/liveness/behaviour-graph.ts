import type { State } from '../compile/compiled-spec.ts';
import { SearchLevel } from '../compile/search-level.ts';
import type { Activity, Budget, Failure } from '../explore/explore-report.ts';
import type { ExploredModel } from '../explore/explored-model.ts';
import type { InSteps } from '../explore/in-steps.ts';
import { fitsIntoMemory } from '../explore/memory-budget.ts';
import { StateChecks } from '../explore/state-checks.ts';
import { StateStore } from '../explore/state-store.ts';
import { NO_STATE } from '../explore/state-table.ts';
import { EvaluationError } from '../values/evaluation-error.ts';
import { BitList, IntList } from './int-list.ts';
import type { Atom, Literal } from './temporal.ts';

/** Limits and callbacks of a search. */
export interface GraphOptions {
  /** The most memory of the process, in bytes. */
  readonly maxMemoryBytes?: number;
  /** The most states. */
  readonly maxStates?: number;
  /** Asked now and then: whether time is up, or somebody interrupts. */
  shouldStop?(): 'time' | 'signal' | undefined;
  /** Of how many states the steps are known, and how many states there are so far. */
  onProgress?(done: number, states: number): void;
}

export type GraphResult =
  | { readonly outcome: 'built'; readonly graph: BehaviourGraph }
  | { readonly outcome: 'exhausted'; readonly budget: Budget }
  | { readonly outcome: 'failed'; readonly failure: Failure };

/** States between two pauses. */
const PAUSE_INTERVAL = 64;

/** States between two looks at the memory. */
const LOOK_INTERVAL = 1024;

/**
 * All states of a model within its constraints, found level by level, and all steps between them, with what the atoms
 * say of each. A state may always stay as it is: [][Next]_v allows it. The initial states come first.
 */
export class BehaviourGraph {
  readonly store: StateStore;
  readonly #atoms: readonly Atom[];
  readonly #values: readonly BitList[];
  /** Where the edges of a state begin; those of the next one follow. */
  readonly #edges = new IntList();
  readonly #targets = new IntList();
  #initial = 0;

  private constructor(model: ExploredModel, atoms: readonly Atom[]) {
    this.store = new StateStore(model);
    this.#atoms = atoms;
    this.#values = atoms.map(() => new BitList());
  }

  static build(model: ExploredModel, atoms: readonly Atom[], options: GraphOptions): InSteps<GraphResult> {
    const graph = new BehaviourGraph(model, atoms);
    return new Builder(graph, model, options).inSteps();
  }

  get size(): number {
    return this.store.states.size;
  }

  /** The states from 0 up to, without, this one are initial. */
  get initialCount(): number {
    return this.#initial;
  }

  firstEdge(state: number): number {
    return this.#edges.at(state);
  }

  edgeCount(state: number): number {
    const end = state + 1 < this.#edges.length ? this.#edges.at(state + 1) : this.#targets.length;
    return end - this.#edges.at(state);
  }

  target(edge: number): number {
    return this.#targets.at(edge);
  }

  /** Whether a literal is true of a state, or of a step from there. */
  satisfies({ atom, holds }: Literal, state: number, edge: number): boolean {
    return this.#values[atom.index]?.at(atom.level === 'state' ? state : edge) === holds;
  }

  get bytes(): number {
    const lists = [this.#edges, this.#targets, ...this.#values];
    return lists.reduce((sum, list) => sum + list.bytes, this.store.bytes);
  }

  /** The initial states are all there. */
  endInitial(): void {
    this.#initial = this.size;
  }

  /** Begins with the edges of the next state. */
  openState(state: State, began: (atom: Atom) => void): void {
    this.#edges.push(this.#targets.length);
    for (const atom of this.#atoms) {
      if (atom.level !== 'state') continue;
      began(atom);
      this.#values[atom.index]?.push(atom.predicate.holds(state));
    }
  }

  addEdge(from: State, to: State, target: number, began: (atom: Atom) => void): void {
    this.#targets.push(target);
    for (const atom of this.#atoms) {
      if (atom.level !== 'step') continue;
      began(atom);
      this.#values[atom.index]?.push(atom.predicate.holds(from, to));
    }
  }
}

/** Finds all states and steps, one state after the other. */
class Builder {
  readonly #graph: BehaviourGraph;
  readonly #model: ExploredModel;
  readonly #options: GraphOptions;
  readonly #checks: StateChecks;
  readonly #level: SearchLevel;
  /** The states before this one are of the level that is explored, or of one before. */
  #levelEnd = 0;
  #activity: Activity = { what: 'initial states', name: '' };
  /** The state whose steps are looked for, or NO_STATE. */
  #at = NO_STATE;
  #to: State | undefined;

  constructor(graph: BehaviourGraph, model: ExploredModel, options: GraphOptions) {
    this.#graph = graph;
    this.#model = model;
    this.#options = options;
    this.#checks = new StateChecks(model);
    this.#level = model.level ?? new SearchLevel();
    this.#level.current = 0;
  }

  *inSteps(): InSteps<GraphResult> {
    const graph = this.#graph;
    try {
      this.#model.initialStates((state) => this.#place(state));
      graph.endInitial();
      for (this.#at = 0; this.#at < graph.size; this.#at += 1) {
        const budget = this.#exhausted();
        if (budget !== undefined) return { outcome: 'exhausted', budget };
        this.#explore();
        if (this.#at % PAUSE_INTERVAL === 0) yield;
      }
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      return { outcome: 'failed', failure: { during: this.#activity, error, path: this.#path() } };
    }
    return { outcome: 'built', graph };
  }

  #explore(): void {
    const graph = this.#graph;
    if (this.#at === this.#levelEnd) {
      this.#level.current = (this.#level.current ?? 0) + 1;
      this.#levelEnd = graph.size;
    }
    const from = graph.store.focus(this.#at);
    const began = ({ predicate }: Atom): void => {
      const { name } = predicate;
      this.#activity = { what: name === '' ? 'fairness of the specification' : 'temporal property', name };
    };
    const known = new Set([this.#at]);
    const steps: [State, number][] = [[from, this.#at]];
    this.#activity = { what: 'successors', name: '' };
    this.#model.successors(from, (to) => {
      if (!this.#checks.satisfiesActionConstraints(from, to)) return;
      const target = this.#place(to);
      if (target === NO_STATE || known.has(target)) return;
      known.add(target);
      steps.push([to, target]);
    });
    graph.openState(from, began);
    for (const [to, target] of steps) {
      this.#to = to;
      graph.addEdge(from, to, target, began);
    }
    this.#to = undefined;
  }

  /** The number of a state, which may be new; NO_STATE where a constraint excludes it. */
  #place(state: State): number {
    const { store } = this.#graph;
    const known = store.find(state);
    // What is known satisfies the constraints, unless they ask for the level.
    if (known !== NO_STATE && !this.#level.wasRead) return known;
    if (!this.#checks.satisfiesConstraints(state)) return NO_STATE;
    return known === NO_STATE ? store.add(this.#at) : known;
  }

  #exhausted(): Budget | undefined {
    const asked = this.#options.shouldStop?.();
    if (asked !== undefined) return asked;
    if (this.#graph.size > (this.#options.maxStates ?? Infinity)) return 'states';
    if (this.#at % LOOK_INTERVAL !== 0) return undefined;
    const { onProgress, maxMemoryBytes = Infinity } = this.#options;
    onProgress?.(this.#at, this.#graph.size);
    // A list that is full doubles.
    return fitsIntoMemory(this.#graph.bytes, maxMemoryBytes) ? undefined : 'memory';
  }

  #path(): State[] {
    const { store } = this.#graph;
    const path: State[] = [];
    for (let at = this.#at; at !== NO_STATE; at = store.states.predecessor(at)) path.push(store.state(at));
    path.reverse();
    return this.#to === undefined || path.length === 0 ? path : [...path, this.#to];
  }
}
