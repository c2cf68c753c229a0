import type { MessageId, TraceEvent } from '../../../traces/trace-format.ts';
import { recordedValue } from '../../tlc/tlc-rejection.ts';
import type { Difference } from '../../verdict.ts';
import type { State } from '../compile/compiled-spec.ts';
import { apply, equal, string } from '../values/operations.ts';
import { FunctionValue, type Value } from '../values/value.ts';
import type { ValueDifference } from './diagnosis-spec.ts';
import { bagElements, inTraceNotation, type Notation, variableNotation } from './trace-notation.ts';

/** What is needed to tell a difference in the terms of the trace. */
export interface EventContext {
  readonly event: TraceEvent;
  readonly before: State;
  readonly variables: readonly string[];
  readonly undelivered: ReadonlyMap<MessageId, Value>;
}

/** What the spec says and what was recorded, as the trace would have it. */
export function describe({ what, specified }: ValueDifference, context: EventContext): Difference {
  const { event } = context;
  const recorded = recordedValue(event, what);
  const expected = what === 'releases' ? ids(specified, context) : variableNotation(what, specified);
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

/** The messages by their ids, which the trace has in their place. */
function ids(bag: Value, { undelivered }: EventContext): readonly Notation[] {
  const named = new Set<MessageId>();
  return bagElements(bag).map((message) => {
    for (const [id, value] of undelivered) {
      if (named.has(id) || !equal(value, message)) continue;
      named.add(id);
      return id;
    }
    return inTraceNotation(message);
  });
}

/** More paths than these are not told. */
const MOST_FIELDS = 32;

/** Paths to what differs inside of two values, such as `0.term`; none where all of it does. */
export function fieldsThatDiffer(expected: Notation, recorded: Notation): readonly string[] {
  const found: string[] = [];
  const compare = (a: unknown, b: unknown, path: readonly string[]): void => {
    if (found.length === MOST_FIELDS || Object.is(a, b)) return;
    if (isNested(a) && isNested(b) && Array.isArray(a) === Array.isArray(b)) {
      for (const key of keysOf(a, b)) {
        // The contents of a message have no id.
        if (key !== 'id') compare(Reflect.get(a, key), Reflect.get(b, key), [...path, key]);
      }
    } else {
      found.push(path.join('.'));
    }
  };
  compare(expected, recorded, []);
  return found.filter((path) => path !== '');
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function keysOf(a: object, b: object): Iterable<string> {
  return new Set([...Object.keys(a), ...Object.keys(b)]);
}
