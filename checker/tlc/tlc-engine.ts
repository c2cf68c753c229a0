import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hidesNextIndex } from '../../traces/hidden-next-index.ts';
import type { RecordedEvent } from '../../traces/recording.ts';
import type { Header } from '../../traces/trace-format.ts';
import { packageRoot, shippedLibrary } from '../package-root.ts';
import type { ClusterState } from '../replay/cluster-state.ts';
import type { EngineVerdict } from '../verdict.ts';
import { type Chunk, planRuns } from './chunks.ts';
import { initialState } from './initial-state.ts';
import { judgeWalk } from './judge-walk.ts';
import { specFault } from './spec-fault.ts';
import { runTlc, type TlcResult } from './tlc-process.ts';
import { TRACE_MODULE_NAME, type TraceModule, traceModule } from './trace-module.ts';
import { planSteps, type TracePlan } from './trace-steps.ts';
import { readWalks } from './walk-report.ts';

/** A recording as TLC takes it: whole. */
export interface TlcTrace {
  readonly header: Header;
  /** In causal order, `position` counting from 0 without gaps. */
  readonly events: readonly RecordedEvent[];
  /** States between events, at which the recording may be cut; they need not be right. */
  readonly borders?: readonly ClusterState[];
}

/** How TLC is to check it. */
export interface TlcCheckOptions {
  readonly jar: { readonly path: string };
  /** Threads of TLC; 1 if absent. */
  readonly workers?: number;
  readonly budgetMs?: number;
  readonly signal?: AbortSignal;
  /** Check only the events up to this position, itself included. */
  readonly upTo?: number;
  /** Keep the generated modules and what TLC said in this folder. */
  readonly keepFolder?: string;
  /** Where the spec's modules are looked up before the package's own. */
  readonly specFolder?: string;
  /** The spec is the user's: that it cannot be parsed or evaluated is a fault of the input, not of a tool. */
  readonly blamesSpec?: boolean;
  /** Cut the recording into parts of at most so many events. */
  readonly maxEventsPerRun?: number;
  readonly minEventsPerChunk?: number;
}

/** What TLC says of a recording, and what it cost. */
export interface TlcCheck {
  readonly verdict: EngineVerdict;
  /** How many JVMs ran, and how many chunks they were given. */
  readonly runs: number;
  readonly chunks: number;
  readonly elapsedMs: number;
  /** The folder that holds what was kept. */
  readonly keptIn?: string;
}

/** Promised in Persistence.tla recurses over the pending writes: a thousand of them overflow Java's usual stack. */
const WORKER_STACK = '-Xss128m';

/** Measured: see docs/decisions.md. */
const MAX_EVENTS_PER_RUN = 20_000;
const MIN_EVENTS_PER_CHUNK = 5_000;

/**
 * Asks TLC whether a recording is a behaviour of the spec.
 *
 * @throws CodedError RC5002 if there is no Java; RC1901 to RC1903 if the spec is to blame
 */
export async function checkWithTlc(trace: TlcTrace, options: TlcCheckOptions): Promise<TlcCheck> {
  const startMs = performance.now();
  const events = options.upTo === undefined ? trace.events : trace.events.slice(0, options.upTo + 1);
  const { runs, plan } = planTrace({ ...trace, events }, options);
  let outcome: RunOutcome = { verdicts: [{ verdict: 'accepted' }] };
  let made = 0;
  for (const chunks of runs) {
    made++;
    const elapsedMs = performance.now() - startMs;
    outcome = await walkTogether(made, trace.header, [{ chunks, plan, events }], elapsedMs, options);
    if (outcome.verdicts[0]?.verdict !== 'accepted') break;
  }
  const { verdicts, keptIn } = outcome;
  return {
    verdict: verdicts[0] ?? { verdict: 'failed', code: 'RC5001', message: 'no verdict' },
    runs: made,
    chunks: runs.slice(0, made).flat().length,
    elapsedMs: performance.now() - startMs,
    ...(keptIn === undefined ? {} : { keptIn }),
  };
}

/**
 * The same for many short recordings in one JVM, whose start costs more than their check. However long they are,
 * they are not split over several.
 *
 * @param traces of the same servers, configuration, features and observed variables
 * @returns a verdict for each
 * @throws CodedError RC5002 if there is no Java
 */
export async function checkAllWithTlc(
  traces: readonly TlcTrace[],
  options: TlcCheckOptions,
): Promise<readonly EngineVerdict[]> {
  const [first] = traces;
  if (first === undefined) return [];
  const walks = traces.map((trace): PlannedWalk => {
    if (commonPart(trace.header) !== commonPart(first.header))
      throw new Error('recordings of different clusters');
    const { runs, plan } = planTrace(trace, options);
    return { chunks: runs.flat(), plan, events: trace.events };
  });
  return (await walkTogether(1, first.header, walks, 0, options)).verdicts;
}

function commonPart({ servers, configuration, features, observed }: Header): string {
  return JSON.stringify([servers, configuration, features, observed]);
}

function planTrace(
  { header, events, borders = [] }: TlcTrace,
  options: TlcCheckOptions,
): { readonly runs: Chunk[][]; readonly plan: TracePlan } {
  if (events.length === 0) throw new Error('a recording without events shows nothing');
  // From an event that hides it nextIndex is unknown for a while: then there is no state to cut at.
  const canCut = !events.some(({ event }) => hidesNextIndex(event));
  const runs = planRuns(events.length, initialState(header), canCut ? borders : [], {
    workers: options.workers ?? 1,
    minEventsPerChunk: options.minEventsPerChunk ?? MIN_EVENTS_PER_CHUNK,
    maxEventsPerRun: options.maxEventsPerRun ?? MAX_EVENTS_PER_RUN,
  });
  return {
    runs,
    plan: planSteps(
      events,
      runs.flat().flatMap(({ start }) => start ?? []),
    ),
  };
}

/** Consecutive chunks of one recording. */
interface PlannedWalk {
  readonly chunks: readonly Chunk[];
  readonly plan: TracePlan;
  readonly events: readonly RecordedEvent[];
}

interface RunOutcome {
  /** One for each walk. */
  readonly verdicts: readonly EngineVerdict[];
  readonly keptIn?: string;
}

/** Writes the module, lets TLC walk along it, and judges. */
async function walkTogether(
  run: number,
  header: Header,
  walks: readonly PlannedWalk[],
  elapsedMs: number,
  options: TlcCheckOptions,
): Promise<RunOutcome> {
  const { jar, budgetMs, signal, keepFolder } = options;
  const planned = walks.flatMap(({ chunks, plan }) => chunks.map((chunk) => ({ chunk, plan })));
  const { module, config, contents } = traceModule(header, planned);
  const folder = await runFolder(keepFolder, run);
  let keeps = keepFolder !== undefined;
  try {
    const specFile = join(folder, `${TRACE_MODULE_NAME}.tla`);
    const configFile = join(folder, `${TRACE_MODULE_NAME}.cfg`);
    await Promise.all([writeFile(specFile, module), writeFile(configFile, config)]);
    const result = await runTlc({
      jar,
      specFile,
      configFile,
      libraryFolders: libraryOf(options),
      workers: Math.min(options.workers ?? 1, planned.length),
      short: true,
      jvmOptions: [WORKER_STACK],
      ...(budgetMs === undefined ? {} : { budgetMs: Math.max(1, budgetMs - elapsedMs) }),
      ...(signal === undefined ? {} : { signal }),
    });
    const fault =
      options.blamesSpec === true ? specFault(result, [...libraryOf(options), shippedLibrary()]) : undefined;
    if (fault !== undefined) throw fault;
    const verdicts = judgeWalks(result, walks, contents);
    keeps ||= verdicts.some(({ verdict }) => verdict === 'failed');
    if (keeps) await writeFile(join(folder, 'tlc-result.json'), `${JSON.stringify(result, null, 2)}\n`);
    return { verdicts, ...(keeps ? { keptIn: keepFolder ?? folder } : {}) };
  } finally {
    if (!keeps) await rm(folder, { recursive: true, force: true });
  }
}

function judgeWalks(
  result: TlcResult,
  walks: readonly PlannedWalk[],
  contents: TraceModule['contents'],
): readonly EngineVerdict[] {
  const reports = readWalks(result.printed, walks.flatMap(({ chunks }) => chunks).length);
  let judged = 0;
  return walks.map(({ chunks, events }) => {
    const own = reports.slice(judged, judged + chunks.length);
    judged += chunks.length;
    const walked = own.flatMap((report, index) => {
      const chunk = chunks[index];
      return chunk === undefined ? [] : [{ chunk, report }];
    });
    return judgeWalk(result, { chunks: walked, events, contents });
  });
}

function libraryOf({ specFolder }: TlcCheckOptions): readonly string[] {
  const bundled = join(packageRoot(), 'spec', 'raft');
  return specFolder === undefined ? [bundled] : [specFolder, bundled];
}

async function runFolder(keepFolder: string | undefined, run: number): Promise<string> {
  if (keepFolder === undefined) return mkdtemp(join(tmpdir(), 'raftcheck-trace-'));
  const folder = join(keepFolder, `run-${run}`);
  await mkdir(folder, { recursive: true });
  return folder;
}
