import type { MessageId, NetworkTraceEvent } from '../../../traces/trace-format.ts';
import type { Suggestion } from '../../verdict.ts';
import { FunctionValue } from '../values/value.ts';
import { ValueMap } from '../values/value-map.ts';
import type { EventContext } from './describe-differences.ts';

/**
 * For an event of the network whose message is not in flight: of those that are, and come from the same server, the
 * one that was sent nearest to it.
 */
export function suggestMessage(event: NetworkTraceEvent, context: EventContext): Suggestion | undefined {
  const { before, variables, undelivered } = context;
  const network = before[variables.indexOf('network')];
  if (!(network instanceof FunctionValue)) return undefined;
  const inFlight = new ValueMap<true>();
  for (const message of network.shape.keys) inFlight.set(message, true);
  const { id } = event.args;
  let nearest: MessageId | undefined;
  for (const [other, value] of undelivered) {
    if (senderOf(other) !== senderOf(id) || inFlight.get(value) === undefined) continue;
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
