import type { MessageId, TraceEvent } from '../../traces/trace-format.ts';

/** A change of the order or number of events. */
export interface OrderMutation {
  readonly change:
    | 'dropped'
    | 'repeated'
    | 'swapped'
    | 'dropped, seq mended'
    | 'repeated, seq mended'
    | 'swapped, seq mended';
  readonly events: readonly TraceEvent[];
  /** The first event that differs. */
  readonly at: number;
}

/**
 * The event at `at` dropped, repeated and swapped with the next one; and the same with the counting of `seq`, and the
 * ids made of it, mended, so that only the spec can object.
 */
export function orderMutations(events: readonly TraceEvent[], at: number): readonly OrderMutation[] {
  const event = events[at];
  if (event === undefined) return [];
  const next = events[at + 1];
  const dropped = events.toSpliced(at, 1);
  const repeated = events.toSpliced(at, 0, event);
  const mutations: OrderMutation[] = [
    { change: 'dropped', events: dropped, at },
    { change: 'repeated', events: repeated, at: at + 1 },
    { change: 'dropped, seq mended', events: renumbered(dropped), at },
    { change: 'repeated, seq mended', events: renumbered(repeated), at: at + 1 },
  ];
  if (next !== undefined) {
    const swapped = events.toSpliced(at, 2, next, event);
    mutations.push(
      { change: 'swapped', events: swapped, at },
      { change: 'swapped, seq mended', events: renumbered(swapped), at },
    );
  }
  return mutations;
}

/** Counts every server's events anew, and renames the messages after the events that create them. */
function renumbered(events: readonly TraceEvent[]): readonly TraceEvent[] {
  const counts = new Map<string, number>();
  const renamed = new Map<MessageId, MessageId>();
  const rename = (id: MessageId): MessageId => renamed.get(id) ?? id;
  return events.map((event): TraceEvent => {
    if (!('server' in event)) return { ...event, args: { id: rename(event.args.id) } };
    const seq = (counts.get(event.server) ?? 0) + 1;
    counts.set(event.server, seq);
    const received =
      'message' in event ? { message: { ...event.message, id: rename(event.message.id) } } : {};
    const sends = 'sends' in event ? event.sends : [];
    for (const { id } of sends) renamed.set(id, `${event.server}:${seq}.0`);
    const sent =
      sends.length === 0 ? {} : { sends: sends.map((message) => ({ ...message, id: rename(message.id) })) };
    const released =
      event.action === 'Persist' && event.releases !== undefined
        ? { releases: event.releases.map(rename) }
        : {};
    const result: TraceEvent = JSON.parse(
      JSON.stringify({ ...event, seq, ...received, ...sent, ...released }),
    );
    return result;
  });
}
