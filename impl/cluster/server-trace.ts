import { closeSync, openSync, writeSync } from 'node:fs';
import type { Header, TraceEvent } from '../../traces/trace-format.ts';
import { TraceWriter } from '../../traces/trace-writer.ts';
import type { Crash } from './crash-point.ts';

/**
 * A server's own trace. Every line is with the kernel when the call returns, so that no event is lost that another
 * process has seen the effect of: the kernel outlives the process.
 */
export class ServerTrace {
  readonly #fd: number;
  readonly #crash: Crash;
  readonly #writer: TraceWriter;

  /** @param events how many there are in the file already; 0 for a new file */
  constructor(path: string, events: number, crash: Crash) {
    this.#fd = openSync(path, 'a');
    this.#crash = crash;
    this.#writer = new TraceWriter((text) => this.#write(text), events);
  }

  writeHeader(header: Header): void {
    this.#writer.header(header);
  }

  writeEvent(event: TraceEvent): void {
    if (this.#crash.isArmed('torn-trace')) {
      const text = JSON.stringify(event);
      this.#write(text.slice(0, text.length >> 1));
      this.#crash.reach('torn-trace');
    }
    this.#writer.event(event);
  }

  /** The recording ends here, on purpose. */
  end(): void {
    this.#writer.end();
    closeSync(this.#fd);
  }

  #write(text: string): void {
    const bytes = Buffer.from(text);
    let written = 0;
    while (written < bytes.length) written += writeSync(this.#fd, bytes, written);
  }
}
