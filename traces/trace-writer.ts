import type { End, Header, TraceEvent } from './trace-format.ts';

/**
 * Writes the lines of a trace. Each reaches `write` whole, with its line break, before the call returns: a recorder
 * whose `write` hands it to the kernel loses no event to a kill that another process has seen the effect of.
 */
export class TraceWriter {
  readonly #write: (text: string) => void;
  #events: number;

  /** @param events how many there are in the file already; 0 for a new one */
  constructor(write: (text: string) => void, events = 0) {
    this.#write = write;
    this.#events = events;
  }

  header(header: Header): void {
    this.#line(header);
  }

  event(event: TraceEvent): void {
    this.#line(event);
    this.#events += 1;
  }

  /** The recording ends here, on purpose. */
  end(): void {
    this.#line({ end: true, events: this.#events });
  }

  #line(line: Header | TraceEvent | End): void {
    this.#write(`${JSON.stringify(line)}\n`);
  }
}
