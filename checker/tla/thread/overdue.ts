/** What ends a computation before its own end. */
export interface Limits {
  readonly budgetMs?: number;
  readonly signal?: AbortSignal;
}

/** Why a thread should have ended. */
export type Reason = 'time' | 'signal';

/** How long a thread may take to end by itself: most are done with a state, and tell more than who ends them. */
const GRACE_MS = 1_000;

const LOOK_INTERVAL_MS = 100;

/** Watches a thread that is to keep limits, from another one: a thread that evaluates for long cannot look at a clock. */
export class OverdueWatch {
  /** Fulfilled when the thread should have ended long ago; never if it is not so late. */
  readonly overdue: Promise<Reason>;
  readonly #timer: NodeJS.Timeout;

  /** @param onLook called whenever the watch looks */
  constructor({ budgetMs = Infinity, signal }: Limits, onLook: () => void = () => {}) {
    const { promise, resolve } = Promise.withResolvers<Reason>();
    this.overdue = promise;
    const endMs = performance.now() + budgetMs;
    let abortedMs: number | undefined;
    this.#timer = setInterval(() => {
      onLook();
      const nowMs = performance.now();
      if (signal?.aborted === true) abortedMs ??= nowMs;
      if (nowMs > (abortedMs ?? Infinity) + GRACE_MS) resolve('signal');
      else if (nowMs > endMs + GRACE_MS) resolve('time');
    }, LOOK_INTERVAL_MS);
  }

  end(): void {
    clearInterval(this.#timer);
  }
}

/** Milliseconds on a clock that all threads share. */
export function sharedClockMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
