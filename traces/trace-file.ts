import { TraceText } from './archive.ts';
import type { ByteSource } from './byte-source.ts';
import { splitCompound } from './compound-line.ts';
import { EventRules } from './event-rules.ts';
import { checkHeaderRules } from './header-rules.ts';
import { DEFAULT_LIMITS, type LineBatch, type LineLimits, readLines } from './line-reader.ts';
import { abbreviated, checkCompound, checkEnd, checkEvent, checkHeader } from './line-schema.ts';
import { QuickCheck } from './quick-check.ts';
import { SequenceCheck } from './sequence-check.ts';
import { TraceError, type TracePlace } from './trace-error.ts';
import type { Header, TraceEvent } from './trace-format.ts';

/** An event and its line, from 1. */
export interface FileEvent {
  readonly event: TraceEvent;
  readonly line: number;
  /** The first of two actions of one line: the other one is the next event of the file. */
  readonly isFirstHalf?: true;
}

/** One file of a trace, read from its start to its end, once. */
export class TraceFile {
  readonly name: string;
  readonly header: Header;
  readonly #text: TraceText;
  readonly #grows: boolean;
  readonly #batches: AsyncGenerator<LineBatch, void, undefined>;
  readonly #quick: QuickCheck;
  readonly #rules: EventRules;
  readonly #sequence: SequenceCheck;
  /** Of the first batch, what stands behind the header. */
  #pending: LineBatch | undefined;
  #events = 0;
  #eventLines = 0;
  #endLine: number | undefined;

  private constructor(
    name: string,
    header: Header,
    text: TraceText,
    grows: boolean,
    batches: AsyncGenerator<LineBatch, void, undefined>,
    pending: LineBatch | undefined,
  ) {
    this.name = name;
    this.header = header;
    this.#text = text;
    this.#grows = grows;
    this.#batches = batches;
    this.#pending = pending;
    this.#quick = new QuickCheck(header);
    this.#rules = new EventRules(header);
    this.#sequence = new SequenceCheck(header);
  }

  /**
   * Reads the header. Whoever opens a file closes it, or reads its events to the end.
   *
   * @throws TraceError if there is no header, or a faulty one
   */
  static async open(source: ByteSource, limits: LineLimits = DEFAULT_LIMITS): Promise<TraceFile> {
    const text = new TraceText(source);
    const batches = readLines(text.chunks(), source.name, limits);
    try {
      const { value: batch } = await batches.next();
      const place = { file: source.name, line: 1 };
      const [line, ...rest] = batch === undefined ? [] : batch.lines;
      if (batch === undefined || line === undefined) {
        const what = text.isTruncated
          ? 'the archive ends in its midst, within the first line'
          : 'the file is empty';
        throw new TraceError('RC1005', what, place);
      }
      const header = parseHeader(line, batch.unterminated, place);
      return new TraceFile(
        source.name,
        header,
        text,
        source.grows === true,
        batches,
        rest.length > 0 ? { first: 2, lines: rest } : undefined,
      );
    } catch (error) {
      await batches.return();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#batches.return();
  }

  /** How many events were read so far; a line of two actions counts as two. */
  get events(): number {
    return this.#events;
  }

  /** Known once the events were read, from 1: undefined if there was no end line. */
  get endLine(): number | undefined {
    return this.#endLine;
  }

  /** Known once the events were read: there was no end line, or the archive has no end. */
  get isCutOff(): boolean {
    return this.#endLine === undefined || this.#text.isTruncated;
  }

  /** Known once the events were read: it is an archive that ends in its midst. */
  get isTruncated(): boolean {
    return this.#text.isTruncated;
  }

  /** @throws TraceError at the first line that is malformed, after all events before it */
  async *readEvents(): AsyncGenerator<readonly FileEvent[], void, undefined> {
    try {
      for (let batch = this.#pending; ; ) {
        if (batch !== undefined) {
          const { events, error } = this.#parseBatch(batch);
          if (events.length > 0) yield events;
          if (error !== undefined) throw error;
        }
        if (this.#grows && this.#endLine !== undefined) break;
        const next = await this.#batches.next();
        if (next.done === true) break;
        batch = next.value;
      }
    } finally {
      this.#pending = undefined;
      await this.close();
    }
  }

  #parseBatch({ first, lines, unterminated }: LineBatch): { events: readonly FileEvent[]; error?: unknown } {
    const events: FileEvent[] = [];
    let line = first;
    try {
      for (const text of lines) {
        this.#parseLine(text, { file: this.name, line }, unterminated, events);
        line += 1;
      }
    } catch (error) {
      return { events, error };
    }
    return { events };
  }

  #parseLine(
    text: string,
    place: TracePlace & { readonly line: number },
    unterminated: LineBatch['unterminated'],
    events: FileEvent[],
  ): void {
    if (this.#endLine !== undefined) {
      throw new TraceError('RC1030', `a line follows the end line, which is line ${this.#endLine}`, place);
    }
    const value = parseObject(text, unterminated, place);
    if (value === 'torn') return;
    if ('action' in value) {
      if (this.#quick.accepts(value)) {
        if ('server' in value) this.#sequence.check(value, place);
        this.#take(value, place, events);
      } else this.#takeChecked(checkEvent(value, place), place, events);
      this.#eventLines += 1;
    } else if ('actions' in value) {
      const [first, second] = splitCompound(checkCompound(value, place), this.header, place);
      this.#takeChecked(first, place, events, 'first');
      this.#takeChecked(second, place, events);
      this.#eventLines += 1;
    } else if ('end' in value) {
      const end = checkEnd(value, place);
      if (end.events !== this.#eventLines) {
        throw new TraceError(
          'RC1031',
          `the end line counts ${end.events} events, there are ${this.#eventLines}`,
          place,
        );
      }
      this.#endLine = place.line;
    } else if ('format' in value) {
      throw new TraceError('RC1019', 'a header stands in the middle of the file', place);
    } else {
      throw new TraceError('RC1007', 'the line is neither an event (`action`) nor the end (`end`)', place);
    }
  }

  #takeChecked(
    event: TraceEvent,
    place: TracePlace & { readonly line: number },
    events: FileEvent[],
    half?: 'first',
  ): void {
    this.#rules.checkOwner(event, place);
    // Before the ids of its messages, which follow from `seq`: where that is wrong, they are.
    if ('server' in event) this.#sequence.check(event, place);
    this.#rules.check(event, place);
    this.#take(event, place, events, half);
  }

  #take(
    event: TraceEvent,
    place: TracePlace & { readonly line: number },
    events: FileEvent[],
    half?: 'first',
  ): void {
    this.#events += 1;
    const { line } = place;
    events.push(half === undefined ? { event, line } : { event, line, isFirstHalf: true });
  }
}

const BYTE_ORDER_MARK = '\u{feff}';

function parseHeader(text: string, unterminated: LineBatch['unterminated'], place: TracePlace): Header {
  if (text.startsWith(BYTE_ORDER_MARK)) {
    throw new TraceError(
      'RC1001',
      'the file begins with a byte order mark, which has to go',
      place,
      'Write the file as UTF-8 without a byte order mark (the bytes EF BB BF).',
    );
  }
  const value = parseObject(text, unterminated, place);
  if (value === 'torn') throw new TraceError('RC1005', 'the file ends within its first line', place);
  if (!('format' in value)) {
    throw new TraceError(
      'RC1005',
      'the first line is no header',
      place,
      'A trace begins with a line like {"format":"raftcheck-trace","version":1,...}: see docs/trace-format.md.',
    );
  }
  if (value.format !== 'raftcheck-trace') {
    throw new TraceError(
      'RC1006',
      `the format is ${abbreviated(value.format)}, expected "raftcheck-trace"`,
      place,
    );
  }
  if ('version' in value && value.version !== 1) {
    throw new TraceError(
      'RC1006',
      `the format's version is ${abbreviated(value.version)}, expected 1`,
      place,
    );
  }
  const header = checkHeader(value, place);
  checkHeaderRules(header, place);
  return header;
}

/** `torn` where the file ends within the line: the recording was cut off there. */
function parseObject(
  text: string,
  unterminated: LineBatch['unterminated'],
  place: TracePlace,
): object | 'torn' {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (unterminated !== undefined) return 'torn';
    const reason =
      text.trim() === '' ? 'the line is empty' : error instanceof Error ? error.message : 'no JSON';
    throw new TraceError('RC1001', `not JSON: ${printable(reason)}`, place);
  }
  if (unterminated === 'invalid') throw new TraceError('RC1002', 'the line is not valid UTF-8', place);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new TraceError('RC1003', `the line is ${abbreviated(value)}, not an object`, place);
}

/**
 * JSON.parse quotes the input in its complaints, whatever that may hold, and counts lines from the beginning of its text,
 * which is a single line of the file.
 */
function printable(text: string): string {
  const placed = text.replace(
    / (?:in|after) JSON at position (\d+)(?: \(line \d+ column \d+\))?$/,
    (_, position: string) => ` at column ${Number(position) + 1} of the line`,
  );
  const escaped = placed.replace(
    /\p{C}/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return escaped.length > 120 ? `${escaped.slice(0, 117)}...` : escaped;
}
