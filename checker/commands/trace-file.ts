import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import type { Header, TraceEvent } from '../../traces/trace-format.ts';

const BLOCK_LENGTH = 1 << 18;
const STDOUT = 1;

/**
 * Takes a whole trace, header first, and writes it in large blocks: to stdout, or to a file that appears under its
 * name only when it is complete.
 */
export class TraceFile {
  readonly #path: string | undefined;
  readonly #temporary: string;
  readonly #descriptor: number;
  #block = '';
  #events = 0;

  /** @param path where the trace goes; stdout if undefined */
  constructor(path: string | undefined) {
    this.#path = path;
    this.#temporary = `${path}.${process.pid}.part`;
    this.#descriptor = path === undefined ? STDOUT : openSync(this.#temporary, 'w');
  }

  header(header: Header): void {
    this.#line(header);
  }

  event(event: TraceEvent): void {
    this.#events += 1;
    this.#line(event);
  }

  /** Writes the end line; the file is complete. */
  end(): void {
    this.#line({ end: true, events: this.#events });
    this.#flush();
    if (this.#path === undefined) return;
    closeSync(this.#descriptor);
    renameSync(this.#temporary, this.#path);
  }

  #line(value: unknown): void {
    this.#block += `${JSON.stringify(value)}\n`;
    if (this.#block.length >= BLOCK_LENGTH) this.#flush();
  }

  #flush(): void {
    let bytes = Buffer.from(this.#block);
    this.#block = '';
    while (bytes.length > 0) bytes = bytes.subarray(writeFully(this.#descriptor, bytes));
  }
}

/** @returns how many bytes the kernel took; a pipe whose reader is slow takes them later (EAGAIN) */
function writeFully(descriptor: number, bytes: Buffer): number {
  try {
    return writeSync(descriptor, bytes);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return 0;
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') process.exit(141);
    throw error;
  }
}
