import type { RecordedEvent } from '../../../traces/recording.ts';
import type { Conjunct, Difference, SeenValue, Suggestion } from '../../verdict.ts';
import type { MetCondition } from '../compile/compile-spec.ts';
import type { State } from '../compile/compiled-spec.ts';
import type { StepOutcome, TraceWalk } from '../trace/trace-walk.ts';
import { assignmentOf, failedCondition, seenValues } from './conditions.ts';
import { describe, type EventContext } from './describe-differences.ts';
import { DiagnosisSpec, type Evaluation } from './diagnosis-spec.ts';
import { contentField } from './message-contents.ts';
import { ModuleTexts } from './module-text.ts';

export type RejectedStep = Extract<StepOutcome, { readonly outcome: 'rejected' }>;

/** Why an event is no step of the spec. */
export interface Diagnosis {
  /** Empty: the recorded action is not enabled. */
  readonly differences: readonly Difference[];
  readonly conjunct?: Conjunct;
  readonly values: readonly SeenValue[];
  readonly suggestion?: Suggestion;
  readonly enabled?: readonly string[];
}

/**
 * Finds the cause of a rejection. The verdict stands already: whatever fails here only leaves the cause out.
 *
 * @returns undefined where the spec that is checked against cannot be evaluated in this way
 */
export function diagnose(
  recorded: RecordedEvent,
  step: RejectedStep,
  walk: TraceWalk,
): Diagnosis | undefined {
  try {
    const spec = DiagnosisSpec.open(walk.header, walk.specFolder);
    return new EventDiagnosis(recorded, step, walk, spec).diagnosis();
  } catch {
    return undefined;
  }
}

class EventDiagnosis {
  readonly #step: RejectedStep;
  readonly #spec: DiagnosisSpec;
  readonly #texts = new ModuleTexts();
  readonly #state: State;
  readonly #evaluation: Evaluation;
  readonly #context: EventContext;

  constructor(recorded: RecordedEvent, step: RejectedStep, walk: TraceWalk, spec: DiagnosisSpec) {
    this.#step = step;
    this.#spec = spec;
    const closest = closestState(step, spec);
    this.#state = closest.state;
    this.#evaluation = closest.evaluation;
    this.#context = {
      event: recorded.event,
      before: this.#state,
      variables: walk.spec.compiled.variables,
      undelivered: new Map(walk.values.undelivered()),
    };
  }

  diagnosis(): Diagnosis {
    const met = this.#spec.conditions(this.#state, this.#step.presented);
    const differences = this.#evaluation.differences.map((each) => describe(each, this.#context));
    const [first] = differences;
    if (first === undefined) {
      const failed = failedCondition(met);
      return {
        differences,
        ...(failed === undefined ? {} : { conjunct: this.#texts.conjunct(failed) }),
        values: failed === undefined ? [] : seenValues(failed, this.#texts),
      };
    }
    const { module, compiled } = this.#spec.spec;
    const conjunct =
      contentField(first, module, this.#texts) ??
      this.#conjunctOf(assignmentOf(first.variable, met, compiled.variables));
    return { differences, ...(conjunct === undefined ? {} : { conjunct }), values: [] };
  }

  #conjunctOf(met: MetCondition | undefined): Conjunct | undefined {
    return met === undefined ? undefined : this.#texts.conjunct(met);
  }
}

/** Of the states that are possible before the event, the one from which it differs least. */
function closestState(
  { before, presented }: RejectedStep,
  spec: DiagnosisSpec,
): { readonly state: State; readonly evaluation: Evaluation } {
  let closest: { readonly state: State; readonly evaluation: Evaluation } | undefined;
  for (const state of before.slice(0, MOST_STATES)) {
    const evaluation = spec.evaluate(state, presented) ?? NOT_ENABLED;
    if (closest === undefined || distance(evaluation) < distance(closest.evaluation))
      closest = { state, evaluation };
  }
  if (closest === undefined) throw new RangeError('there is no state before the event');
  return closest;
}

const MOST_STATES = 100;
const NOT_ENABLED: Evaluation = { after: undefined, differences: [] };

function distance({ after, differences }: Evaluation): number {
  return after === undefined ? Number.POSITIVE_INFINITY : differences.length;
}
