import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedEvent } from '../../traces/recording.ts';
import type { Header } from '../../traces/trace-format.ts';
import { packageRoot } from '../package-root.ts';
import type { EngineVerdict } from '../verdict.ts';
import { type Border, initialBorder } from './border.ts';
import { planRuns } from './chunks.ts';
import { judgeWalk, type Walk } from './judge-walk.ts';
import { runTlc } from './tlc-process.ts';
import { TRACE_MODULE_NAME, type TraceModule, traceModule } from './trace-module.ts';
import { planSteps } from './trace-steps.ts';

/** A recording as TLC takes it: whole. */
export interface TlcTrace {
  readonly header: Header;
  /** In causal order, `position` counting from 0 without gaps. */
  readonly events: readonly RecordedEvent[];
  /** States between events, at which the recording may be cut; they need not be right. */
  readonly borders?: readonly Border[];
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
  /** Where the spec's modules are; the package's own if absent. */
  readonly specFolder?: string;
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

/** Measured: see docs/decisions.md. */
const MAX_EVENTS_PER_RUN = 20_000;
const MIN_EVENTS_PER_CHUNK = 5_000;

/**
 * Asks TLC whether a recording is a behaviour of the spec.
 *
 * @throws CodedError RC5002 if there is no Java
 */
export async function checkWithTlc(trace: TlcTrace, options: TlcCheckOptions): Promise<TlcCheck> {
  const startMs = performance.now();
  const events = options.upTo === undefined ? trace.events : trace.events.slice(0, options.upTo + 1);
  if (events.length === 0) throw new Error('a recording without events shows nothing');
  const runs = planRuns(
    events.length,
    initialBorder(trace.header),
    hidesNextIndex(events) ? [] : (trace.borders ?? []),
    {
      workers: options.workers ?? 1,
      minEventsPerChunk: options.minEventsPerChunk ?? MIN_EVENTS_PER_CHUNK,
      maxEventsPerRun: options.maxEventsPerRun ?? MAX_EVENTS_PER_RUN,
    },
  );
  const plan = planSteps(events, new Set(runs.flat().map(({ firstPosition }) => firstPosition)));

  let made: RunOutcome = { verdict: { verdict: 'accepted' } };
  let count = 0;
  for (const chunks of runs) {
    count++;
    const module = traceModule(trace.header, plan, chunks);
    const elapsedMs = performance.now() - startMs;
    made = await makeRun(count, { chunks, events, contents: module.contents }, module, elapsedMs, options);
    if (made.verdict.verdict !== 'accepted') break;
  }
  return {
    ...made,
    runs: count,
    chunks: runs.slice(0, count).flat().length,
    elapsedMs: performance.now() - startMs,
  };
}

/** From the event that hides it nextIndex is unknown for a while: then there is no state to cut at. */
function hidesNextIndex(events: readonly RecordedEvent[]): boolean {
  return events.some(({ event }) => 'server' in event && event.unobserved?.includes('nextIndex') === true);
}

interface RunOutcome {
  readonly verdict: EngineVerdict;
  readonly keptIn?: string;
}

/** Writes the module, lets TLC walk along it, and judges. */
async function makeRun(
  number: number,
  walk: Walk,
  { module, config }: TraceModule,
  elapsedMs: number,
  options: TlcCheckOptions,
): Promise<RunOutcome> {
  const { jar, budgetMs, signal, keepFolder } = options;
  const folder = await runFolder(keepFolder, number);
  let keeps = keepFolder !== undefined;
  try {
    const specFile = join(folder, `${TRACE_MODULE_NAME}.tla`);
    const configFile = join(folder, `${TRACE_MODULE_NAME}.cfg`);
    await Promise.all([writeFile(specFile, module), writeFile(configFile, config)]);
    const result = await runTlc({
      jar,
      specFile,
      configFile,
      libraryFolders: [options.specFolder ?? join(packageRoot(), 'spec', 'raft')],
      workers: Math.min(options.workers ?? 1, walk.chunks.length),
      short: true,
      ...(budgetMs === undefined ? {} : { budgetMs: Math.max(1, budgetMs - elapsedMs) }),
      ...(signal === undefined ? {} : { signal }),
    });
    const verdict = judgeWalk(result, walk);
    keeps ||= verdict.verdict === 'failed';
    if (keeps) await writeFile(join(folder, 'tlc-result.json'), `${JSON.stringify(result, null, 2)}\n`);
    return { verdict, ...(keeps ? { keptIn: keepFolder ?? folder } : {}) };
  } finally {
    if (!keeps) await rm(folder, { recursive: true, force: true });
  }
}

async function runFolder(keepFolder: string | undefined, number: number): Promise<string> {
  if (keepFolder === undefined) return mkdtemp(join(tmpdir(), 'raftcheck-trace-'));
  const folder = join(keepFolder, `run-${number}`);
  await mkdir(folder, { recursive: true });
  return folder;
}
