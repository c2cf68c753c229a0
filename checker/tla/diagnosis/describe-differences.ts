import type { TraceEvent } from '../../../traces/trace-format.ts';
import { recordedValue } from '../../tlc/tlc-rejection.ts';
import type { Difference } from '../../verdict.ts';
import type { State } from '../compile/compiled-spec.ts';
import { apply, string } from '../values/operations.ts';
import { FunctionValue, type Value } from '../values/value.ts';
import { describeReleases } from './describe-releases.ts';
import type { ValueDifference } from './diagnosis-spec.ts';
import { fieldsThatDiffer } from './fields-that-differ.ts';
import type { StateMessages } from './state-messages.ts';
import { type Notation, variableNotation } from './trace-notation.ts';

/** What is needed to tell a difference in the terms of the trace. */
export interface EventContext {
  readonly event: TraceEvent;
  readonly before: State;
  readonly variables: readonly string[];
  readonly messages: StateMessages;
}

/** What the spec says and what was recorded, as the trace would have it. */
export function describe({ what, specified }: ValueDifference, context: EventContext): Difference {
  const { event } = context;
  const recorded = recordedValue(event, what);
  if (what === 'releases') return describeReleases(specified, event, context.messages);
  const expected = variableNotation(what, specified);
  if (recorded === undefined) {
    const before = valueBefore(what, context);
    return {
      variable: what,
      fields: [],
      expected,
      ...(before === undefined || what === 'log' ? {} : { before: variableNotation(what, before) }),
    };
  }
  const notation: Notation = JSON.parse(JSON.stringify(recorded));
  return { variable: what, fields: fieldsThatDiffer(expected, notation), expected, recorded };
}

/** The value of a variable of the event's server. */
export function valueBefore(
  variable: string,
  { event, before, variables }: Pick<EventContext, 'event' | 'before' | 'variables'>,
): Value | undefined {
  const all = before[variables.indexOf(variable)];
  if (!('server' in event) || !(all instanceof FunctionValue)) return undefined;
  return apply(all, string(event.server));
}
