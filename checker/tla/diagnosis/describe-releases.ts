import type { TraceEvent } from '../../../traces/trace-format.ts';
import type { Difference } from '../../verdict.ts';
import type { Value } from '../values/value.ts';
import { ValueMap } from '../values/value-map.ts';
import { fieldsThatDiffer } from './fields-that-differ.ts';
import type { NamedMessage, StateMessages } from './state-messages.ts';
import { bagElements, inTraceNotation, type Notation } from './trace-notation.ts';

/** What a step releases and what was recorded of it: messages by their ids, which the trace has in their place. */
export function describeReleases(specified: Value, event: TraceEvent, messages: StateMessages): Difference {
  const waiting = 'server' in event ? messages.waiting(event.server).flat() : [];
  const recorded = event.action === 'Persist' ? (event.releases ?? []) : [];
  const expected = alignedTo(recorded, released(specified, waiting));
  return { variable: 'releases', fields: fieldsThatDiffer(expected, recorded), expected, recorded };
}

/** Of equal messages those that have waited longest leave; in the order in which all of them came to wait. */
function released(bag: Value, waiting: readonly NamedMessage[]): readonly Notation[] {
  const copies = new ValueMap<number>();
  for (const value of bagElements(bag)) copies.set(value, (copies.get(value) ?? 0) + 1);
  const ids = waiting.flatMap(({ id, value }): Notation[] => {
    const left = copies.get(value) ?? 0;
    if (id === undefined || left === 0) return [];
    copies.set(value, left - 1);
    return [id];
  });
  const unnamed = [...copies.entries()].flatMap(([value, left]) =>
    Array.from({ length: left }, () => inTraceNotation(value)),
  );
  return [...ids, ...unnamed];
}

/** The order of releases says nothing: what both lists have stands in one at the place that it has in the other. */
function alignedTo(recorded: readonly Notation[], expected: readonly Notation[]): readonly Notation[] {
  const wanted = new Set(expected);
  const inBoth = new Set(recorded.filter((id) => wanted.has(id)));
  const others = expected.filter((id) => !inBoth.has(id));
  const inPlace = recorded.flatMap((id) => (inBoth.has(id) ? [id] : others.splice(0, 1)));
  return [...inPlace, ...others];
}
