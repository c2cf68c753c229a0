import type { RecordedEvent, Recording } from '../../traces/recording.ts';

type Batch = readonly RecordedEvent[];

/** One that reads a recording; once it has settled it reads no further. */
export type Reader<T> = (recording: Recording) => Promise<T>;

/**
 * Lets several read one recording in one pass, batch by batch: so it may be standard input, and nothing of it is kept.
 * Nobody gets a batch before all have asked for it. Once a reader wants no more to be read, the recording ends for
 * the others behind the batch that all have.
 *
 * @param isFinal whether with this result nothing more is to be read
 * @returns what each reader came to
 * @throws what the first of them threw, after all have ended
 */
export async function readTogether<T>(
  recording: Recording,
  readers: readonly Reader<T>[],
  isFinal: (result: T) => boolean,
): Promise<readonly T[]> {
  const pass = new SharedPass(recording, readers.length);
  const runs = readers.map(async (read) => {
    let isLast = true;
    try {
      const result = await read({ ...recording, events: pass.events() });
      isLast = isFinal(result);
      return result;
    } finally {
      pass.leave(isLast);
    }
  });
  const ends = await Promise.allSettled(runs);
  await pass.close();
  return ends.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
}

interface Request {
  readonly resolve: (result: IteratorResult<Batch, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

/** An iteration over a recording that several readers follow in step. */
class SharedPass {
  readonly #source: AsyncIterator<Batch>;
  #readers: number;
  #requests: Request[] = [];
  #isOver = false;

  constructor(recording: Recording, readers: number) {
    this.#source = recording.events[Symbol.asyncIterator]();
    this.#readers = readers;
  }

  events(): AsyncIterable<Batch> {
    return {
      [Symbol.asyncIterator]: () => ({
        next: () =>
          new Promise((resolve, reject) => {
            this.#requests.push({ resolve, reject });
            this.#answer();
          }),
      }),
    };
  }

  /** A reader asks for no more. */
  leave(isLast: boolean): void {
    this.#readers -= 1;
    this.#isOver ||= isLast;
    this.#answer();
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }

  #answer(): void {
    if (this.#requests.length === 0 || this.#requests.length < this.#readers) return;
    const requests = this.#requests;
    this.#requests = [];
    if (this.#isOver) {
      for (const { resolve } of requests) resolve({ done: true, value: undefined });
      return;
    }
    this.#source.next().then(
      (result) => {
        this.#isOver = result.done === true;
        for (const { resolve } of requests) {
          resolve(result.done === true ? { done: true, value: undefined } : result);
        }
      },
      (error) => {
        this.#isOver = true;
        for (const { reject } of requests) reject(error);
      },
    );
  }
}
