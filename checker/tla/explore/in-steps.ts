import { setImmediate } from 'node:timers/promises';

/** A long computation that pauses now and then. */
export type InSteps<Result> = Generator<void, Result, void>;

/** How long events may have to wait. */
const PAUSE_INTERVAL_MS = 50;

/** Goes through a computation without a pause. */
export function throughout<Result>(steps: InSteps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Goes through a computation and lets signals, timers and output have their turn in its pauses. */
export async function responsively<Result>(steps: InSteps<Result>): Promise<Result> {
  let resumedMs = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - resumedMs < PAUSE_INTERVAL_MS) continue;
    await setImmediate();
    resumedMs = performance.now();
  }
}
