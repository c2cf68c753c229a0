import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { ByteSource } from './byte-source.ts';
import { TraceError } from './trace-error.ts';

type Archive = 'gzip' | 'zstd';
type Decoder = ReturnType<typeof createGunzip> | ReturnType<typeof createZstdDecompress>;

/** The longest magic number. */
const MAGIC_BYTES = 4;

/** What is decompressed at once: memory does not depend on how well an archive is packed. */
const OUTPUT_BYTES = 64 * 1024;

const ARCHIVE_OF_NAME: Readonly<Record<string, Archive>> = { gz: 'gzip', zst: 'zstd' };

/**
 * One pass over the text of a trace, decompressed where it is a gzip or zstd archive, which its first bytes say.
 * Archives that were written one behind another are one text. Memory: a buffer, and the window of the archive (for
 * zstd 128 MiB at most), however large the text becomes.
 */
export class TraceText {
  readonly #source: ByteSource;
  #isArchive = false;
  #isTruncated = false;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** Known with the first chunk. */
  get isArchive(): boolean {
    return this.#isArchive;
  }

  /** Known once the chunks were read: the archive ends in its midst, so its recording was cut off. */
  get isTruncated(): boolean {
    return this.#isTruncated;
  }

  /**
   * The text's bytes; a chunk is valid until the next one is asked for.
   *
   * @throws TraceError RC1050, RC1051
   */
  async *chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    const { name } = this.#source;
    const input = this.#source.chunks()[Symbol.asyncIterator]();
    try {
      const start = await readStart(input);
      const archive = archiveOf(start);
      const named = ARCHIVE_OF_NAME[/\.(gz|zst)$/.exec(name)?.[1] ?? ''];
      if (named !== undefined && named !== archive) {
        throw new TraceError('RC1051', `the file's name says ${named}, but it is no ${named} archive`, {
          file: name,
        });
      }
      const chunks = continued(start, input);
      this.#isArchive = archive !== undefined;
      if (archive === undefined) yield* chunks;
      else this.#isTruncated = yield* decompress(archive, chunks, name);
    } finally {
      await input.return?.();
    }
  }
}

/**
 * Reads an archive to its end, for its checksum stands there: until then nothing that was read from it can be relied
 * on.
 *
 * @returns its fault; undefined of a sound one, of a truncated one, and of a source that is no archive
 */
export async function damageOf(source: ByteSource): Promise<TraceError | undefined> {
  try {
    const text = new TraceText(source);
    for await (const _ of text.chunks()) {
      if (!text.isArchive) break;
    }
  } catch (error) {
    if (error instanceof TraceError) return error;
    throw error;
  }
  return undefined;
}

/** So many bytes that an archive can be told; all there are if there are fewer. */
async function readStart(input: AsyncIterator<Uint8Array>): Promise<Buffer> {
  let start = Buffer.alloc(0);
  while (start.length < MAGIC_BYTES) {
    const { done, value } = await input.next();
    if (done === true) break;
    // A copy: the chunk's memory is used again.
    start = Buffer.concat([start, value]);
  }
  return start;
}

/** What the first bytes of a file say; undefined where they are no archive, or too few to tell. */
export function archiveOf(start: Buffer): Archive | undefined {
  if (start.length >= 2 && start.readUInt16BE() === 0x1f8b) return 'gzip';
  if (start.length < MAGIC_BYTES) return undefined;
  const magic = start.readUInt32LE();
  // Compressors that work in parallel begin with a frame that is to be skipped.
  return magic === 0xfd2fb528 || magic >>> 4 === 0x184d2a5 ? 'zstd' : undefined;
}

async function* continued(
  start: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (start.length > 0) yield start;
  for (;;) {
    const { done, value } = await rest.next();
    if (done === true) return;
    yield value;
  }
}

/** @returns whether the archive ends in its midst */
async function* decompress(
  archive: Archive,
  chunks: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array, boolean, undefined> {
  let frame = new Frame(archive);
  let isPadding = false;
  try {
    for await (const chunk of chunks) {
      for (let rest = chunk; rest.length > 0; ) {
        if (isPadding) {
          if (rest.some((byte) => byte !== 0)) throw new Error('what follows its end is no archive');
          break;
        }
        const consumed = yield* frame.write(rest);
        rest = rest.subarray(consumed);
        if (rest.length === 0) break;
        // The decoder of gzip goes on with the next archive by itself, and stops before padding only; that of zstd
        // stops behind each frame.
        if (archive === 'gzip') isPadding = true;
        else {
          if (consumed === 0) throw new Error('what follows its end is no archive');
          frame.close();
          frame = new Frame(archive);
        }
      }
    }
    return isPadding ? false : yield* frame.end();
  } catch (error) {
    if (error instanceof TraceError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new TraceError('RC1050', `the ${archive} archive cannot be decompressed: ${reason}`, {
      file: name,
    });
  } finally {
    frame.close();
  }
}

/**
 * A decoder that is fed by hand: all that a chunk gives is taken before the next chunk, since a stream that fails
 * forgets what it has not handed out, and before the memory of the chunk is used again.
 */
class Frame {
  readonly #decoder: Decoder;
  #error: NodeJS.ErrnoException | undefined;
  #isIdle = true;
  #wake: (() => void) | undefined;

  constructor(archive: Archive) {
    this.#decoder =
      archive === 'gzip'
        ? createGunzip({ chunkSize: OUTPUT_BYTES })
        : createZstdDecompress({ chunkSize: OUTPUT_BYTES });
    this.#decoder.on('error', (error) => {
      this.#error = error;
      this.#finish();
    });
    this.#decoder.on('readable', () => this.#wake?.());
    this.#decoder.on('end', () => this.#finish());
  }

  /** Yields what the bytes decompress to; returns how many of them belong to this archive. */
  async *write(bytes: Uint8Array): AsyncGenerator<Uint8Array, number, undefined> {
    this.#isIdle = false;
    const before = this.#decoder.bytesWritten;
    this.#decoder.write(bytes, () => this.#finish());
    yield* this.#drain();
    if (this.#error !== undefined) throw this.#error;
    return this.#decoder.bytesWritten - before;
  }

  /** Yields what is left; returns whether the archive lacks its end. */
  async *end(): AsyncGenerator<Uint8Array, boolean, undefined> {
    this.#isIdle = false;
    this.#decoder.end();
    yield* this.#drain();
    if (this.#error === undefined) return false;
    if (this.#error.code === 'Z_BUF_ERROR') return true;
    throw this.#error;
  }

  close(): void {
    this.#decoder.destroy();
  }

  #finish(): void {
    this.#isIdle = true;
    this.#wake?.();
  }

  async *#drain(): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      const wasIdle = this.#isIdle;
      for (;;) {
        const output: unknown = this.#decoder.read();
        if (!(output instanceof Uint8Array)) break;
        yield output;
      }
      if (wasIdle) return;
      await woken;
    }
  }
}
