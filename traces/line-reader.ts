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
 * @throws TraceError RC1002, RC1004 after the lines before the fault have been handed out
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  { maxLineBytes }: LineLimits = DEFAULT_LIMITS,
): AsyncGenerator<LineBatch, void, undefined> {
  let first = 1;
  let rest: Buffer[] = [];
  let restBytes = 0;
  const tooLong = (line: number) =>
    new TraceError('RC1004', `the line is longer than ${maxLineBytes} bytes`, { file, line });

  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const end = bytes.lastIndexOf(NEWLINE);
    if (end >= 0) {
      rest.push(bytes.subarray(0, end));
      const region = rest.length === 1 ? bytes.subarray(0, end) : Buffer.concat(rest);
      const { lines, fault } = splitRegion(region, maxLineBytes);
      if (lines.length > 0) yield { first, lines };
      first += lines.length;
      if (fault === 'tooLong') throw tooLong(first);
      if (fault === 'notUtf8') {
        throw new TraceError('RC1002', 'the line is not valid UTF-8', { file, line: first });
      }
      rest = [];
      restBytes = 0;
    }
    if (end + 1 < bytes.length) {
      // Whoever supplies the chunks may use their memory again.
      rest.push(Buffer.from(bytes.subarray(end + 1)));
      restBytes += bytes.length - end - 1;
    }
    if (restBytes > maxLineBytes) throw tooLong(first);
  }
  if (restBytes > 0) {
    const last = Buffer.concat(rest);
    yield { first, lines: [last.toString('utf8')], unterminated: isUtf8(last) ? 'valid' : 'invalid' };
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
