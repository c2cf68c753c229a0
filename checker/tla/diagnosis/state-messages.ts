import type { MessageId, Server } from '../../../traces/trace-format.ts';
import type { State } from '../compile/compiled-spec.ts';
import { type MessagesSoFar, promisedBags, type UndeliveredMessage } from '../trace/undelivered-messages.ts';
import { FunctionValue, StringValue, type Value } from '../values/value.ts';
import { ValueMap } from '../values/value-map.ts';
import { fieldsOf, textIn } from './event-record.ts';
import { bagElements } from './trace-notation.ts';

/** A message of the spec, which has no id, with the id that the trace has for it, if any. */
export interface NamedMessage {
  readonly id: MessageId | undefined;
  readonly value: Value;
}

/**
 * The messages in a state, by their ids. Of equal ones the state tells only how many wait for a disk, and how many are on
 * their way. Those that wait are the newest: a promise waits if it was created since the oldest pending write was, and only
 * then. So what a crash lost are those that were the newest at that time, and the others have left.
 */
export class StateMessages {
  readonly #waiting: ReadonlyMap<Server, readonly (readonly NamedMessage[])[]>;
  readonly #left: MessagesByContents;
  readonly #network: Value | undefined;

  constructor({ messages, crashes }: MessagesSoFar, state: State, variables: readonly string[]) {
    const left = new MessagesByContents(messages);
    for (const { promised, place } of crashes) left.takeNewest(promised, place);
    this.#waiting = takeWaiting(state[variables.indexOf('pending')], left);
    this.#left = left;
    this.#network = state[variables.indexOf('network')];
  }

  /** What waits for the pending writes of a server: for each write, in the order in which it was created. */
  waiting(server: Server): readonly (readonly NamedMessage[])[] {
    return this.#waiting.get(server) ?? [];
  }

  /** Everything that could be delivered, to one server if one is named; what was created last comes first. */
  inFlight(to?: Server): readonly NamedMessage[] {
    if (!(this.#network instanceof FunctionValue)) return [];
    const { shape, values } = this.#network;
    return shape.keys
      .flatMap((value, index): readonly Placed[] => {
        if (to !== undefined && textIn(fieldsOf(value), 'to') !== to) return [];
        const copies = values[index];
        const known = this.#left.of(value).slice(typeof copies === 'number' ? -copies : 0);
        return known.length > 0 ? known : [{ id: undefined, value, place: -1 }];
      })
      .sort((a, b) => b.place - a.place);
  }
}

type Placed = NamedMessage & Pick<UndeliveredMessage, 'place'>;

/** Messages in the order in which they were created, those with equal contents together. */
class MessagesByContents {
  readonly #known = new ValueMap<UndeliveredMessage[]>();

  constructor(messages: readonly UndeliveredMessage[]) {
    for (const message of messages) {
      const equal = this.#known.get(message.value);
      if (equal === undefined) this.#known.set(message.value, [message]);
      else equal.push(message);
    }
  }

  of(value: Value): readonly UndeliveredMessage[] {
    return this.#known.get(value) ?? [];
  }

  /**
   * For each of these bags the newest that no Persist has released, the newest of them for the last bag.
   *
   * @param end only what was created before this place
   */
  takeNewest(bags: readonly Value[], end = Number.POSITIVE_INFINITY): readonly (readonly NamedMessage[])[] {
    const taken = bags.toReversed().map((bag) => {
      const messages = bagElements(bag).map((value) => this.#takeNewest(value, end));
      return messages.sort((a, b) => a.place - b.place);
    });
    return taken.toReversed();
  }

  #takeNewest(value: Value, end: number): Placed {
    const equal = this.#known.get(value) ?? [];
    const at = equal.findLastIndex(({ place, isReleased }) => place < end && !isReleased);
    const [newest] = at < 0 ? [] : equal.splice(at, 1);
    return newest ?? { id: undefined, value, place: Number.POSITIVE_INFINITY };
  }
}

function takeWaiting(
  pending: Value | undefined,
  left: MessagesByContents,
): ReadonlyMap<Server, readonly (readonly NamedMessage[])[]> {
  if (!(pending instanceof FunctionValue)) return new Map();
  return new Map(
    pending.shape.keys.flatMap((server, index) => {
      const bags = promisedBags(pending.values[index]);
      return server instanceof StringValue ? [[server.text, left.takeNewest(bags)] as const] : [];
    }),
  );
}
