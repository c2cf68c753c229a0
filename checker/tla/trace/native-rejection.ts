import type { RecordedEvent } from '../../../traces/recording.ts';
import {
  type Contents,
  describeDifference,
  describeDisabled,
  recordedValue,
  traceValue,
} from '../../tlc/tlc-rejection.ts';
import type { Difference, Rejection } from '../../verdict.ts';
import { type Diagnosis, diagnose, type RejectedStep } from '../diagnosis/diagnose.ts';
import { commandContent } from './event-values.ts';
import type { TraceWalk } from './trace-walk.ts';

const COMMANDS: Contents = { get: commandContent };

/** Why no step of the spec explains an event: what differs, or the conjunct that forbids its action. */
export function rejectionOf(recorded: RecordedEvent, step: RejectedStep, walk: TraceWalk): Rejection {
  const { event, file, line, position } = recorded;
  const diagnosis = diagnose(recorded, step, walk);
  const differences = diagnosis?.differences ?? printedDifferences(recorded, step);
  const [first] = differences;
  return {
    code: first === undefined ? 'RC3201' : 'RC3202',
    file,
    line,
    position,
    server: 'server' in event ? event.server : null,
    action: event.action,
    message:
      first === undefined
        ? describeDisabled(event)
        : describeDifference(event, first.variable, first.recorded),
    engine: 'native',
    ...(first === undefined ? {} : { ...firstDifference(first), differences }),
    ...(diagnosis === undefined ? {} : causeOf(diagnosis)),
    ...(walk.specFolder === undefined ? {} : { spec: walk.specFolder }),
  };
}

function firstDifference({ variable, expected, recorded }: Difference): Partial<Rejection> {
  return { variable, expected, ...(recorded === undefined ? {} : { recorded }) };
}

function causeOf({ conjunct, values, because, suggestion, missing, enabled }: Diagnosis): Partial<Rejection> {
  return {
    ...(conjunct === undefined ? {} : { conjunct }),
    ...(values.length === 0 ? {} : { values }),
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(because === undefined ? {} : { because }),
    ...(missing === undefined ? {} : { missing }),
    ...(enabled === undefined ? {} : { enabled }),
  };
}

/** What RaftTrace.tla itself has printed: the first difference only. */
function printedDifferences({ event }: RecordedEvent, step: RejectedStep): readonly Difference[] {
  return step.differences.map((difference) => {
    const recorded = recordedValue(event, difference.what);
    return {
      variable: difference.what,
      fields: [],
      expected: traceValue(difference, COMMANDS),
      ...(recorded === undefined ? {} : { recorded }),
    };
  });
}
