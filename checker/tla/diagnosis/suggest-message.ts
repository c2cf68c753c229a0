import type { MessageId, NetworkTraceEvent } from '../../../traces/trace-format.ts';
import type { Suggestion } from '../../verdict.ts';
import type { EventContext } from './describe-differences.ts';

/**
 * For an event of the network whose message is not in flight: of those that are, and come from the same server, the
 * one that was sent nearest to it.
 */
export function suggestMessage(event: NetworkTraceEvent, { messages }: EventContext): Suggestion | undefined {
  const { id } = event.args;
  let nearest: MessageId | undefined;
  for (const { id: other } of messages.inFlight()) {
    if (other === undefined || senderOf(other) !== senderOf(id)) continue;
    if (nearest === undefined || distance(other, id) < distance(nearest, id)) nearest = other;
  }
  if (nearest === undefined || nearest === id) return undefined;
  return {
    action: event.action,
    step: `${event.action}(${nearest})`,
    message: nearest,
    differences: [{ variable: 'args.id', fields: [], expected: nearest, recorded: id }],
  };
}

const senderOf = (id: MessageId): string => id.slice(0, id.lastIndexOf(':'));

/** How many events of the sender lie between two messages. */
function distance(a: MessageId, b: MessageId): number {
  return Math.abs(
    Number.parseInt(a.slice(a.lastIndexOf(':') + 1), 10) -
      Number.parseInt(b.slice(b.lastIndexOf(':') + 1), 10),
  );
}
