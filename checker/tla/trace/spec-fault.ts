import type { RecordedEvent } from '../../../traces/recording.ts';
import type { CodedError } from '../../diagnostics/coded-error.ts';
import { refusalOf } from '../model/refusal.ts';
import { EvaluationError, tooDeep } from '../values/evaluation-error.ts';
import { openTraceSpec } from './trace-spec.ts';
import type { TraceWalk } from './trace-walk.ts';

/**
 * What is wrong with a user's spec that cannot be evaluated at an event, as the user is to see it. The walk keeps no places
 * of the spec, so it is compiled once more to find the one that fails.
 *
 * @param cause what the walk failed with
 */
export async function specFault(
  cause: EvaluationError,
  recorded: RecordedEvent,
  walk: TraceWalk,
): Promise<CodedError> {
  const { event, file, line } = recorded;
  const located = (await failAgain(recorded, walk)) ?? cause;
  return refusalOf(located, `so the spec cannot be evaluated at ${event.action}, ${file}:${line}`);
}

/** Undefined where it was not the event itself that failed. */
async function failAgain(recorded: RecordedEvent, walk: TraceWalk): Promise<EvaluationError | undefined> {
  const spec = await openTraceSpec(walk.header, { print: () => {} }, walk.specFolder);
  const next = spec.compiled.compileNext(spec.next);
  spec.present(walk.values.event(recorded));
  try {
    for (const state of walk.states) next(state, () => {});
  } catch (error) {
    const cause = tooDeep(error);
    if (cause instanceof EvaluationError) return cause;
    throw cause;
  }
  return undefined;
}
