import type { RecordedEvent } from '../../../traces/recording.ts';
import type {
  Conjunct,
  DecidingCondition,
  Difference,
  MissingStep,
  SeenValue,
  Suggestion,
} from '../../verdict.ts';
import type { Expression } from '../syntax/ast.ts';
import type { StepOutcome, TraceWalk } from '../trace/trace-walk.ts';
import { assignmentOf, failedCondition, operandsOf, seenValues, type ToldCondition } from './conditions.ts';
import { DiagnosisSpec } from './diagnosis-spec.ts';
import { enabledSteps } from './enabled-steps.ts';
import { EventAnalysis } from './event-analysis.ts';
import { contentField } from './message-contents.ts';
import { ModuleTexts } from './module-text.ts';

export type RejectedStep = Extract<StepOutcome, { readonly outcome: 'rejected' }>;

/** Why an event is no step of the spec. */
export interface Diagnosis {
  /** Empty: the recorded action is not enabled. */
  readonly differences: readonly Difference[];
  readonly conjunct?: Conjunct;
  readonly values: readonly SeenValue[];
  readonly because?: DecidingCondition;
  readonly suggestion?: Suggestion;
  readonly missing?: MissingStep;
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
  const analysis = softly(
    () => new EventAnalysis(recorded, step, walk, DiagnosisSpec.open(walk.header, walk.specFolder)),
  );
  const cause = analysis && softly(() => causeOf(analysis));
  if (analysis === undefined || cause === undefined) return undefined;
  const suggestion = softly(() => analysis.suggestion());
  const missing = softly(() => analysis.missing());
  const enabled = softly(() => enabledSteps(analysis));
  return {
    ...cause,
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(missing === undefined ? {} : { missing }),
    ...(enabled === undefined ? {} : { enabled }),
  };
}

/** The conjunct that forbids the action, or that gives the first variable that differs its value. */
export function causeOf(analysis: EventAnalysis): Diagnosis {
  const { differences, spec } = analysis;
  const texts = new ModuleTexts();
  const [first] = differences;
  if (first === undefined) {
    const failed = failedCondition(analysis.conditions(), spec.spec.module);
    if (failed === undefined) return { differences, values: [] };
    return { differences, conjunct: texts.conjunct(failed), values: seenValues(failed, texts) };
  }
  const { module, compiled } = spec.spec;
  const field = contentField(first, module);
  const told = (condition: ToldCondition | undefined): Pick<Diagnosis, 'because'> =>
    condition === undefined ? {} : { because: because(condition, texts) };
  const choice = (given: Expression | undefined): ToldCondition | undefined =>
    softly(() => analysis.choiceFor(first.variable, given));
  if (field !== undefined) {
    const { name, value, definition } = field;
    const conjunct = texts.place(value.span, definition.name, `${name} |-> ${texts.at(value.span)}`);
    const within = () => analysis.decidedWithin(field);
    // Why something is FALSE is one condition; all that makes it TRUE says less than what a change would turn around.
    const reason = field.expected === true ? (choice(value) ?? within()) : (within() ?? choice(value));
    return { differences, conjunct, values: [], ...told(reason) };
  }
  const assignment = assignmentOf(first.variable, analysis.conditions(), compiled.variables);
  return {
    differences,
    ...(assignment === undefined ? {} : { conjunct: texts.conjunct(assignment) }),
    values: assignment === undefined ? [] : operandsOf(assignment, texts),
    ...told(choice(assignment?.site.expression)),
  };
}

function because(condition: ToldCondition, texts: ModuleTexts): DecidingCondition {
  return {
    ...texts.conjunct(condition),
    holds: condition.holds,
    values: seenValues(condition, texts),
  };
}

function softly<Result>(compute: () => Result): Result | undefined {
  try {
    return compute();
  } catch {
    return undefined;
  }
}
