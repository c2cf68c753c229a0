import { damageOf } from './archive.ts';
import { type ByteSource, fileSource, isRegularFile, streamSource } from './byte-source.ts';
import { followedFile, followedStream } from './followed-source.ts';
import type { Follower } from './follower.ts';
import type { LineLimits } from './line-reader.ts';
import { DEFAULT_LIMITS } from './line-reader.ts';
import { type Draw, mergeFiles } from './merge.ts';
import { mergeHeaders } from './merge-headers.ts';
import { MessageBook } from './message-book.ts';
import { recordedEvent } from './recorded-event.ts';
import type { Ending, RecordedEvent, Recording } from './recording.ts';
import type { RecordingSource } from './recording-source.ts';
import { timedStream } from './timed-stream.ts';
import { TraceError } from './trace-error.ts';
import { TraceFile } from './trace-file.ts';
import type { Header } from './trace-format.ts';

export interface OpenOptions {
  readonly limits?: LineLimits;
  /** What `-` stands for; process.stdin by default. It can be read once. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Draws the causal order into which files are merged, in place of the one that raftcheck always takes. */
  readonly draw?: Draw;
  /** The recording is still written: it is read once, as it grows, up to its end lines or until the follower says so. */
  readonly follower?: Follower;
  /** Milliseconds after which standard input is waited for no longer: RC4102. */
  readonly budgetMs?: number;
}

/**
 * Opens one run. Its events can be iterated over more than once, each time from the start, unless it is standard
 * input; iterating again in the midst of another iteration makes `ending` speak of the later one.
 *
 * @throws TraceError where a file cannot be read or its header is faulty
 */
export async function openRecording(source: RecordingSource, options: OpenOptions = {}): Promise<Recording> {
  const limits = options.limits ?? DEFAULT_LIMITS;
  const { follower } = options;
  const byteSources = source.files.map((file) => sourceOf(file, options));
  const files = await openAll(byteSources, limits);
  const rereadable = byteSources.every((each) => each.rereadable);
  const header = await mergedHeader(files);
  // Files are opened anew by each iteration; a stream goes on from here.
  if (rereadable) await closeAll(files);
  let unread = rereadable ? undefined : files;
  let latest: readonly TraceFile[] = files;

  async function* readEvents(): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
    if (!rereadable && unread === undefined) throw new Error(`${source.path} can be read once only`);
    const opened = unread ?? (await openAll(byteSources, limits));
    unread = undefined;
    latest = opened;
    try {
      yield* source.kind === 'merged' ? readMerged(opened, header) : mergeFiles(opened, header, options);
      if (opened.every(({ events }) => events === 0)) throw withoutEvents(source, opened);
    } finally {
      follower?.stop();
    }
  }

  return {
    header,
    events: { [Symbol.asyncIterator]: readEvents },
    ending: () => endingOf(latest),
    damage: () => firstDamage(source.files),
  };
}

function sourceOf(file: string, { follower, stdin, budgetMs }: OpenOptions): ByteSource {
  if (file !== '-') return follower === undefined ? fileSource(file) : followedFile(file, follower);
  const stream = streamSource('-', stdin ?? process.stdin);
  if (follower !== undefined) return followedStream(stream, follower);
  return budgetMs === undefined ? stream : timedStream(stream, performance.now() + budgetMs);
}

async function firstDamage(files: readonly string[]): Promise<TraceError | undefined> {
  for (const file of files) {
    const damage = file !== '-' && isRegularFile(file) ? await damageOf(fileSource(file)) : undefined;
    if (damage !== undefined) return damage;
  }
  return undefined;
}

async function mergedHeader(files: readonly TraceFile[]): Promise<Header> {
  try {
    return mergeHeaders(files);
  } catch (error) {
    await closeAll(files);
    throw error;
  }
}

/** A server that did nothing may have been cut off, or only just started; where none did anything nothing is shown. */
function withoutEvents({ path }: RecordingSource, files: readonly TraceFile[]): TraceError {
  const [first, ...others] = files;
  if (first !== undefined && others.length === 0) {
    return new TraceError('RC1032', 'the file has no events', { file: first.name, line: first.endLine ?? 1 });
  }
  return new TraceError('RC1032', `none of the ${files.length} files has an event`, { file: path });
}

function endingOf(files: readonly TraceFile[]): Ending {
  const truncated = files.filter(({ isTruncated }) => isTruncated).map(({ name }) => name);
  return {
    events: files.reduce((sum, { events }) => sum + events, 0),
    cutOff: files.filter(({ isCutOff }) => isCutOff).map(({ name }) => name),
    ...(truncated.length === 0 ? {} : { truncatedArchives: truncated }),
  };
}

async function openAll(sources: readonly ByteSource[], limits: LineLimits): Promise<readonly TraceFile[]> {
  const files: TraceFile[] = [];
  try {
    for (const each of sources) files.push(await TraceFile.open(each, limits));
    return files;
  } catch (error) {
    await closeAll(files);
    throw error;
  }
}

async function closeAll(files: readonly TraceFile[]): Promise<void> {
  for (const file of files) await file.close();
}

/** One file whose order is the causal order: that of its lines. */
async function* readMerged(
  files: readonly TraceFile[],
  header: Header,
): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
  // The file of one server may be alone, too.
  const isMerged = files.every((trace) => trace.header.server === undefined);
  const book = new MessageBook(header, isMerged ? 'merged' : 'perServer');
  let position = 0;
  for (const trace of files) {
    const file = trace.name;
    for await (const batch of trace.readEvents()) {
      const recorded: RecordedEvent[] = [];
      try {
        for (const each of batch) {
          const origin = book.record(each.event, { file, line: each.line });
          recorded.push(recordedEvent(each, position, file, origin));
          position += 1;
        }
      } catch (error) {
        if (recorded.length > 0) yield recorded;
        throw error;
      }
      yield recorded;
    }
  }
}
