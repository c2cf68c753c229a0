import type { MessageId } from '../../../traces/trace-format.ts';
import { string } from '../values/operations.ts';
import { FunctionValue, SequenceValue, type Value } from '../values/value.ts';

/** A message that was created and not received or lost since: it is on its way, waits for a disk, or went in a crash. */
export interface UndeliveredMessage {
  readonly id: MessageId;
  readonly value: Value;
  /** Messages are counted as they are created. */
  readonly place: number;
  /** A Persist has named it. */
  readonly isReleased: boolean;
}

/** A restart: what waited for the pending writes is lost. */
export interface Crash {
  /** How many messages had been created before. */
  readonly place: number;
  /** The bags of messages that waited. */
  readonly promised: readonly Value[];
}

/** What the events so far say of messages that may still be somewhere. */
export interface MessagesSoFar {
  /** In the order in which they were created. */
  readonly messages: readonly UndeliveredMessage[];
  readonly crashes: readonly Crash[];
}

interface Kept {
  readonly value: Value;
  readonly place: number;
  copies: number;
  isReleased: boolean;
}

/** The messages of a recording by their ids, from their creation until the last copy has been received or lost. */
export class UndeliveredMessages {
  readonly #kept = new Map<MessageId, Kept>();
  readonly #crashes: Crash[] = [];
  #created = 0;

  get(id: MessageId): Value | undefined {
    return this.#kept.get(id)?.value;
  }

  create(id: MessageId, value: Value): void {
    this.#kept.set(id, { value, place: this.#created, copies: 1, isReleased: false });
    this.#created += 1;
  }

  release(id: MessageId): void {
    const kept = this.#kept.get(id);
    if (kept !== undefined) kept.isReleased = true;
  }

  /** One copy more, or one less. */
  count(id: MessageId, copies: 1 | -1): void {
    const kept = this.#kept.get(id);
    if (kept === undefined) return;
    kept.copies += copies;
    if (kept.copies === 0) this.#kept.delete(id);
  }

  /** Which ids were lost is found out when somebody asks: no verdict depends on that. */
  crash(promised: readonly Value[]): void {
    if (promised.length > 0) this.#crashes.push({ place: this.#created, promised });
  }

  soFar(): MessagesSoFar {
    const messages = Array.from(this.#kept, ([id, { value, place, isReleased }]) => ({
      id,
      value,
      place,
      isReleased,
    }));
    return { messages, crashes: [...this.#crashes] };
  }
}

const PROMISED = string('promised');

/**
 * The bags of messages that wait for a server's pending writes, the oldest write first; none where a spec has another
 * idea of `pending`.
 */
export function promisedBags(pending: Value | undefined): readonly Value[] {
  if (!(pending instanceof SequenceValue)) return [];
  return pending.toArray().flatMap((write) => {
    const bag = write instanceof FunctionValue ? write.values[write.shape.indexOf(PROMISED)] : undefined;
    return bag === undefined ? [] : [bag];
  });
}
