import type { RecordedEvent } from '../../../traces/recording.ts';
import type { TraceEvent } from '../../../traces/trace-format.ts';
import { sentIn } from '../trace/event-values.ts';
import type { MessagesSoFar } from '../trace/undelivered-messages.ts';
import type { Value } from '../values/value.ts';
import { fieldsOf } from './event-record.ts';

/**
 * What is known of messages just before an event: also that the one it receives is on its way, where the network has
 * repeated it or somebody has sent it who records nothing.
 *
 * @param presented the record of the event
 */
export function messagesBefore(
  { event, origin }: RecordedEvent,
  presented: Value,
  soFar: MessagesSoFar,
): MessagesSoFar {
  const value = fieldsOf(presented).get('message');
  if (!('message' in event) || value === undefined || origin === 'sent') return soFar;
  const { id } = event.message;
  const others = soFar.messages.filter((each) => each.id !== id);
  return { ...soFar, messages: [...others, { id, value, place: nextPlace(soFar), isReleased: true }] };
}

/** The same after it: what it creates is there. */
export function messagesAfter(event: TraceEvent, presented: Value, before: MessagesSoFar): MessagesSoFar {
  if (!('sends' in event)) return before;
  const values = sentIn(presented);
  const place = nextPlace(before);
  const created = event.sends.flatMap(({ id }, index) => {
    const value = values[index];
    return value === undefined ? [] : [{ id, value, place: place + index, isReleased: false }];
  });
  return { ...before, messages: [...before.messages, ...created] };
}

function nextPlace({ messages }: MessagesSoFar): number {
  return (messages.at(-1)?.place ?? -1) + 1;
}
