import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { archiveOf } from './archive.ts';
import { attempt, type ByteSource, fileSource, isRegularFile } from './byte-source.ts';
import type { Follower } from './follower.ts';
import { DEFAULT_LIMITS } from './line-reader.ts';
import { TraceError } from './trace-error.ts';

/** A file that is still written: it ends where the follower says. A pipe that has a name is a stream. */
export function followedFile(path: string, follower: Follower): ByteSource {
  if (!isRegularFile(path)) return followedStream(fileSource(path), follower);
  return {
    name: path,
    chunks: () => new GrowingFile(path, follower).chunks(),
    rereadable: false,
    grows: true,
  };
}

/** Standard input, or any other stream, that may end before its writer does. */
export function followedStream({ name, chunks }: ByteSource, follower: Follower): ByteSource {
  async function* followed(): AsyncGenerator<Uint8Array, void, undefined> {
    const stream = chunks();
    const iterator = stream[Symbol.asyncIterator]();
    for (;;) {
      const result = await follower.race(iterator.next());
      if (result === undefined) break;
      if (result.done === true) return;
      follower.noteGrowth();
      yield result.value;
    }
    // It cannot be asked to end while it is being read; but an open stream would keep the process alive.
    if (stream instanceof Readable) stream.destroy();
  }
  return { name, chunks: followed, rereadable: false, grows: true };
}

const CHUNK_BYTES = 32 * 1024;

/** So much before the place in the file is compared, to notice that it was written anew. */
const COMPARED_BYTES = 64;

/**
 * A file that grows. Only whole lines are handed out, as long as it does: a server that starts again cuts off a line that was
 * torn, and goes on. Of an archive all is handed out that is there.
 */
class GrowingFile {
  readonly #path: string;
  readonly #follower: Follower;
  /** What was handed out, in bytes. */
  #offset = 0;
  #isArchive = false;
  #memory = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  /** The last bytes that were handed out. */
  #tail = Buffer.alloc(0);

  constructor(path: string, follower: Follower) {
    this.#path = path;
    this.#follower = follower;
  }

  /** @throws TraceError RC6101, RC1052 */
  async *chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    const descriptor = attempt(this.#path, () => openSync(this.#path, 'r'));
    this.#follower.add(this.#path);
    try {
      for (;;) {
        // Whether it is over is asked first: what was written before is read.
        const isOver = this.#follower.end !== undefined;
        for (;;) {
          const bytes = this.#read(descriptor, isOver);
          if (bytes.length === 0) break;
          this.#follower.noteGrowth();
          yield bytes;
        }
        if (isOver) return;
        await this.#follower.wait();
        this.#checkIdentity(descriptor);
      }
    } finally {
      closeSync(descriptor);
    }
  }

  /** What can be handed out next; nothing if it is not there yet. */
  #read(descriptor: number, isOver: boolean): Buffer {
    for (;;) {
      const length = attempt(this.#path, () =>
        readSync(descriptor, this.#memory, 0, this.#memory.length, this.#offset),
      );
      const bytes = this.#memory.subarray(0, length);
      if (this.#offset === 0) this.#isArchive = archiveOf(bytes) !== undefined;
      const isTooLong = length > DEFAULT_LIMITS.maxLineBytes;
      const end = isOver || this.#isArchive || isTooLong ? length : bytes.lastIndexOf(0x0a) + 1;
      if (end > 0 || length < this.#memory.length) return this.#take(bytes.subarray(0, end));
      this.#memory = Buffer.allocUnsafeSlow(2 * this.#memory.length);
    }
  }

  #take(bytes: Buffer): Buffer {
    this.#offset += bytes.length;
    const tail = Buffer.concat([this.#tail, bytes.subarray(-COMPARED_BYTES)]);
    this.#tail = tail.subarray(-COMPARED_BYTES);
    return bytes;
  }

  /** What was judged must still stand there. */
  #checkIdentity(descriptor: number): void {
    const opened = fstatSync(descriptor);
    const named = statSync(this.#path, { throwIfNoEntry: false });
    if (named === undefined) throw this.#changed('was removed');
    if (named.ino !== opened.ino || named.dev !== opened.dev) throw this.#changed('was replaced by another');
    if (opened.size < this.#offset) throw this.#changed('was truncated');
    const tail = Buffer.alloc(this.#tail.length);
    readSync(descriptor, tail, 0, tail.length, this.#offset - tail.length);
    if (!tail.equals(this.#tail)) throw this.#changed('was written anew');
  }

  #changed(what: string): TraceError {
    return new TraceError('RC1052', `the file ${what} while it was followed`, { file: this.#path });
  }
}
