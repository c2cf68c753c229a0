import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { TraceError } from './trace-error.ts';

/** Where the bytes of a trace come from. */
export interface ByteSource {
  /** As the user named it; `-` for standard input. */
  readonly name: string;
  /** The bytes from the start. A chunk is valid until the next one is asked for. */
  readonly chunks: () => AsyncIterable<Uint8Array>;
  /** Whether `chunks` can be called again. */
  readonly rereadable: boolean;
  /** It is still written: nothing is to be asked of it behind its end line. */
  readonly grows?: true;
}

/** A read of this size costs little beside parsing it; of larger ones more objects outlive the young generation. */
const CHUNK_BYTES = 32 * 1024;

const READS_PER_TURN = 16;

/** A file; each pass opens it anew. A pipe that has a name, as `<(zcat run.gz)` gives one, can be read once only. */
export function fileSource(path: string): ByteSource {
  const isPipe = attempt(path, () => statSync(path).isFIFO());
  if (isPipe) return streamSource(path, createReadStream(path));
  return { name: path, chunks: () => readChunks(path), rereadable: true };
}

/** Whether it is there and can be read more than once. */
export function isRegularFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** Standard input, or any other stream: it can be read once. */
export function streamSource(name: string, stream: AsyncIterable<Uint8Array>): ByteSource {
  return { name, chunks: () => stream, rereadable: false };
}

/**
 * Reads synchronously: a promise for each read would cost more than the read. Between megabytes the event loop gets its
 * turn, so that signals and timers are heard.
 */
async function* readChunks(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  const descriptor = attempt(path, () => openSync(path, 'r'));
  try {
    for (let reads = 1; ; reads++) {
      const length = attempt(path, () => readSync(descriptor, buffer, 0, CHUNK_BYTES, null));
      if (length === 0) return;
      yield buffer.subarray(0, length);
      if (reads % READS_PER_TURN === 0) await setImmediate();
    }
  } finally {
    closeSync(descriptor);
  }
}

/** @throws TraceError RC6101 where the file system refuses */
export function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TraceError('RC6101', `cannot read ${path}: ${reason}`, { file: path });
  }
}
