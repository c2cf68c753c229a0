import { closeSync, openSync, writeSync } from 'node:fs';
import { TraceError } from './trace-error.ts';
import { TraceWriter } from './trace-writer.ts';
import { discard, finish, type Unfinished, unfinished } from './write-whole.ts';

const BLOCK_LENGTH = 1 << 18;
const STDOUT = 1;
/** The status with which a shell reports a program that SIGPIPE ended. */
const SIGPIPE_STATUS = 141;

/**
 * Where a whole trace goes, in large blocks: to stdout, or to a file that appears under its name only when it is
 * complete.
 */
export class TraceOutput {
  readonly writer: TraceWriter;
  readonly #file: Unfinished | undefined;
  readonly #descriptor: number;
  #block = '';

  /**
   * @param path the file; stdout if undefined
   * @throws TraceError RC6102 where the file cannot be made
   */
  constructor(path: string | undefined) {
    const opened = path === undefined ? undefined : create(path);
    this.#file = opened?.file;
    this.#descriptor = opened?.descriptor ?? STDOUT;
    this.writer = new TraceWriter((text) => {
      this.#block += text;
      if (this.#block.length >= BLOCK_LENGTH) this.#flush();
    });
  }

  /** Writes the end line; the trace is complete. */
  end(): void {
    this.writer.end();
    this.#flush();
    if (this.#file === undefined) return;
    closeSync(this.#descriptor);
    finish(this.#file);
  }

  /** Leaves nothing behind of a file that is not complete. */
  discard(): void {
    if (this.#file !== undefined) discard(this.#file);
  }

  #flush(): void {
    let bytes = Buffer.from(this.#block);
    this.#block = '';
    while (bytes.length > 0) bytes = bytes.subarray(writeSome(this.#descriptor, bytes));
  }
}

function create(path: string): { readonly file: Unfinished; readonly descriptor: number } {
  try {
    const file = unfinished(path);
    return { file, descriptor: openSync(file.temporary, 'w') };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TraceError(
      'RC6102',
      `cannot write ${path}: ${reason}`,
      { file: path },
      'name a file in a folder that is there',
    );
  }
}

/** @returns how many bytes the kernel took; none where the reader of a pipe is slow (EAGAIN) */
function writeSome(descriptor: number, bytes: Buffer): number {
  try {
    return writeSync(descriptor, bytes);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EAGAIN') return 0;
    if (code === 'EPIPE') process.exit(SIGPIPE_STATUS);
    throw error;
  }
}
