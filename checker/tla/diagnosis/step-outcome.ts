import type { State } from '../compile/compiled-spec.ts';
import { EMPTY_BAG, sequence, setOf, string } from '../values/operations.ts';
import type { Value } from '../values/value.ts';
import type { DiagnosisSpec } from './diagnosis-spec.ts';
import { recordFrom } from './event-record.ts';
import type { Step } from './raft-steps.ts';

/** Where a step leads, and what the spec has it send and release. */
export interface StepOutcome {
  readonly after: State;
  /** A sequence of contents. */
  readonly sends: Value;
  /** A bag of contents. */
  readonly releases: Value;
}

/** The choice of nextIndex that an event has recorded; without one, the largest is taken. */
export type NextIndexChoice = Value | undefined;

/** Takes steps from one state: nothing of what a trace recorded is compared. */
export class StepTaker {
  readonly #spec: DiagnosisSpec;
  readonly #state: State;
  readonly #observed: readonly string[];

  constructor(spec: DiagnosisSpec, state: State, observed: readonly string[]) {
    this.#spec = spec;
    this.#state = state;
    this.#observed = observed;
  }

  /** @returns undefined where the step is not possible */
  take(step: Step, nextIndex?: NextIndexChoice): StepOutcome | undefined {
    const evaluation = this.#spec.evaluate(this.#state, this.eventOf(step, nextIndex));
    if (evaluation?.after === undefined) return undefined;
    const said = new Map(evaluation.differences.map(({ what, specified }) => [what, specified]));
    return {
      after: evaluation.after,
      sends: said.get('sends') ?? sequence([]),
      releases: said.get('releases') ?? EMPTY_BAG,
    };
  }

  /** The event that would record the step, with nothing observed. */
  eventOf({ action, fields }: Step, nextIndex?: NextIndexChoice): Value {
    const unseen = this.#observed.filter((variable) => nextIndex === undefined || variable !== 'nextIndex');
    return recordFrom(
      new Map<string, Value>([
        ['at', 0],
        ['action', string(action)],
        ...fields,
        ['unobserved', setOf(unseen.map((variable) => string(variable)))],
        ...(nextIndex === undefined
          ? []
          : [['state', recordFrom(new Map([['nextIndex', nextIndex]]))] as const]),
      ]),
    );
  }
}
