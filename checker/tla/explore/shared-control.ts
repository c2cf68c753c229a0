import type { Stop } from './finding.ts';

const STOPS = [
  'at violation',
  'failed',
  'states',
  'memory',
  'time',
  'depth',
  'signal',
] as const satisfies Stop[];
const STOP = 0;
const STORED = 1;
const FIRST_WAKING = 2;
/** In case that a worker died which was to wake this one. */
const LONGEST_SLEEP_MS = 200;

/** What all threads of a search see at once. */
export class SharedControl {
  readonly buffer: SharedArrayBuffer;
  readonly #cells: Int32Array;

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer;
    this.#cells = new Int32Array(buffer);
  }

  static forWorkers(workers: number): SharedControl {
    return new SharedControl(new SharedArrayBuffer((FIRST_WAKING + workers) * 4));
  }

  /** Why all are to stop, if they are. */
  get stop(): Stop | undefined {
    return STOPS[Atomics.load(this.#cells, STOP) - 1];
  }

  /** Lets all stop; the first reason holds. */
  stopAll(stop: Stop): void {
    Atomics.compareExchange(this.#cells, STOP, 0, STOPS.indexOf(stop) + 1);
  }

  /** Counts one more state that is stored somewhere, if there are fewer than so many. */
  countStored(most: number): boolean {
    return Atomics.add(this.#cells, STORED, 1) < most;
  }

  /** How often somebody woke this worker: what `sleep` is given. */
  wakings(worker: number): number {
    return Atomics.load(this.#cells, FIRST_WAKING + worker);
  }

  wake(worker: number): void {
    Atomics.add(this.#cells, FIRST_WAKING + worker, 1);
    Atomics.notify(this.#cells, FIRST_WAKING + worker);
  }

  /** Waits until somebody wakes this worker, unless that happened since its wakings were counted. */
  sleep(worker: number, wakings: number): void {
    Atomics.wait(this.#cells, FIRST_WAKING + worker, wakings, LONGEST_SLEEP_MS);
  }
}
