import type { RecordedEvent, Recording } from '../../traces/recording.ts';
import type { EngineVerdict, Rejection } from '../verdict.ts';
import { counted } from './counted.ts';
import { REPLAY_PROTOCOLS, type Replay } from './protocols.ts';

/** How a replay is driven; none of it but budget and signal can change the verdict. */
export interface ReplayOptions {
  /** Milliseconds after which the verdict is inconclusive. */
  readonly budgetMs?: number;
  readonly signal?: AbortSignal;
  /** Called now and then with how many events were taken. */
  readonly onProgress?: (events: number) => void;
  /** Called after each event that is a step of the spec; `engine.border()` gives the state then. */
  readonly onEvent?: (recorded: RecordedEvent, engine: Replay) => void;
}

export interface ReplayResult {
  readonly verdict: EngineVerdict;
  /** How many events are steps of the spec: all of them if the trace is accepted. */
  readonly events: number;
}

/**
 * Holds a recording against the spec by re-executing it.
 *
 * @throws a TraceError from the reader where the recording is malformed
 */
export async function replay(recording: Recording, options: ReplayOptions = {}): Promise<ReplayResult> {
  const engine = REPLAY_PROTOCOLS[recording.header.protocol].start(recording.header);
  const isOver = budget(options.budgetMs);
  for await (const batch of recording.events) {
    if (options.signal?.aborted === true) return inconclusive(engine, 'RC4002', 'interrupted');
    if (isOver()) return inconclusive(engine, 'RC4001', 'the time budget is exhausted');
    const rejection = takeBatch(engine, batch, options.onEvent);
    if (rejection !== undefined)
      return { verdict: { verdict: 'rejected', rejection }, events: engine.events };
    options.onProgress?.(engine.events);
  }
  if (engine.finding !== undefined) return restsOnAssumptions(engine, engine.finding);
  return { verdict: { verdict: 'accepted' }, events: engine.events };
}

function takeBatch(
  engine: Replay,
  batch: readonly RecordedEvent[],
  onEvent: ReplayOptions['onEvent'],
): Rejection | undefined {
  for (const recorded of batch) {
    const rejection = engine.step(recorded);
    if (rejection !== undefined) return rejection;
    onEvent?.(recorded, engine);
  }
  return undefined;
}

/** The one place here that reads a clock: only whether there is a verdict depends on it, never which. */
function budget(budgetMs: number | undefined): () => boolean {
  if (budgetMs === undefined) return () => false;
  const deadline = process.hrtime.bigint() + BigInt(Math.ceil(budgetMs * 1e6));
  return () => process.hrtime.bigint() > deadline;
}

function inconclusive(engine: Replay, code: string, message: string): ReplayResult {
  return {
    verdict: {
      verdict: 'inconclusive',
      code,
      message: `${message} after ${counted(engine.events, 'event')}`,
      events: engine.events,
    },
    events: engine.events,
  };
}

/** The spec allows every event, so the fault lies with what the recording does not show. */
function restsOnAssumptions(engine: Replay, { code, message, file, line }: Rejection): ReplayResult {
  return {
    verdict: {
      verdict: 'inconclusive',
      code: 'RC4010',
      message: `${file}:${line}: ${message} (${code}); every event is a step of the spec, so this comes from what the recording assumes`,
    },
    events: engine.events,
  };
}
