import { HoldTracker } from './hold-tracker.ts';
import { MessageBook, seqOf } from './message-book.ts';
import { recordedEvent } from './recorded-event.ts';
import type { RecordedEvent } from './recording.ts';
import { TraceError } from './trace-error.ts';
import type { FileEvent, TraceFile } from './trace-file.ts';
import type { Header, MessageId, Server } from './trace-format.ts';

/** Events are handed on in batches of about this size. */
const BATCH_EVENTS = 256;

/** A file with its events read ahead by one batch at most. */
class Lane {
  readonly file: TraceFile;
  readonly #batches: AsyncGenerator<readonly FileEvent[], void, undefined>;
  #batch: readonly FileEvent[] = [];
  #next = 0;
  #ended = false;
  #fill: Promise<void> | undefined;
  #fault: { readonly error: unknown } | undefined;
  /** How many of its events were merged. */
  taken = 0;

  constructor(file: TraceFile) {
    this.file = file;
    this.#batches = file.readEvents();
  }

  /** Its next event; undefined at the end, or before `fill`. */
  get head(): FileEvent | undefined {
    return this.#batch[this.#next];
  }

  get needsFilling(): boolean {
    return !this.#ended && this.#next === this.#batch.length;
  }

  /** Whether it may get further events. */
  get isFilling(): boolean {
    return this.#fill !== undefined;
  }

  /**
   * Begins to fill it, without waiting.
   *
   * @param onFilled is called when it is filled, or has failed
   * @throws what an earlier filling failed with
   */
  startFilling(onFilled: () => void): void {
    if (this.#fault !== undefined) throw this.#fault.error;
    if (!this.needsFilling || this.isFilling) return;
    this.#fill = this.fill()
      .catch((error: unknown) => {
        this.#fault = { error };
      })
      .then(() => {
        this.#fill = undefined;
        onFilled();
      });
  }

  async fill(): Promise<void> {
    const { done, value } = await this.#batches.next();
    if (done === true) this.#ended = true;
    this.#batch = done === true ? [] : value;
    this.#next = 0;
  }

  /** Whether an event that was read ahead releases the message. */
  willRelease(id: MessageId): boolean {
    return this.#batch
      .slice(this.#next)
      .some(({ event }) => event.action === 'Persist' && event.releases?.includes(id) === true);
  }

  advance(): void {
    this.#next += 1;
    this.taken += 1;
  }

  async close(): Promise<void> {
    await this.#batches.return();
  }
}

/** Draws a number from 0, below `count`. */
export type Draw = (count: number) => number;

export interface MergeOptions {
  /**
   * Chooses any of the files whose next event can come instead of the usual one: a number from 0, below its argument.
   * No verdict may depend on that.
   */
  readonly draw?: Draw;
  /**
   * The files are still written: events are taken as they come, and a file is waited for only where nothing else can come
   * without it. Which of the possible orders comes about depends on the writers then.
   */
  readonly follower?: { stop(): void };
}

/** Whether a lane's next event can come now; if not, what it waits for. */
type Readiness = 'ready' | 'waitsForRelease' | 'waitsForSend';

/**
 * Merges files of one server each into one causal order: a server's events in their order, a receive after the send
 * of its message, and after its release where it was held. Of the files whose next event can come, that comes next of
 * which the fewest events were taken, the first in the header's order of servers among equals. So the order depends
 * on nothing but the recorded events; no clock is looked at.
 *
 * Memory: a batch of each file, and what MessageBook keeps.
 *
 * @throws TraceError where a file is malformed, RC1043 where no order exists, and what MessageBook throws
 */
export async function* mergeFiles(
  files: readonly TraceFile[],
  header: Header,
  { draw, follower }: MergeOptions = {},
): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
  const rank = ({ header: { server } }: TraceFile) =>
    server === undefined ? -1 : header.servers.indexOf(server);
  const lanes = files.toSorted((a, b) => rank(a) - rank(b)).map((file) => new Lane(file));
  const book = new MessageBook(header);
  const holds = new HoldTracker(header);
  const bell = new Bell();
  let position = 0;
  let merged: RecordedEvent[] = [];
  try {
    for (;;) {
      for (const lane of lanes) {
        if (follower !== undefined) lane.startFilling(() => bell.ring());
        else if (lane.needsFilling) await lane.fill();
      }
      const lane = chooseLane(lanes, header, book, holds, draw);
      if (lane === undefined && lanes.some(({ isFilling }) => isFilling)) {
        const batch = merged;
        merged = [];
        if (batch.length > 0) yield batch;
        await bell.rung();
        continue;
      }
      if (lane === undefined) break;
      const { head } = lane;
      if (head === undefined) break;
      lane.advance();
      const { event, line } = head;
      const file = lane.file.name;
      const origin = book.record(event, { file, line });
      if ('server' in event) holds.record(event);
      if ('message' in event) holds.forget(event.message.from, event.message.id);
      merged.push(recordedEvent(head, position, file, origin));
      position += 1;
      if (merged.length === BATCH_EVENTS) {
        const batch = merged;
        merged = [];
        yield batch;
      }
    }
  } catch (error) {
    // The events before the fault are judged first: a rejection among them is the better diagnosis.
    if (merged.length > 0) yield merged;
    merged = [];
    throw error;
  } finally {
    // A file that is waited for cannot be closed.
    follower?.stop();
    for (const lane of lanes) await lane.close();
  }
  if (merged.length > 0) yield merged;
}

/** Rings for one that waits; a ring that nobody waited for is heard by the next. */
class Bell {
  #isRinging = false;
  #hear: (() => void) | undefined;

  ring(): void {
    this.#isRinging = true;
    this.#hear?.();
  }

  async rung(): Promise<void> {
    if (!this.#isRinging) {
      await new Promise<void>((resolve) => {
        this.#hear = resolve;
      });
    }
    this.#isRinging = false;
  }
}

/** Undefined where nothing can come, or not before a file that is being filled has been read on. */
function chooseLane(
  lanes: readonly Lane[],
  header: Header,
  book: MessageBook,
  holds: HoldTracker,
  draw: Draw | undefined,
): Lane | undefined {
  let best: Lane | undefined;
  let ready = 0;
  const held: Lane[] = [];
  let stuck: Lane | undefined;
  for (const lane of lanes) {
    if (lane.head === undefined) continue;
    if (draw === undefined && best !== undefined && best.taken <= lane.taken) continue;
    switch (readinessOf(lane.head, lanes, header, book, holds)) {
      case 'ready':
        ready += 1;
        // Each of n stays with probability 1/n.
        if (draw === undefined || draw(ready) === 0) best = lane;
        break;
      case 'waitsForRelease':
        held.push(lane);
        break;
      case 'waitsForSend':
        stuck ??= lane;
        break;
    }
  }
  if (best === undefined && lanes.some(({ isFilling }) => isFilling)) return undefined;
  // Nothing else can come, so neither can a release: whether there had to be one the engines will say. Where it is
  // unknown which messages are held, one that is released further on comes later.
  const chosen = best ?? held.find((lane) => !isReleasedAhead(lane, lanes)) ?? held[0];
  if (chosen === undefined && stuck !== undefined) throw noOrder(lanes, stuck);
  return chosen;
}

function isReleasedAhead({ head }: Lane, lanes: readonly Lane[]): boolean {
  if (head === undefined || !('message' in head.event)) return false;
  const { from, id } = head.event.message;
  return lanes.some((lane) => lane.file.header.server === from && lane.willRelease(id));
}

function readinessOf(
  { event }: FileEvent,
  lanes: readonly Lane[],
  header: Header,
  book: MessageBook,
  holds: HoldTracker,
): Readiness {
  if (!('message' in event)) return 'ready';
  const { from, id } = event.message;
  const seq = seqOf(id, from);
  if (seq > book.lastSeqOf(from)) {
    const lane = lanes.find(({ file }) => file.header.server === from);
    const sender = lane?.head?.event;
    // Its file may go on, but nobody knows yet.
    if (sender === undefined && lane?.isFilling === true) return 'waitsForSend';
    // Without a sender that goes on, nothing is to be waited for: the book tells the environment from a fault.
    if (sender === undefined || !('server' in sender)) return 'ready';
    const isOlder = header.initial !== undefined && book.lastSeqOf(from) === 0 && seq < sender.seq;
    return isOlder ? 'ready' : 'waitsForSend';
  }
  return holds.isHeld(from, id) ? 'waitsForRelease' : 'ready';
}

function noOrder(lanes: readonly Lane[], stuck: Lane): TraceError {
  const waits = lanes.flatMap(({ file, head }) =>
    head !== undefined && 'message' in head.event
      ? [`${serverOf(file)} (line ${head.line}) waits for ${head.event.message.id}`]
      : [],
  );
  return new TraceError('RC1043', `the files have no causal order: ${waits.join(', ')}`, {
    file: stuck.file.name,
    ...(stuck.head === undefined ? {} : { line: stuck.head.line }),
  });
}

function serverOf(file: TraceFile): Server {
  return file.header.server ?? file.name;
}
