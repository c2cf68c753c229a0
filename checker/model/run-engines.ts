import { CodedError } from '../diagnostics/coded-error.ts';
import { exitCodeOf } from '../diagnostics/codes.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import type { CounterexampleForm, CounterexampleText } from '../tla/model/counterexample-text.ts';
import type { Coverage } from '../tla/model/coverage.ts';
import type { EngineResult, Simulation } from '../tla/thread/engine-messages.ts';
import type { TlcJar } from '../tlc/tlc-jar.ts';
import type { ModelFiles } from './model-files.ts';
import type { ModelProgress } from './model-progress.ts';
import { contradiction, type ModelEngine, type ModelVerdict } from './model-verdict.ts';

/** Which engine looks at a model; `both` compares them. */
export type EngineChoice = ModelEngine | 'both';

/** How the engines look at models. */
export interface EngineRun {
  readonly engine: EngineChoice;
  readonly workers: number;
  /** For each engine. */
  readonly budgetMs?: number;
  /** Ends what is under way: then the verdict is inconclusive. */
  readonly signal?: AbortSignal;
  readonly memoryBytes?: number;
  /** Random behaviours instead of all states; by the native engine only. */
  readonly simulation?: Simulation;
  /** Count what the native engine's search meets of the spec. */
  readonly coverage?: boolean;
  /** In which form the native engine's counterexample is wanted, if it is. */
  readonly counterexampleAs?: CounterexampleForm;
  /** TLC, asked for only if it is to run. */
  readonly findJar: () => Promise<Pick<TlcJar, 'path'>>;
  readonly onProgress?: (engine: ModelEngine, progress: ModelProgress) => void;
  /** What the spec prints while the native engine evaluates it. */
  readonly onPrint?: (text: string) => void;
}

/** Whether something is wrong with the engines, whatever they say: they contradict each other, or one failed. */
export function isFaulty({ contradiction, failures }: EngineOutcome): boolean {
  if (contradiction !== undefined) return true;
  return failures.some(({ error }) => exitCodeOf(error.code) === EXIT_CODES.toolFailed);
}

/** What the engines say about a model. */
export interface EngineOutcome {
  /** The verdict to go by: that of the native engine, unless it has none and TLC does. */
  readonly verdict: ModelVerdict;
  /** Of each engine that ran. */
  readonly verdicts: readonly ModelVerdict[];
  /** In what they contradict each other: then one of them has a fault. */
  readonly contradiction: string | undefined;
  /** The native engine's, if there is one and it was asked for. */
  readonly counterexample: CounterexampleText | undefined;
  readonly coverage: Coverage | undefined;
  /** Of engines that came to no verdict, while another one did. */
  readonly failures: readonly EngineFailure[];
}

/** An engine that came to no verdict. */
export interface EngineFailure {
  readonly engine: ModelEngine;
  readonly error: CodedError;
}

/**
 * Runs a model with the engines that were chosen, one after the other.
 *
 * @throws CodedError as each of them does; with both only if neither has a verdict
 */
export async function runEngines(files: ModelFiles, run: EngineRun): Promise<EngineOutcome> {
  if (run.engine === 'both') return compare(files, run);
  if (run.engine === 'tlc') return outcomeOf({ verdict: await runTlcEngine(files, run) });
  return outcomeOf(await runNative(files, run));
}

function outcomeOf({ verdict, counterexample, coverage }: EngineResult): EngineOutcome {
  return { verdict, verdicts: [verdict], contradiction: undefined, counterexample, coverage, failures: [] };
}

async function compare(files: ModelFiles, run: EngineRun): Promise<EngineOutcome> {
  const native = await attempt('native', () => runNative(files, run));
  const tlc = await attempt('tlc', async () => ({ verdict: await runTlcEngine(files, run) }));
  if ('error' in native) {
    if ('error' in tlc) throw native.error;
    const contradiction = contradictionByFailure(native, tlc.verdict);
    return { ...outcomeOf(tlc), contradiction, failures: [native] };
  }
  if ('error' in tlc) {
    const contradiction = contradictionByFailure(tlc, native.verdict);
    return { ...outcomeOf(native), contradiction, failures: [tlc] };
  }
  const isUndecided = native.verdict.verdict === 'inconclusive';
  return {
    ...outcomeOf(native),
    verdict: isUndecided ? tlc.verdict : native.verdict,
    verdicts: [native.verdict, tlc.verdict],
    contradiction: contradiction(native.verdict, tlc.verdict),
  };
}

/** An engine's failure is told beside the other's verdict; faults of raftcheck itself are thrown. */
async function attempt<Result>(
  engine: ModelEngine,
  run: () => Promise<Result>,
): Promise<Result | EngineFailure> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof CodedError) return { engine, error };
    throw error;
  }
}

/** An engine that does not support something, or fails itself, contradicts nobody; one that finds the spec faulty does. */
function contradictionByFailure({ engine, error }: EngineFailure, other: ModelVerdict): string | undefined {
  if (exitCodeOf(error.code) !== EXIT_CODES.malformed || other.verdict === 'inconclusive') return undefined;
  return `${engine} refuses it (${error.code}: ${error.message}), ${other.engine} says "${other.verdict}"`;
}

async function runNative(files: ModelFiles, run: EngineRun): Promise<EngineResult> {
  const { runInThread } = await import('../tla/thread/run-in-thread.ts');
  const { workers, budgetMs, signal, memoryBytes, simulation, counterexampleAs, onProgress, onPrint } = run;
  return runInThread({
    ...filesOf(files),
    workers,
    coverage: run.coverage === true,
    ...(simulation === undefined ? {} : { simulation }),
    ...(counterexampleAs === undefined ? {} : { counterexampleAs }),
    ...(onPrint === undefined ? {} : { onPrint }),
    ...(budgetMs === undefined ? {} : { budgetMs }),
    ...(signal === undefined ? {} : { signal }),
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
    ...(onProgress === undefined ? {} : { onProgress: (progress) => onProgress('native', progress) }),
  });
}

/** What goes to another thread is nothing but the files. */
function filesOf({ specFile, configFile, libraryFolders = [] }: ModelFiles): ModelFiles {
  return { specFile, configFile, libraryFolders };
}

async function runTlcEngine(files: ModelFiles, run: EngineRun): Promise<ModelVerdict> {
  const { runModel } = await import('./run-model.ts');
  const { workers, budgetMs, signal, memoryBytes, onProgress } = run;
  return runModel({
    ...files,
    jar: await run.findJar(),
    workers,
    ...(budgetMs === undefined ? {} : { budgetMs }),
    ...(signal === undefined ? {} : { signal }),
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
    ...(onProgress === undefined ? {} : { onProgress: (counts) => onProgress('tlc', counts) }),
  });
}
