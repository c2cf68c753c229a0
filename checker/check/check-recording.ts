import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRecording } from '../../traces/open-recording.ts';
import type { Ending, RecordedEvent, Recording } from '../../traces/recording.ts';
import type { RecordingSource } from '../../traces/recording-source.ts';
import { TraceError } from '../../traces/trace-error.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ClusterState } from '../replay/cluster-state.ts';
import { REPLAY_PROTOCOLS, type Replay } from '../replay/protocols.ts';
import { replay } from '../replay/replay.ts';
import { checkWithTlc } from '../tlc/tlc-engine.ts';
import type { EngineName, EngineVerdict } from '../verdict.ts';
import type { EngineResult, Outcome, TraceResult } from './check-result.ts';
import type { EnginePlan } from './engine-plan.ts';
import { type EngineVerdicts, reconcile, type TraceVerdict } from './reconcile.ts';
import { recordingNotes } from './recording-notes.ts';

export interface CheckOptions {
  readonly engines: EnginePlan;
  /** Milliseconds for all engines together; one that has none left is inconclusive. */
  readonly budgetMs?: number;
  readonly signal?: AbortSignal;
  /** Is told what is being done, for people. */
  readonly onProgress?: (text: string) => void;
}

/** What was read of a recording, for an engine that needs it whole. */
interface Collected {
  readonly events: RecordedEvent[];
  /** Full states at which it may be cut into chunks. */
  readonly borders: ClusterState[];
}

/** A border costs the length of the logs, a chunk that can start at it saves TLC's time. */
const EVENTS_PER_BORDER = 2_500;

/** Where nobody asked for TLC by name, longer recordings are left to replay: TLC needs about a minute for these. */
const MOST_EVENTS_UNASKED = 20_000;

/** Holds one run against the spec with each engine of the plan, and gives the verdict over them. */
export async function checkRecording(source: RecordingSource, options: CheckOptions): Promise<TraceResult> {
  const { path } = source;
  let eventsRead = 0;
  const keptIn = await mkdtemp(join(tmpdir(), 'raftcheck-check-'));
  let keeps = false;
  let opened: Recording | undefined;
  try {
    opened = await openRecording(source);
    const recording = tee(opened, (batch) => {
      eventsRead += batch.length;
    });
    const { verdicts, notes } = await runEngines(recording, options, keptIn);
    const verdict = reconcile(verdicts);
    // An engine that rejects reads no further, but the checksum of an archive stands at its end.
    const damage = verdict.verdict === 'rejected' ? await opened.damage?.() : undefined;
    if (damage !== undefined) return unreadable(path, eventsRead, damage);
    keeps = verdict.verdict === 'failed';
    if (keeps) await writeFile(join(keptIn, 'verdicts.json'), `${JSON.stringify(verdicts, null, 2)}\n`);
    return {
      path,
      events: verdict.verdict === 'rejected' ? verdict.rejection.position + 1 : eventsRead,
      ...describe(verdict),
      engines: engineResults(verdicts),
      notes: [...recordingNotes(recording, endOf(recording, verdict)), ...notes],
      ...(keeps ? { kept: keptIn } : {}),
    };
  } catch (error) {
    if (error instanceof TraceError) return unreadable(path, eventsRead, (await opened?.damage?.()) ?? error);
    throw error;
  } finally {
    if (!keeps) await rm(keptIn, { recursive: true, force: true });
  }
}

/** An engine that rejects an event, or has no time left, reads no further: nothing is known of the end then. */
function endOf(recording: Recording, verdict: TraceVerdict): Ending | undefined {
  const isUnfinished =
    verdict.verdict === 'rejected' || ('code' in verdict && ['RC4001', 'RC4002'].includes(verdict.code));
  return isUnfinished ? undefined : recording.ending();
}

interface EngineRun {
  readonly verdicts: EngineVerdicts;
  readonly notes: readonly Diagnostic[];
}

async function runEngines(recording: Recording, options: CheckOptions, keptIn: string): Promise<EngineRun> {
  const { engines } = options;
  const remainingMs = stopwatch(options.budgetMs);
  const collected: Collected = { events: [], borders: [] };
  const mostEvents = engines.tlc.type === 'if-short' ? MOST_EVENTS_UNASKED : Number.POSITIVE_INFINITY;
  const needsEvents = engines.tlc.type === 'if-short' || engines.tlc.type === 'run';
  const collect = needsEvents ? collectUpTo(collected, mostEvents) : undefined;
  if (!engines.replay) {
    await collectAll(recording, collected, options.signal);
    return {
      verdicts: { tlc: await askTlc(recording, collected, options, remainingMs(), keptIn) },
      notes: [],
    };
  }
  const replayed = await replay(collect === undefined ? recording : tee(recording, collect.batch), {
    ...(options.budgetMs === undefined ? {} : { budgetMs: options.budgetMs }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    onProgress: (events) => options.onProgress?.(`replay: ${events.toLocaleString('en-US')} events`),
    ...(collect === undefined ? {} : { onEvent: collect.border }),
  });
  const { verdict } = replayed;
  if (engines.tlc.type === 'off') return { verdicts: { replay: verdict }, notes: [] };
  if (engines.tlc.type === 'missing') return { verdicts: { replay: verdict }, notes: [engines.tlc.note] };
  if (engines.tlc.type === 'if-short' && replayed.events >= mostEvents) {
    return { verdicts: { replay: verdict }, notes: [tooLongNote(replayed.events)] };
  }
  // What replay could not read to its end is not there to be judged by TLC either.
  if (verdict.verdict === 'inconclusive' && verdict.code !== 'RC4010') {
    return { verdicts: { replay: verdict, tlc: verdict }, notes: [] };
  }
  const upTo = verdict.verdict === 'rejected' ? verdict.rejection.position : undefined;
  const tlc = await askTlc(recording, collected, options, remainingMs(), keptIn, upTo);
  return { verdicts: { replay: verdict, tlc }, notes: [] };
}

async function askTlc(
  recording: Recording,
  { events, borders }: Collected,
  { engines, signal, onProgress }: CheckOptions,
  budgetMs: number | undefined,
  keptIn: string,
  upTo?: number,
): Promise<EngineVerdict> {
  const plan = engines.tlc;
  if (plan.type === 'broken') return { verdict: 'failed', code: plan.code, message: plan.message };
  if (plan.type !== 'run' && plan.type !== 'if-short') throw new Error('TLC was not asked for');
  onProgress?.(`TLC: ${events.length.toLocaleString('en-US')} events`);
  const { verdict } = await checkWithTlc(
    { header: recording.header, events, borders },
    {
      jar: plan.jar,
      workers: plan.workers,
      keepFolder: keptIn,
      ...(budgetMs === undefined ? {} : { budgetMs }),
      ...(signal === undefined ? {} : { signal }),
      ...(upTo === undefined ? {} : { upTo }),
    },
  );
  return verdict;
}

/** The same recording; what is read of it is seen by `onBatch` too. */
function tee(recording: Recording, onBatch: (batch: readonly RecordedEvent[]) => void): Recording {
  async function* events(): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
    for await (const batch of recording.events) {
      onBatch(batch);
      yield batch;
    }
  }
  return { ...recording, events: { [Symbol.asyncIterator]: events } };
}

function collectUpTo(collected: Collected, mostEvents: number) {
  return {
    batch(batch: readonly RecordedEvent[]): void {
      if (collected.events.length < mostEvents) for (const event of batch) collected.events.push(event);
    },
    border(_recorded: RecordedEvent, engine: Replay): void {
      if (engine.events <= mostEvents) takeBorder(collected, engine);
    },
  };
}

function takeBorder({ borders }: Collected, engine: Replay): void {
  if (engine.events % EVENTS_PER_BORDER === 0) borders.push(engine.border());
}

/** Reads all there is. Replay only supplies borders here, as far as it comes. */
async function collectAll(
  recording: Recording,
  collected: Collected,
  signal: AbortSignal | undefined,
): Promise<void> {
  const engine = REPLAY_PROTOCOLS[recording.header.protocol].start(recording.header);
  let isWalking = true;
  for await (const batch of recording.events) {
    if (signal?.aborted === true) return;
    for (const recorded of batch) {
      collected.events.push(recorded);
      isWalking &&= engine.step(recorded) === undefined;
      if (isWalking) takeBorder(collected, engine);
    }
  }
}

/** Only whether there is a verdict depends on this clock, never which. */
function stopwatch(budgetMs: number | undefined): () => number | undefined {
  const startMs = performance.now();
  return () => (budgetMs === undefined ? undefined : Math.max(1, budgetMs - (performance.now() - startMs)));
}

function tooLongNote(events: number): Diagnostic {
  return {
    code: 'RC7005',
    severity: 'note',
    message: `TLC did not run: ${events.toLocaleString('en-US')} events would take it minutes`,
    hint: 'ask for it with --engine all',
  };
}

function describe(verdict: TraceVerdict): Pick<TraceResult, 'verdict' | 'rejection' | 'error'> {
  if (verdict.verdict === 'accepted') return { verdict: 'accepted' };
  if (verdict.verdict === 'rejected') return { verdict: 'rejected', rejection: verdict.rejection };
  const { code, message } = verdict;
  return { verdict: verdict.verdict, error: { code, severity: 'error', message } };
}

function engineResults(verdicts: EngineVerdicts): TraceResult['engines'] {
  const { replay: byReplay, tlc } = verdicts;
  return {
    ...(byReplay === undefined ? {} : { replay: engineResult(byReplay) }),
    ...(tlc === undefined ? {} : { tlc: engineResult(tlc) }),
  } satisfies Partial<Record<EngineName, EngineResult>>;
}

function engineResult(verdict: EngineVerdict): EngineResult {
  switch (verdict.verdict) {
    case 'accepted':
      return { verdict: 'accepted' };
    case 'rejected': {
      const { code, message, file, line } = verdict.rejection;
      return { verdict: 'rejected', code, message, file, line };
    }
    default:
      return { verdict: verdict.verdict, code: verdict.code, message: verdict.message };
  }
}

/** The first digit of the reader's code says what its error means for the verdict. */
const OUTCOME_OF_READER: Readonly<Record<string, Outcome>> = { '1': 'malformed', '4': 'inconclusive' };

function unreadable(path: string, events: number, error: TraceError): TraceResult {
  const { code, message, file, line, hint } = error;
  const verdict = OUTCOME_OF_READER[code.charAt(2)];
  // Nothing was found at the path: that is a matter of the command line.
  if (verdict === undefined) throw error;
  return {
    path,
    events,
    verdict,
    engines: {},
    error: {
      code,
      severity: 'error',
      message,
      file,
      ...(line === undefined ? {} : { line }),
      ...(hint === undefined ? {} : { hint }),
    },
    notes: [],
  };
}
