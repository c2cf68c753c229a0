import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { RecordedEvent } from '../../../traces/recording.ts';
import {
  type Contents,
  describeDifference,
  describeDisabled,
  recordedValue,
  traceValue,
} from '../../tlc/tlc-rejection.ts';
import type { Conjunct, Rejection } from '../../verdict.ts';
import type { MetCondition } from '../compile/compile-spec.ts';
import type { Span } from '../syntax/span.ts';
import { commandContent } from './event-values.ts';
import type { StepOutcome, TraceWalk } from './trace-walk.ts';

type RejectedStep = Extract<StepOutcome, { readonly outcome: 'rejected' }>;

const COMMANDS: Contents = { get: commandContent };

/** Why no step of the spec explains an event: a value that differs, or the conjunct that forbids its action. */
export function rejectionOf(recorded: RecordedEvent, step: RejectedStep, walk: TraceWalk): Rejection {
  const { event, file, line, position } = recorded;
  const base = {
    file,
    line,
    position,
    server: 'server' in event ? event.server : null,
    action: event.action,
    engine: 'native',
  } as const;
  const [difference] = step.differences;
  if (difference !== undefined) {
    const { what } = difference;
    const expected = traceValue(difference, COMMANDS);
    const value = recordedValue(event, what);
    return {
      ...base,
      code: 'RC3202',
      message: describeDifference(event, what, value),
      variable: what,
      ...(expected === undefined ? {} : { expected }),
      ...(value === undefined ? {} : { recorded: value }),
    };
  }
  const failed = failedCondition(step, walk);
  return {
    ...base,
    code: 'RC3201',
    message: describeDisabled(event),
    ...(failed === undefined ? {} : { conjunct: conjunctOf(failed) }),
  };
}

/** The condition at which the walk ended: each event has one path, so it is the last one that is false. */
function failedCondition(step: RejectedStep, walk: TraceWalk): MetCondition | undefined {
  const { compiled, next } = walk.spec;
  const search = compiled.compileConditions(next);
  let failed: MetCondition | undefined;
  for (const state of step.before) {
    search(
      state,
      () => {},
      (condition) => {
        if (!condition.holds) failed = condition;
      },
    );
  }
  return failed;
}

function conjunctOf({ site }: MetCondition): Conjunct {
  const { span } = site.expression;
  return {
    module: basename(span.file),
    definition: site.definition ?? '',
    text: textOf(span),
    line: span.line,
  };
}

/** What stands there in the module, on one line. */
function textOf(span: Span): string {
  const lines = readFileSync(span.file, 'utf8')
    .split('\n')
    .slice(span.line - 1, span.endLine);
  return lines
    .map((line, index) => {
      const start = index === 0 ? span.column - 1 : 0;
      const end = index === lines.length - 1 ? span.endColumn : undefined;
      return line.slice(start, end).trim();
    })
    .join(' ');
}
