import { Readable } from 'node:stream';
import type { ByteSource } from './byte-source.ts';
import { TraceError } from './trace-error.ts';

/**
 * A stream that is waited for no longer than there is time. What came till then is no whole recording, so whoever reads it
 * learns by an error that there can be no verdict.
 *
 * @param deadlineMs on the clock of `performance.now()`
 */
export function timedStream({ name, chunks }: ByteSource, deadlineMs: number): ByteSource {
  async function* timed(): AsyncGenerator<Uint8Array, void, undefined> {
    const stream = chunks();
    const iterator = stream[Symbol.asyncIterator]();
    for (;;) {
      const result = await inTime(iterator.next(), deadlineMs);
      if (result === undefined) break;
      if (result.done === true) return;
      yield result.value;
    }
    // It cannot be asked to end while it is being read; but an open stream would keep the process alive.
    if (stream instanceof Readable) stream.destroy();
    throw new TraceError(
      'RC4102',
      'the time budget is exhausted, and the recording has not ended',
      { file: name },
      'see that whoever writes it ends; --follow judges what is there so far',
    );
  }
  return { name, chunks: timed, rereadable: false };
}

/** The result, or undefined where it is not there in time. */
function inTime<T>(result: Promise<T>, deadlineMs: number): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, Math.max(0, deadlineMs - performance.now()), undefined);
    result.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
