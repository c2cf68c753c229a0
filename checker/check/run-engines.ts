import type { RecordedEvent, Recording } from '../../traces/recording.ts';
import { TraceError } from '../../traces/trace-error.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ClusterState } from '../replay/cluster-state.ts';
import type { Replay } from '../replay/protocols.ts';
import type { EngineName, EngineVerdict } from '../verdict.ts';
import type { EnginePlan } from './engine-plan.ts';
import type { NativeCheck } from './engines.ts';
import { type Reader, readTogether } from './read-together.ts';
import type { EngineVerdicts } from './reconcile.ts';

/** How the engines are driven; none of it but the spec, and that time is up, can change a verdict. */
export interface RunOptions {
  readonly engines: EnginePlan;
  /** Milliseconds for all engines together; one that has none left is inconclusive. */
  readonly budgetMs?: number;
  readonly signal?: AbortSignal;
  /** Is told what is being done, for people. */
  readonly onProgress?: (text: string) => void;
  /** Where the spec's modules are looked up before the package's own. Replay knows the package's only. */
  readonly specFolder?: string;
}

export interface EngineRun {
  readonly verdicts: EngineVerdicts;
  readonly notes: readonly Diagnostic[];
}

/** What was read of a recording, for TLC, which needs it whole. */
interface Collected {
  readonly events: RecordedEvent[];
  /** Full states at which it may be cut into chunks. */
  readonly borders: ClusterState[];
  /** How many events were read, collected or not. */
  read: number;
  /** Whether the recording was read to its end. */
  isWhole: boolean;
}

/** A border costs the length of the logs, a chunk that can start at it saves TLC's time. */
const EVENTS_PER_BORDER = 2_500;

/** Where nobody asked for TLC by name, longer recordings are left to the others: TLC needs about a minute for these. */
const MOST_EVENTS_UNASKED = 20_000;

/**
 * Asks each engine of the plan; the others are not even loaded. Those that take a recording event by event read it
 * together, in one pass; TLC comes after them, and judges up to the event that they reject.
 *
 * @param keptIn a folder for what TLC was given and said
 * @throws a TraceError from the reader where the recording is malformed
 */
export async function runEngines(
  recording: Recording,
  options: RunOptions,
  keptIn: string,
): Promise<EngineRun> {
  const { tlc } = options.engines;
  const remainingMs = stopwatch(options.budgetMs);
  const mostEvents = mostEventsOf(options.engines);
  const collected: Collected = { events: [], borders: [], read: 0, isWhole: false };
  const isOver = () => options.signal?.aborted === true || remainingMs() === LEAST_MS;
  const streamed = await runStreaming(recording, options, collected, mostEvents, isOver);
  const { notes = [] } = options.engines;
  if (tlc.type === 'off') return { verdicts: streamed, notes };
  if (tlc.type === 'broken') {
    const { code, message } = tlc;
    return { verdicts: { ...streamed, tlc: { verdict: 'failed', code, message } }, notes };
  }
  if (tlc.type === 'missing') return { verdicts: streamed, notes: [...notes, tlc.note] };
  if (tlc.type === 'if-short' && collected.read > mostEvents)
    return { verdicts: streamed, notes: [...notes, tooLongNote()] };
  const answers = Object.values(streamed);
  const upTo = judgedUpTo(streamed);
  // What could not be read to its end is not there to be judged by TLC either.
  if (!collected.isWhole && upTo === undefined && answers.length > 0)
    return { verdicts: streamed, notes: [...notes, unreadNote()] };
  const verdict = await askTlc(recording, collected, options, remainingMs(), keptIn, upTo);
  return { verdicts: { ...streamed, tlc: verdict }, notes };
}

/** What TLC may be given; 0 where it does not run. */
function mostEventsOf({ tlc }: EnginePlan): number {
  if (tlc.type === 'if-short') return MOST_EVENTS_UNASKED;
  return tlc.type === 'run' ? Number.POSITIVE_INFINITY : 0;
}

async function runStreaming(
  recording: Recording,
  options: RunOptions,
  collected: Collected,
  mostEvents: number,
  isOver: () => boolean,
): Promise<EngineVerdicts> {
  const { replay: runsReplay, native, tlc } = options.engines;
  if (!runsReplay && native === undefined) {
    if (tlc.type === 'run') await collectAll(recording, collected, options);
    return {};
  }
  const names: EngineName[] = [];
  const readers: Reader<EngineVerdict | undefined>[] = [];
  if (runsReplay) {
    names.push('replay');
    readers.push((shared) => askReplay(shared, options, collected, mostEvents));
  }
  if (native !== undefined) {
    names.push('native');
    readers.push((shared) => askNative(native, shared, options));
  }
  // An engine that comes to no verdict reads no further, and TLC is to judge the whole.
  if (tlc.type === 'run') readers.push((shared) => readOn(shared, isOver));
  const verdicts = await readTogether(
    collecting(recording, collected, mostEvents),
    readers,
    (verdict) => verdict?.verdict === 'rejected',
  );
  return Object.fromEntries(names.map((name, index) => [name, verdicts[index]]));
}

async function readOn(recording: Recording, isOver: () => boolean): Promise<undefined> {
  for await (const _batch of recording.events) if (isOver()) return;
}

async function askReplay(
  recording: Recording,
  options: RunOptions,
  collected: Collected,
  mostEvents: number,
): Promise<EngineVerdict> {
  const { replay } = await import('../replay/replay.ts');
  const { verdict } = await replay(recording, {
    ...timeOf(options),
    ...(options.engines.native === undefined ? { onProgress: telling('replay', options) } : {}),
    ...(mostEvents === 0
      ? {}
      : {
          onEvent: (_recorded: RecordedEvent, engine: Replay) => {
            if (engine.events <= mostEvents) takeBorder(collected, engine);
          },
        }),
  });
  return verdict;
}

async function askNative(
  check: NativeCheck,
  recording: Recording,
  options: RunOptions,
): Promise<EngineVerdict> {
  try {
    const { verdict } = await check(recording, {
      ...timeOf(options),
      onProgress: telling(options.engines.replay ? 'replay, native' : 'native', options),
      ...(options.specFolder === undefined ? {} : { specFolder: options.specFolder }),
    });
    return verdict;
  } catch (error) {
    const refusal = unsupported(error);
    if (refusal === undefined) throw error;
    return refusal;
  }
}

/** What the engine refuses to evaluate it refuses by name: no verdict, but another engine may have one. */
function unsupported(error: unknown): EngineVerdict | undefined {
  if (!(error instanceof Error) || error instanceof TraceError) return undefined;
  const code: unknown = Reflect.get(error, 'code');
  if (typeof code !== 'string' || !code.startsWith('RC42')) return undefined;
  return { verdict: 'inconclusive', code, message: error.message };
}

function timeOf({ budgetMs, signal }: RunOptions): Pick<RunOptions, 'budgetMs' | 'signal'> {
  return {
    ...(budgetMs === undefined ? {} : { budgetMs }),
    ...(signal === undefined ? {} : { signal }),
  };
}

function telling(engines: string, { onProgress }: RunOptions): (events: number) => void {
  return (events) => onProgress?.(`${engines}: ${events.toLocaleString('en-US')} events`);
}

/**
 * The event up to which TLC has to say something: the one that native rejects, for they must agree on it, else the one
 * that replay rejects. What comes later is left out, for what of it repeats or takes a message bears on the plan.
 */
function judgedUpTo({ native, replay }: EngineVerdicts): number | undefined {
  const rejecting = [native, replay].find((each) => each?.verdict === 'rejected');
  return rejecting?.verdict === 'rejected' ? rejecting.rejection.position : undefined;
}

async function askTlc(
  recording: Recording,
  { events, borders }: Collected,
  options: RunOptions,
  budgetMs: number | undefined,
  keptIn: string,
  upTo: number | undefined,
): Promise<EngineVerdict> {
  const plan = options.engines.tlc;
  if (plan.type !== 'run' && plan.type !== 'if-short') throw new Error('TLC was not asked for');
  options.onProgress?.(`TLC: ${events.length.toLocaleString('en-US')} events`);
  const { checkWithTlc } = await import('../tlc/tlc-engine.ts');
  const { verdict } = await checkWithTlc(
    { header: recording.header, events, borders },
    {
      jar: plan.jar,
      workers: plan.workers,
      keepFolder: keptIn,
      ...(budgetMs === undefined ? {} : { budgetMs }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      ...(upTo === undefined ? {} : { upTo }),
      ...(options.specFolder === undefined ? {} : { specFolder: options.specFolder, blamesSpec: true }),
    },
  );
  if (verdict.verdict !== 'rejected' || options.specFolder === undefined) return verdict;
  return { verdict: 'rejected', rejection: { ...verdict.rejection, spec: options.specFolder } };
}

/** The same recording; what is read of it is collected, if it is not too much. */
function collecting(recording: Recording, collected: Collected, mostEvents: number): Recording {
  async function* events(): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
    for await (const batch of recording.events) {
      collected.read += batch.length;
      if (collected.events.length < mostEvents) for (const event of batch) collected.events.push(event);
      yield batch;
    }
    collected.isWhole = true;
  }
  return { ...recording, events: { [Symbol.asyncIterator]: events } };
}

function takeBorder({ borders }: Collected, engine: Replay): void {
  if (engine.events % EVENTS_PER_BORDER === 0) borders.push(engine.border());
}

/**
 * Reads all there is, for TLC alone. Replay only supplies borders here, as far as it comes; those of another spec than
 * its own would be of no use.
 */
async function collectAll(recording: Recording, collected: Collected, options: RunOptions): Promise<void> {
  const { REPLAY_PROTOCOLS } = await import('../replay/protocols.ts');
  const engine = REPLAY_PROTOCOLS[recording.header.protocol].start(recording.header);
  let isWalking = options.specFolder === undefined;
  for await (const batch of recording.events) {
    if (options.signal?.aborted === true) return;
    for (const recorded of batch) {
      collected.events.push(recorded);
      isWalking &&= engine.step(recorded) === undefined;
      if (isWalking) takeBorder(collected, engine);
    }
    collected.read += batch.length;
  }
  collected.isWhole = true;
}

/** What is left of a budget that is used up. */
const LEAST_MS = 1;

/** Only whether there is a verdict depends on this clock, never which. */
function stopwatch(budgetMs: number | undefined): () => number | undefined {
  const startMs = performance.now();
  return () =>
    budgetMs === undefined ? undefined : Math.max(LEAST_MS, budgetMs - (performance.now() - startMs));
}

function unreadNote(): Diagnostic {
  return {
    code: 'RC7005',
    severity: 'note',
    message: 'TLC did not run: the recording was not read to its end',
  };
}

function tooLongNote(): Diagnostic {
  const limit = MOST_EVENTS_UNASKED.toLocaleString('en-US');
  return {
    code: 'RC7005',
    severity: 'note',
    message: `TLC did not run: more than ${limit} events would take it minutes`,
    hint: 'ask for it with --engine all',
  };
}
