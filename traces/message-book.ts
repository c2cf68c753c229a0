import { differingFields, hashContents, sameContents } from './message-contents.ts';
import type { RecordedEvent } from './recording.ts';
import { TraceError, type TracePlace } from './trace-error.ts';
import type { Header, Message, MessageId, PersistEvent, Server, TraceEvent } from './trace-format.ts';

/** Of each sender's received messages the last so many are remembered at least, twice as many at most. */
export const REMEMBERED_RECEIVES = 65_536;

/** A message that was sent and not received yet. */
interface Undelivered {
  readonly message: Message;
  released: boolean;
}

/** What one server sent. Messages are named by a number made of their id's `seq` and `k`. */
interface Outbox {
  /** The seq of its first and its last event so far; 0 before. */
  first: number;
  last: number;
  readonly undelivered: Map<number, Undelivered>;
  /** Of received messages: twice the hash of the contents, plus one if it had been released. In two generations. */
  received: Map<number, number>;
  receivedBefore: Map<number, number>;
  /** Every forgotten message has a number of this at most. */
  forgotten: number;
  /** Copies by recorded DuplicateMessage events that nobody has received yet. */
  readonly copies: Map<number, number>;
  /** The latest seq of a message that was taken to be older than the recording. */
  older: number;
}

/**
 * What was sent, released and received: tells where each received message comes from, and finds receives without a
 * send, contents that changed under way, and releases of what was never held.
 *
 * Memory: the messages that were never received, and a hash for each of the last received ones.
 */
export class MessageBook {
  readonly #outboxes: ReadonlyMap<Server, Outbox>;
  readonly #unrecorded: ReadonlySet<Server>;
  readonly #startsInMidLife: boolean;

  constructor(header: Header) {
    this.#outboxes = new Map(header.servers.map((server) => [server, emptyOutbox()]));
    this.#unrecorded = new Set(header.unrecorded);
    this.#startsInMidLife = header.initial !== undefined;
  }

  /**
   * Takes the next event, in causal order.
   *
   * @returns where the message that it receives comes from
   * @throws TraceError RC1022 to RC1027
   */
  record(event: TraceEvent, place: TracePlace): RecordedEvent['origin'] {
    if (!('server' in event)) {
      this.#moveByNetwork(event.action, event.args.id, place);
      return 'none';
    }
    const outbox = this.#outboxes.get(event.server);
    if (outbox === undefined) return 'none';
    if (outbox.first === 0) this.#begin(outbox, event.seq, event.server, place);
    outbox.last = event.seq;
    const origin = 'message' in event ? this.#receive(event.message, place) : 'none';
    if ('sends' in event) outbox.undelivered.set(event.seq, { message: event.sends[0], released: false });
    if (event.action === 'Persist' && event.releases !== undefined)
      this.#release(event, event.releases, outbox, place);
    return origin;
  }

  /** The seq of the last event of a server so far; 0 before its first, and for a server that does not exist. */
  lastSeqOf(server: Server): number {
    return this.#outboxes.get(server)?.last ?? 0;
  }

  #begin(outbox: Outbox, seq: number, server: Server, place: TracePlace): void {
    outbox.first = seq;
    if (outbox.older < seq) return;
    throw new TraceError(
      'RC1022',
      `the recording of ${server} starts with event ${seq}, but a message of its event ${outbox.older} was received before`,
      place,
    );
  }

  #receive(message: Message, place: TracePlace): RecordedEvent['origin'] {
    const outbox = this.#outboxes.get(message.from);
    const number = numberOf(message.id, message.from);
    if (outbox === undefined) throw unsent(message, place);
    const sent = outbox.undelivered.get(number);
    if (sent !== undefined) {
      if (!sameContents(sent.message, message)) {
        throw new TraceError('RC1023', `${message.id}: ${differingFields(sent.message, message)}`, place);
      }
      outbox.undelivered.delete(number);
      remember(outbox, number, hashContents(message) * 2 + (sent.released ? 1 : 0));
      return 'sent';
    }
    const earlier = outbox.received.get(number) ?? outbox.receivedBefore.get(number);
    if (earlier !== undefined) return this.#receiveAgain(message, number, earlier, outbox, place);
    if (this.#isOfEnvironment(message.from, number, outbox)) {
      remember(outbox, number, hashContents(message) * 2 + 1);
      return 'environment';
    }
    if (number <= outbox.forgotten) {
      throw new TraceError(
        'RC1027',
        `${message.id} was never sent, or received so long ago that its contents are forgotten`,
        place,
      );
    }
    throw unsent(message, place);
  }

  #receiveAgain(
    message: Message,
    number: number,
    earlier: number,
    outbox: Outbox,
    place: TracePlace,
  ): RecordedEvent['origin'] {
    if (Math.floor(earlier / 2) !== hashContents(message)) {
      throw new TraceError('RC1023', `${message.id} was received before, with other contents`, place);
    }
    const copies = outbox.copies.get(number);
    if (copies === undefined) return 'repeated';
    if (copies > 1) outbox.copies.set(number, copies - 1);
    else outbox.copies.delete(number);
    return 'sent';
  }

  #isOfEnvironment(from: Server, number: number, outbox: Outbox): boolean {
    if (this.#unrecorded.has(from)) return true;
    if (!this.#startsInMidLife) return false;
    const seq = number % SEQ_LIMIT;
    if (outbox.first === 0) {
      // Its first event will tell whether this message is older than that.
      outbox.older = Math.max(outbox.older, seq);
      return true;
    }
    return seq < outbox.first;
  }

  #release(
    { server }: PersistEvent,
    releases: readonly MessageId[],
    outbox: Outbox,
    place: TracePlace,
  ): void {
    for (const id of releases) {
      const number = numberOf(id, server);
      const sent = outbox.undelivered.get(number);
      if (sent !== undefined && !sent.released) {
        sent.released = true;
        continue;
      }
      const received = outbox.received.get(number) ?? outbox.receivedBefore.get(number);
      if (received !== undefined && received % 2 === 0) {
        throw new TraceError('RC1024', `${id} is released here, but was received before`, place);
      }
      const why =
        sent !== undefined || received !== undefined ? 'was released before' : `was never sent by ${server}`;
      throw new TraceError('RC1025', `${id} is released, but ${why}`, place);
    }
  }

  #moveByNetwork(action: 'DropMessage' | 'DuplicateMessage', id: MessageId, place: TracePlace): void {
    const from = id.slice(0, id.lastIndexOf(':'));
    const outbox = this.#outboxes.get(from);
    if (outbox === undefined)
      throw new TraceError('RC1010', `${from} is not among the servers of the header`, place);
    const number = numberOf(id, from);
    const known =
      outbox.undelivered.has(number) || outbox.received.has(number) || outbox.receivedBefore.has(number);
    if (!known) throw new TraceError('RC1026', `${action} names ${id}, which nobody has sent by then`, place);
    if (action === 'DuplicateMessage') outbox.copies.set(number, (outbox.copies.get(number) ?? 0) + 1);
  }
}

function emptyOutbox(): Outbox {
  return {
    first: 0,
    last: 0,
    undelivered: new Map(),
    received: new Map(),
    receivedBefore: new Map(),
    forgotten: 0,
    copies: new Map(),
    older: 0,
  };
}

/** Forgets by generations: deleting the oldest of a Map one by one would cost more than keeping twice as many. */
function remember(outbox: Outbox, number: number, contents: number): void {
  outbox.received.set(number, contents);
  if (outbox.received.size < REMEMBERED_RECEIVES) return;
  for (const each of outbox.receivedBefore.keys()) outbox.forgotten = Math.max(outbox.forgotten, each);
  outbox.receivedBefore = outbox.received;
  outbox.received = new Map();
}

function unsent({ id, from }: Message, place: TracePlace): TraceError {
  return new TraceError(
    'RC1022',
    `${id} is received, but ${from} has not sent it by then`,
    place,
    `If ${from} records nothing, list it in the header as unrecorded.`,
  );
}

const SEQ_LIMIT = 2 ** 31;
const ZERO = 0x30;

/** A message's number among those of its sender: the `seq` of its id where its `k` is 0, as in all of today's; larger numbers otherwise. */
export function numberOf(id: MessageId, from: Server): number {
  let seq = 0;
  let k = 0;
  let i = from.length + 1;
  for (; i < id.length && id[i] !== '.'; i++) seq = seq * 10 + id.charCodeAt(i) - ZERO;
  for (i += 1; i < id.length; i++) k = k * 10 + id.charCodeAt(i) - ZERO;
  return seq + k * SEQ_LIMIT;
}
