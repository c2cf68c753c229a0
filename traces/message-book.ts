import { hashContents } from './message-contents.ts';
import type { RecordedEvent } from './recording.ts';
import type { RecordingSource } from './recording-source.ts';
import { type Knowledge, SentMessages } from './sent-messages.ts';
import { TraceError, type TracePlace } from './trace-error.ts';
import type { Header, Message, MessageId, Server, TraceEvent } from './trace-format.ts';

/** So many messages of the environment are remembered at least, so that a repeated receive is told from a first. */
const REMEMBERED_ENVIRONMENT = 65_536;

/** The events of one server so far, and what they sent. */
interface Outbox {
  /** The seq of its first and its last event so far; 0 before. */
  first: number;
  last: number;
  readonly sent: SentMessages;
  /** Copies by recorded DuplicateMessage events that were neither received nor lost yet, by the message's seq. */
  readonly copies: Map<number, number>;
  /** The latest seq of a message that was taken to be older than the recording. */
  older: number;
}

/**
 * What was sent, released and received: tells where each received message comes from, and finds receives without a
 * send, contents that changed under way, and releases of what was never held. Contents are compared by a hash, see
 * message-contents.ts.
 *
 * A Restart loses held messages; it needs nothing here, for a lost message is one that is never released.
 */
export class MessageBook {
  readonly #kind: RecordingSource['kind'];
  readonly #outboxes: ReadonlyMap<Server, Outbox>;
  readonly #unrecorded: ReadonlySet<Server>;
  readonly #startsInMidLife: boolean;
  /** The hashes of received messages that no event of the recording sent, in two generations. */
  #environment = new Map<MessageId, number>();
  #environmentBefore: ReadonlyMap<MessageId, number> = new Map();

  /** @param kind whether the order of the events is that of a file, or was found by merging those of the servers */
  constructor(header: Header, kind: RecordingSource['kind'] = 'perServer') {
    this.#kind = kind;
    this.#outboxes = new Map(
      header.servers.map((server) => [
        server,
        { first: 0, last: 0, sent: new SentMessages(), copies: new Map(), older: 0 },
      ]),
    );
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
    if (outbox.first === 0) begin(outbox, event.seq, event.server, place);
    outbox.last = event.seq;
    const origin = 'message' in event ? this.#receive(event.message, place) : 'none';
    if ('sends' in event) outbox.sent.send(event.seq, hashContents(event.sends[0]), place.line ?? 0);
    if (event.action === 'Persist' && event.releases !== undefined) {
      for (const id of event.releases) release(id, event.server, outbox, place);
    }
    return origin;
  }

  /** The seq of the last event of a server so far; 0 before its first, and for a server that does not exist. */
  lastSeqOf(server: Server): number {
    return this.#outboxes.get(server)?.last ?? 0;
  }

  #receive(message: Message, place: TracePlace): RecordedEvent['origin'] {
    const { id, from } = message;
    const outbox = this.#outboxes.get(from);
    if (outbox === undefined) throw unsent(id, from, this.#kind, place);
    const seq = seqOf(id, from);
    if (this.#isOfEnvironment(from, seq, outbox))
      return this.#receiveFromEnvironment(message, seq, outbox, place);
    const known: Knowledge = isFirstOfItsEvent(id) ? outbox.sent.lookUp(seq) : 'unsent';
    if (known === 'unsent') throw unsent(id, from, this.#kind, place);
    if (known === 'forgotten') {
      throw new TraceError('RC1027', `${id} was never sent, or received long ago and is forgotten`, place);
    }
    if (known.hash !== hashContents(message)) {
      throw new TraceError(
        'RC1023',
        `${id} was received with other contents than line ${known.line} sent`,
        place,
      );
    }
    if (!known.received) {
      outbox.sent.markReceived(seq);
      return 'sent';
    }
    return takeCopy(outbox, seq) ? 'sent' : 'repeated';
  }

  #isOfEnvironment(from: Server, seq: number, outbox: Outbox): boolean {
    if (this.#unrecorded.has(from)) return true;
    // Before the first event of a server, that event will tell whether this message is older.
    return this.#startsInMidLife && (outbox.first === 0 || seq < outbox.first);
  }

  #receiveFromEnvironment(
    message: Message,
    seq: number,
    outbox: Outbox,
    place: TracePlace,
  ): RecordedEvent['origin'] {
    const hash = hashContents(message);
    const known = this.#environmentHash(message.id);
    if (known === undefined) {
      outbox.older = Math.max(outbox.older, seq);
      this.#rememberEnvironment(message.id, hash);
      return 'environment';
    }
    if (known !== hash) {
      throw new TraceError('RC1023', `${message.id} was received before, with other contents`, place);
    }
    return takeCopy(outbox, seq) ? 'sent' : 'repeated';
  }

  #environmentHash(id: MessageId): number | undefined {
    return this.#environment.get(id) ?? this.#environmentBefore.get(id);
  }

  /** What is forgotten and received again counts as sent again, which the environment may do. */
  #rememberEnvironment(id: MessageId, hash: number): void {
    this.#environment.set(id, hash);
    if (this.#environment.size < REMEMBERED_ENVIRONMENT) return;
    this.#environmentBefore = this.#environment;
    this.#environment = new Map();
  }

  #moveByNetwork(action: 'DropMessage' | 'DuplicateMessage', id: MessageId, place: TracePlace): void {
    const from = id.slice(0, id.lastIndexOf(':'));
    const outbox = this.#outboxes.get(from);
    if (outbox === undefined) {
      throw new TraceError('RC1010', `${from} is not among the servers of the header`, place);
    }
    const seq = seqOf(id, from);
    const isSent = isFirstOfItsEvent(id) && outbox.sent.lookUp(seq) !== 'unsent';
    const isKnown = isSent || this.#environmentHash(id) !== undefined;
    if (!isKnown)
      throw new TraceError('RC1026', `${action} names ${id}, which nobody has sent by then`, place);
    // A copy that is lost again explains no receive.
    if (action === 'DropMessage') takeCopy(outbox, seq);
    else outbox.copies.set(seq, (outbox.copies.get(seq) ?? 0) + 1);
  }
}

function begin(outbox: Outbox, seq: number, server: Server, place: TracePlace): void {
  outbox.first = seq;
  if (outbox.older < seq) return;
  throw new TraceError(
    'RC1022',
    `${server} starts with event ${seq}, but a message of its event ${outbox.older} was received before`,
    place,
  );
}

function release(id: MessageId, server: Server, { sent }: Outbox, place: TracePlace): void {
  const isOwn = id.startsWith(`${server}:`) && isFirstOfItsEvent(id);
  const known: Knowledge = isOwn ? sent.lookUp(seqOf(id, server)) : 'unsent';
  if (known === 'unsent' || known === 'forgotten') {
    throw new TraceError('RC1025', `${id} is released, but ${server} has not sent it`, place);
  }
  if (known.released) throw new TraceError('RC1025', `${id} is released, but it was released before`, place);
  if (known.received)
    throw new TraceError('RC1024', `${id} is released here, but was received before`, place);
  sent.markReleased(seqOf(id, server));
}

/** Uses up a copy that a recorded DuplicateMessage made; whether there was one. */
function takeCopy({ copies }: Outbox, seq: number): boolean {
  const left = copies.get(seq);
  if (left === undefined) return false;
  if (left > 1) copies.set(seq, left - 1);
  else copies.delete(seq);
  return true;
}

function unsent(id: MessageId, from: Server, kind: RecordingSource['kind'], place: TracePlace): TraceError {
  const remedy =
    kind === 'merged'
      ? 'In a merged file a line that sends a message stands above those that receive it: put them into that order, or check a folder with a file for each server'
      : 'Check the files of all servers of a run together, as a folder';
  return new TraceError(
    'RC1022',
    `${id} is received, but ${from} has not sent it by then`,
    place,
    `${remedy}; if ${from} records nothing, list it in the header as unrecorded.`,
  );
}

const ZERO = 0x30;
const DOT = 0x2e;

/** The `seq` in an id of a message from this server. */
export function seqOf(id: MessageId, from: Server): number {
  let seq = 0;
  for (let i = from.length + 1; i < id.length; i++) {
    const code = id.charCodeAt(i);
    if (code === DOT) break;
    seq = seq * 10 + code - ZERO;
  }
  return seq;
}

/** Every action of today creates one message at most, so none has another `k`. */
function isFirstOfItsEvent(id: MessageId): boolean {
  return id.endsWith('.0');
}
