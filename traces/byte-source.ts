import { open } from 'node:fs/promises';
import { TraceError } from './trace-error.ts';

/** Where the bytes of a trace come from. */
export interface ByteSource {
  /** As the user named it; `-` for standard input. */
  readonly name: string;
  /** The bytes from the start. A chunk is valid until the next one is asked for. */
  readonly chunks: () => AsyncIterable<Uint8Array>;
  /** Whether `chunks` can be called again. */
  readonly rereadable: boolean;
}

/** A read of this size costs little beside parsing it; of larger ones more objects outlive the young generation. */
const CHUNK_BYTES = 64 * 1024;

/** A file; each pass opens it anew. */
export function fileSource(path: string): ByteSource {
  return { name: path, chunks: () => readChunks(path), rereadable: true };
}

/** Standard input, or any other stream: it can be read once. */
export function streamSource(name: string, stream: AsyncIterable<Uint8Array>): ByteSource {
  return { name, chunks: () => stream, rereadable: false };
}

async function* readChunks(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const handle = await open(path).catch((error: Error) => {
    throw new TraceError('RC6101', `cannot read ${path}: ${error.message}`, { file: path });
  });
  try {
    const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}
