import type { State, StatePredicate, StepPredicate } from '../compile/compiled-spec.ts';
import type { Activity } from './explore-report.ts';
import type { ExploredModel } from './explored-model.ts';

interface Checked<Formula> {
  readonly formula: Formula;
  readonly activity: Activity;
}

/** Evaluates a model's formulas, and remembers which one, in case that it cannot be evaluated. */
export class StateChecks {
  activity: Activity = { what: 'state', name: '' };
  readonly #constraints: readonly Checked<StatePredicate>[];
  readonly #actionConstraints: readonly Checked<StepPredicate>[];
  readonly #invariants: readonly Checked<StatePredicate>[];
  readonly #initialPredicates: readonly Checked<StatePredicate>[];
  readonly #steps: readonly Checked<StepPredicate>[];

  constructor(model: ExploredModel) {
    this.#constraints = checked('constraint', model.constraints);
    this.#actionConstraints = checked('action constraint', model.actionConstraints);
    this.#invariants = checked('invariant', model.invariants);
    this.#initialPredicates = checked('initial predicate', model.initialPredicates ?? []);
    this.#steps = checked('step property', model.steps);
  }

  satisfiesConstraints(state: State): boolean {
    return this.#violatedByState(this.#constraints, state) === undefined;
  }

  satisfiesActionConstraints(from: State, to: State): boolean {
    return this.#violatedByStep(this.#actionConstraints, from, to) === undefined;
  }

  /** The name of the first invariant that a state violates. */
  violatedInvariant(state: State): string | undefined {
    return this.#violatedByState(this.#invariants, state);
  }

  violatedInitialPredicate(state: State): string | undefined {
    return this.#violatedByState(this.#initialPredicates, state);
  }

  violatedStep(from: State, to: State): string | undefined {
    return this.#violatedByStep(this.#steps, from, to);
  }

  #violatedByState(formulas: readonly Checked<StatePredicate>[], state: State): string | undefined {
    for (const { formula, activity } of formulas) {
      this.activity = activity;
      if (!formula.holds(state)) return formula.name;
    }
    return undefined;
  }

  #violatedByStep(formulas: readonly Checked<StepPredicate>[], from: State, to: State): string | undefined {
    for (const { formula, activity } of formulas) {
      this.activity = activity;
      if (!formula.holds(from, to)) return formula.name;
    }
    return undefined;
  }
}

function checked<Formula extends StatePredicate | StepPredicate>(
  what: Activity['what'],
  formulas: readonly Formula[],
): Checked<Formula>[] {
  return formulas.map((formula) => ({ formula, activity: { what, name: formula.name } }));
}
