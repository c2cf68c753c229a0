import { setImmediate } from 'node:timers/promises';
import type { RecordedEvent, Recording } from '../../../traces/recording.ts';
import type { EngineVerdict, Rejection } from '../../verdict.ts';
import type { RejectedStep } from '../diagnosis/diagnose.ts';
import { EvaluationError, tooDeep } from '../values/evaluation-error.ts';
import { interrupted } from './interrupted.ts';
import { TooManyStates } from './possible-states.ts';
import { type StepOutcome, TraceWalk } from './trace-walk.ts';

export interface NativeCheckOptions {
  /** Milliseconds after which the verdict is inconclusive. */
  readonly budgetMs?: number;
  readonly signal?: AbortSignal;
  /** Called now and then with how many events were taken. */
  readonly onProgress?: (events: number) => void;
  /** Check only the events up to this position, itself included. */
  readonly upTo?: number;
  /** A folder with another RaftTrace.tla than the package's. */
  readonly specFolder?: string;
}

export interface NativeCheck {
  readonly verdict: EngineVerdict;
  /** How many events are steps of the spec. */
  readonly events: number;
}

/**
 * Holds a recording against RaftTrace.tla, one event at a time.
 *
 * @throws a TraceError from the reader where the recording is malformed, a TlaError where the spec is, a CodedError where a
 *   user's spec cannot be evaluated
 */
export async function checkWithNative(
  recording: Recording,
  options: NativeCheckOptions = {},
): Promise<NativeCheck> {
  try {
    return await walkAlong(recording, options);
  } catch (error) {
    if (!(error instanceof TooManyStates)) throw error;
    const { code, message, events } = error;
    return { verdict: { verdict: 'inconclusive', code, message }, events };
  }
}

async function walkAlong(recording: Recording, options: NativeCheckOptions): Promise<NativeCheck> {
  const walk = await TraceWalk.open(recording.header, options.specFolder);
  const limits = new Limits(options);
  const last = options.upTo ?? Number.POSITIVE_INFINITY;
  let events = 0;
  const end = (verdict: EngineVerdict): NativeCheck => ({ verdict, events });
  for await (const batch of recording.events) {
    if (limits.reached !== undefined) return end(interrupted(limits.reached, events));
    for (const recorded of batch) {
      if (recorded.position > last) return end({ verdict: 'accepted' });
      if (limits.asksForPause) {
        await limits.pause();
        if (limits.reached !== undefined) return end(interrupted(limits.reached, events));
      }
      const step = attempt(walk, recorded);
      if (step.outcome === 'failed') return end(await failureOf(step.cause, recorded, walk));
      if (step.outcome === 'rejected') {
        return end({ verdict: 'rejected', rejection: await rejectionOf(recorded, step, walk) });
      }
      events += 1;
    }
    options.onProgress?.(events);
  }
  return end(
    events === 0
      ? { verdict: 'inconclusive', code: 'RC4302', message: 'a recording without events shows nothing' }
      : { verdict: 'accepted' },
  );
}

function attempt(
  walk: TraceWalk,
  recorded: RecordedEvent,
): StepOutcome | { readonly outcome: 'failed'; readonly cause: EvaluationError } {
  try {
    return walk.step(recorded);
  } catch (error) {
    const cause = tooDeep(error);
    if (!(cause instanceof EvaluationError)) throw cause;
    return { outcome: 'failed', cause };
  }
}

/** The trace's numbers are within the format's limit, but what is computed with them is not: no fault of a tool. */
const OVERFLOW = 'RC1855';

/**
 * A step that the spec cannot evaluate is no verdict on the trace. RaftTrace.tla is written so that there is none, so the
 * engine is at fault; a user's spec is the user's to mend.
 */
async function failureOf(
  cause: EvaluationError,
  recorded: RecordedEvent,
  walk: TraceWalk,
): Promise<EngineVerdict> {
  const { code } = cause;
  const isRefusal = code.startsWith('RC42');
  if (walk.specFolder !== undefined && !isRefusal) {
    const { specFault } = await import('./spec-fault.ts');
    throw await specFault(cause, recorded, walk);
  }
  const { event, file, line } = recorded;
  const message = `the spec cannot be evaluated at ${event.action}, ${file}:${line}: ${cause.message}`;
  if (code === OVERFLOW) return { verdict: 'inconclusive', code: 'RC4101', message };
  return { verdict: isRefusal ? 'inconclusive' : 'failed', code, message };
}

/** What a diagnosis needs is loaded when there is something to diagnose: most traces are accepted. */
async function rejectionOf(recorded: RecordedEvent, step: RejectedStep, walk: TraceWalk): Promise<Rejection> {
  const [rejection, parser] = await Promise.all([
    import('./native-rejection.ts'),
    import('../syntax/parser.ts'),
  ]);
  await parser.initParser();
  return rejection.rejectionOf(recorded, step, walk);
}

/** How long signals and the budget may have to wait, unless one event takes longer. */
const PAUSE_INTERVAL_MS = 50;

/**
 * Looks at the budget and the signal. The one place here that reads a clock: only whether there is a verdict depends on it,
 * never which.
 */
class Limits {
  readonly #signal: AbortSignal | undefined;
  readonly #endMs: number;
  #pausedMs = performance.now();

  constructor({ budgetMs = Number.POSITIVE_INFINITY, signal }: NativeCheckOptions) {
    this.#signal = signal;
    this.#endMs = performance.now() + budgetMs;
  }

  /** Why the check is to end here, if it is. */
  get reached(): 'time' | 'signal' | undefined {
    if (this.#signal?.aborted === true) return 'signal';
    return performance.now() > this.#endMs ? 'time' : undefined;
  }

  /** Whether it is time for a pause: a batch may last, and nothing but events is heard meanwhile. */
  get asksForPause(): boolean {
    return performance.now() - this.#pausedMs > PAUSE_INTERVAL_MS;
  }

  async pause(): Promise<void> {
    await setImmediate();
    this.#pausedMs = performance.now();
  }
}
