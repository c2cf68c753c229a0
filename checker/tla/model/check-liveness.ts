import type { Budget, Failure } from '../explore/explore-report.ts';
import type { ExploredModel } from '../explore/explored-model.ts';
import type { InSteps } from '../explore/in-steps.ts';
import { AutomatonTooLarge } from '../liveness/automaton.ts';
import { BehaviourGraph, type GraphOptions } from '../liveness/behaviour-graph.ts';
import { conjunctsOf, fairnessOf } from '../liveness/fairness.ts';
import { findBehaviour } from '../liveness/find-behaviour.ts';
import type { Lasso } from '../liveness/lasso.ts';
import { type Atom, type Fairness, negation, type Temporal } from '../liveness/temporal.ts';
import { placeOf } from '../syntax/span.ts';
import type { PreparedModel } from './prepared-model.ts';
import type { LivenessPart, NotChecked } from './properties.ts';
import { TemporalReader, UnreadableFormula } from './temporal-reader.ts';

/** What the behaviours of a model say about its liveness properties. */
export type LivenessReport = {
  /** How many states there are if SYMMETRY and VIEW make none of them one; undefined if there is neither. */
  readonly allStates?: number;
} /** Those that could be checked hold. */ & (
  | { readonly outcome: 'checked'; readonly notChecked: readonly NotChecked[] }
  | {
      readonly outcome: 'violated';
      readonly property: string;
      readonly lasso: Lasso;
      readonly notChecked: readonly NotChecked[];
    }
  | { readonly outcome: 'exhausted'; readonly budget: Budget }
  | { readonly outcome: 'failed'; readonly failure: Failure }
);

/** Without its VIEW a model may have no end: how many states are looked at, in times of those with the view. */
const MOST_TIMES = 10;
const MOST_AT_LEAST = 10_000;

/** A part of a property, read. */
interface ReadPart {
  readonly part: LivenessPart;
  readonly formula: Temporal;
}

/**
 * Checks the liveness properties of a model whose states are known to be finitely many: it builds all states and steps
 * once more, in this thread, and looks for a fair behaviour that violates a property. What SYMMETRY or VIEW makes one state
 * are several here: where one of them leads says nothing about the others.
 *
 * @param distinct how many states the search has found
 * @throws EvaluationError where a set that a property quantifies over cannot be computed
 */
export function* checkLiveness(
  model: PreparedModel,
  distinct: number,
  options: GraphOptions,
): InSteps<LivenessReport> {
  const { view, symmetry: _, ...unmerged } = model.explored;
  const maxStates = view === undefined ? Infinity : Math.max(MOST_AT_LEAST, MOST_TIMES * distinct);
  return yield* new LivenessCheck(model, unmerged, { ...options, maxStates }).inSteps();
}

function withoutCheck(parts: readonly LivenessPart[], why: string): LivenessReport {
  return { outcome: 'checked', notChecked: parts.map((part) => ({ part, why })) };
}

class LivenessCheck {
  readonly #model: PreparedModel;
  readonly #explored: ExploredModel;
  readonly #options: GraphOptions;
  readonly #atoms: Atom[] = [];
  readonly #notChecked: NotChecked[] = [];

  /** @param explored the model without SYMMETRY and VIEW */
  constructor(model: PreparedModel, explored: ExploredModel, options: GraphOptions) {
    this.#model = model;
    this.#explored = explored;
    this.#options = options;
  }

  *inSteps(): InSteps<LivenessReport> {
    const { liveness } = this.#model;
    const fairness = this.#fairness();
    if (fairness instanceof UnreadableFormula) {
      return withoutCheck(
        liveness,
        `it depends on the fairness of the specification, and there ${fairness.message} (${placeOf(fairness.span)})`,
      );
    }
    const parts = liveness.flatMap((part) => this.#read(part));
    if (parts.length === 0) return { outcome: 'checked', notChecked: this.#notChecked };
    const built = yield* BehaviourGraph.build(this.#explored, this.#atoms, this.#options);
    if (built.outcome === 'exhausted' && built.budget === 'states') return this.#tooManyStates();
    if (built.outcome !== 'built') return built;
    const { graph } = built;
    const { symmetry = [], view } = this.#model.explored;
    const size = symmetry.length === 0 && view === undefined ? {} : { allStates: graph.size };
    for (const { part, formula } of parts) {
      const report = yield* this.#search(graph, part, formula, fairness);
      if (report !== undefined) return { ...report, ...size };
    }
    return { outcome: 'checked', notChecked: this.#notChecked, ...size };
  }

  #tooManyStates(): LivenessReport {
    const states = this.#options.maxStates?.toLocaleString('en-US');
    return withoutCheck(
      this.#model.liveness,
      `a behaviour is known only if VIEW makes no states one, and then there are more than ${states}`,
    );
  }

  *#search(
    graph: BehaviourGraph,
    part: LivenessPart,
    formula: Temporal,
    fairness: Fairness,
  ): InSteps<LivenessReport | undefined> {
    try {
      const search = yield* findBehaviour(graph, negation(formula), fairness, this.#options);
      if (search.outcome === 'exhausted') return search;
      if (search.outcome === 'none') return undefined;
      const { property } = part;
      return { outcome: 'violated', property, lasso: search.lasso, notChecked: this.#notChecked };
    } catch (error) {
      if (!(error instanceof AutomatonTooLarge)) throw error;
      this.#leave(part, 'it has too many cases');
      return undefined;
    }
  }

  #fairness(): Fairness | UnreadableFormula {
    const reader = this.#reader('');
    const conjuncts = this.#model.specification?.fairness ?? [];
    return unreadableOr(() => fairnessOf(conjuncts.map((each) => reader.read(each))));
  }

  #read(part: LivenessPart): ReadPart[] {
    const reader = this.#reader(part.property);
    const known = this.#atoms.length;
    // One search for each conjunct is quicker than one for all.
    const read = unreadableOr(() => conjunctsOf(reader.read(part.formula)));
    if (!(read instanceof UnreadableFormula)) return read.map((formula) => ({ part, formula }));
    this.#atoms.length = known;
    const { message, span } = read;
    this.#leave(part, part.line === span.line ? message : `${message} (${placeOf(span)})`);
    return [];
  }

  #reader(name: string): TemporalReader {
    return new TemporalReader(name, this.#model.formulas, this.#model.compiled, this.#atoms);
  }

  #leave(part: LivenessPart, why: string): void {
    this.#notChecked.push({ part, why });
  }
}

function unreadableOr<Result>(read: () => Result): Result | UnreadableFormula {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableFormula) return error;
    throw error;
  }
}
