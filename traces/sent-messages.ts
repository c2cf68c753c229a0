/** Events of one sender to a page. */
const PAGE_EVENTS = 1024;
/** Pages kept of each sender though all of their messages were received. */
const KEPT_PAGES = 65;
/** The newest page may have only just begun. A repeated receive is recognised for so many events of the message's sender at least. */
export const REMEMBERED_EVENTS = (KEPT_PAGES - 1) * PAGE_EVENTS;

const SENT = 1;
const RECEIVED = 2;
const RELEASED = 4;

interface Page {
  /** For each event the hash of the message that it sent. */
  readonly hashes: Float64Array;
  /** The line on which it stands. */
  readonly lines: Int32Array;
  readonly flags: Uint8Array;
  undelivered: number;
}

/** What is known of a message by its sender's `seq`. */
export type Knowledge =
  | 'unsent'
  | 'forgotten'
  | { readonly hash: number; readonly line: number; readonly received: boolean; readonly released: boolean };

/**
 * What one server sent, by the `seq` of the event that sent it: an event sends one message at most. It keeps numbers
 * in pages, not the messages: those would outlive many collections of garbage, which costs more than all checks.
 *
 * Memory: 13 bytes an event of the sender, for its last REMEMBERED_EVENTS and for the pages before them that hold a
 * message which nobody received.
 */
export class SentMessages {
  readonly #pages = new Map<number, Page>();
  #newest = -1;

  /** The server's event `seq` sent a message with these contents. */
  send(seq: number, hash: number, line: number): void {
    const page = this.#pageFor(seq);
    const slot = seq % PAGE_EVENTS;
    page.hashes[slot] = hash;
    page.lines[slot] = line;
    page.flags[slot] = SENT;
    page.undelivered += 1;
  }

  lookUp(seq: number): Knowledge {
    const page = this.#pages.get(Math.floor(seq / PAGE_EVENTS));
    if (page === undefined) return this.#isOld(seq) ? 'forgotten' : 'unsent';
    const slot = seq % PAGE_EVENTS;
    const flags = page.flags[slot] ?? 0;
    if ((flags & SENT) === 0) return 'unsent';
    return {
      hash: page.hashes[slot] ?? 0,
      line: page.lines[slot] ?? 0,
      received: (flags & RECEIVED) !== 0,
      released: (flags & RELEASED) !== 0,
    };
  }

  /** The message was received; again is all the same. */
  markReceived(seq: number): void {
    const index = Math.floor(seq / PAGE_EVENTS);
    const page = this.#pages.get(index);
    const slot = seq % PAGE_EVENTS;
    const flags = page?.flags[slot] ?? 0;
    if (page === undefined || (flags & RECEIVED) !== 0) return;
    page.flags[slot] = flags | RECEIVED;
    page.undelivered -= 1;
    if (page.undelivered === 0 && index <= this.#newest - KEPT_PAGES) this.#pages.delete(index);
  }

  markReleased(seq: number): void {
    const page = this.#pages.get(Math.floor(seq / PAGE_EVENTS));
    if (page !== undefined) page.flags[seq % PAGE_EVENTS] = (page.flags[seq % PAGE_EVENTS] ?? 0) | RELEASED;
  }

  #isOld(seq: number): boolean {
    return Math.floor(seq / PAGE_EVENTS) <= this.#newest - KEPT_PAGES;
  }

  #pageFor(seq: number): Page {
    const index = Math.floor(seq / PAGE_EVENTS);
    let page = this.#pages.get(index);
    if (page === undefined) {
      page = {
        hashes: new Float64Array(PAGE_EVENTS),
        lines: new Int32Array(PAGE_EVENTS),
        flags: new Uint8Array(PAGE_EVENTS),
        undelivered: 0,
      };
      this.#pages.set(index, page);
      this.#advanceTo(index);
    }
    return page;
  }

  /** Pages that fall out of the window go, unless a message of theirs may still arrive. */
  #advanceTo(index: number): void {
    const from = Math.max(0, this.#newest - KEPT_PAGES + 1);
    for (let old = from; this.#newest >= 0 && old <= index - KEPT_PAGES; old++) {
      if (this.#pages.get(old)?.undelivered === 0) this.#pages.delete(old);
    }
    this.#newest = index;
  }
}
