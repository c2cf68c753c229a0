import { isAscii, isUtf8 } from 'node:buffer';
import { TraceError } from './trace-error.ts';

/** Some consecutive lines, without their newlines. */
export interface LineBatch {
  /** The number of the first of them, from 1. */
  readonly first: number;
  readonly lines: readonly string[];
  /**
   * Only in a last batch, of one line: what stands after the file's last newline. `valid` if it is UTF-8; it may be
   * the rest of a line that was cut off.
   */
  readonly unterminated?: 'valid' | 'invalid';
}

export interface LineLimits {
  /** A longer line ends the reading, bytes. */
  readonly maxLineBytes: number;
}

/** Holds a batch of some ten thousand entries, and no machine's memory. */
export const DEFAULT_LIMITS: LineLimits = { maxLineBytes: 16 * 1024 * 1024 };

const NEWLINE = 0x0a;

/**
 * Splits bytes into lines. It decodes a whole chunk at once and hands out substrings, which costs a fraction of what
 * node:readline does; of a file without newlines it holds `maxLineBytes` at most.
 *
 * @param file is named in errors
 * @throws TraceError RC1002, RC1004, and those of the chunks, after the lines before the fault have been handed out
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  { maxLineBytes }: LineLimits = DEFAULT_LIMITS,
): AsyncGenerator<LineBatch, void, undefined> {
  let first = 1;
  // What stands after the last newline so far. Its memory is used again for every chunk: a buffer for each would lie
  // outside the heap, where garbage is noticed late.
  const rest = new Rest();
  const tooLong = (line: number) =>
    new TraceError('RC1004', `the line is longer than ${maxLineBytes} bytes`, { file, line });

  for await (const chunk of placed(chunks, () => first)) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const end = bytes.lastIndexOf(NEWLINE);
    if (end >= 0) {
      const region = rest.length === 0 ? bytes.subarray(0, end) : rest.add(bytes.subarray(0, end));
      const { lines, fault } = splitRegion(region, maxLineBytes);
      rest.length = 0;
      if (lines.length > 0) yield { first, lines };
      first += lines.length;
      if (fault === 'tooLong') throw tooLong(first);
      if (fault === 'notUtf8') {
        throw new TraceError('RC1002', 'the line is not valid UTF-8', { file, line: first });
      }
    }
    // Whoever supplies the chunks may use their memory again.
    if (end + 1 < bytes.length) rest.add(bytes.subarray(end + 1));
    if (rest.length > maxLineBytes) throw tooLong(first);
  }
  if (rest.length > 0) {
    const last = rest.add(Buffer.alloc(0));
    yield { first, lines: [last.toString('utf8')], unterminated: isUtf8(last) ? 'valid' : 'invalid' };
  }
}

/** Whoever supplies the bytes knows no lines: a fault of theirs lies in the line that is being read. */
async function* placed(
  chunks: AsyncIterable<Uint8Array>,
  line: () => number,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* chunks;
  } catch (error) {
    if (!(error instanceof TraceError) || error.line !== undefined || !error.code.startsWith('RC1'))
      throw error;
    throw new TraceError(error.code, error.message, { file: error.file, line: line() }, error.hint);
  }
}

/** Bytes that grow at their end. */
class Rest {
  length = 0;
  #memory = Buffer.allocUnsafeSlow(128 * 1024);

  /** @returns all of them, valid until the next call */
  add(bytes: Buffer): Buffer {
    const length = this.length + bytes.length;
    if (length > this.#memory.length) {
      const larger = Buffer.allocUnsafeSlow(2 * length);
      this.#memory.copy(larger, 0, 0, this.length);
      this.#memory = larger;
    }
    bytes.copy(this.#memory, this.length);
    this.length = length;
    return this.#memory.subarray(0, length);
  }
}

interface SplitRegion {
  readonly lines: readonly string[];
  /** What is wrong with the line that would come next. */
  readonly fault?: 'tooLong' | 'notUtf8';
}

function splitRegion(region: Buffer, maxLineBytes: number): SplitRegion {
  const ascii = isAscii(region);
  if (!ascii && !isUtf8(region)) return splitFaultyRegion(region, maxLineBytes);
  const text = ascii ? region.toString('latin1') : region.toString('utf8');
  const lines: string[] = [];
  for (let start = 0; start <= text.length; ) {
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    const line = text.slice(start, end);
    if (isTooLong(line, ascii, maxLineBytes)) return { lines, fault: 'tooLong' };
    lines.push(line);
    start = end + 1;
  }
  return { lines };
}

/** A character takes three bytes at most in UTF-8 (one of a surrogate pair two), so that counting them is rare. */
function isTooLong(line: string, ascii: boolean, maxLineBytes: number): boolean {
  if (ascii) return line.length > maxLineBytes;
  return line.length * 3 > maxLineBytes && Buffer.byteLength(line) > maxLineBytes;
}

/** The lines before the first that is not UTF-8. */
function splitFaultyRegion(region: Buffer, maxLineBytes: number): SplitRegion {
  for (let start = 0; start <= region.length; ) {
    let end = region.indexOf(NEWLINE, start);
    if (end < 0) end = region.length;
    if (!isUtf8(region.subarray(start, end))) {
      if (start === 0) return { lines: [], fault: 'notUtf8' };
      const { lines, fault } = splitRegion(region.subarray(0, start - 1), maxLineBytes);
      return { lines, fault: fault ?? 'notUtf8' };
    }
    start = end + 1;
  }
  return { lines: [] };
}
