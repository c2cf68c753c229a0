import type { Behaviour } from '../tla/model/behaviour.ts';
import type { TlcJar } from '../tlc/tlc-jar.ts';
import type { StateCounts } from '../tlc/tlc-report.ts';
import type { ModelFiles } from './model-files.ts';
import { contradiction, type ModelEngine, type ModelVerdict } from './model-verdict.ts';

/** Which engine looks at a model; `both` compares them. */
export type EngineChoice = ModelEngine | 'both';

/** How the engines look at models. */
export interface EngineRun {
  readonly engine: EngineChoice;
  readonly workers: number;
  /** For each engine. */
  readonly budgetMs?: number;
  readonly memoryBytes?: number;
  /** Random behaviours instead of all states; by the native engine only. */
  readonly simulation?: Simulation;
  /** TLC, asked for only if it is to run. */
  readonly findJar: () => Promise<Pick<TlcJar, 'path'>>;
  readonly onProgress?: (engine: ModelEngine, counts: StateCounts) => void;
}

export interface Simulation {
  readonly behaviours: number;
  readonly seed: number;
  readonly depth: number;
}

/** What the engines say about a model. */
export interface EngineOutcome {
  /** The verdict to go by: that of the native engine, unless it has none and TLC does. */
  readonly verdict: ModelVerdict;
  /** Of each engine that ran. */
  readonly verdicts: readonly ModelVerdict[];
  /** In what they contradict each other: then one of them has a fault. */
  readonly contradiction: string | undefined;
  /** The native engine's counterexample. */
  readonly behaviour: Behaviour | undefined;
}

/**
 * Runs a model with the engines that were chosen, one after the other.
 *
 * @throws CodedError as each of them does
 */
export async function runEngines(files: ModelFiles, run: EngineRun): Promise<EngineOutcome> {
  const native = run.engine === 'tlc' ? undefined : await runNative(files, run);
  const tlc = run.engine === 'native' ? undefined : await runTlcEngine(files, run);
  const verdicts = [native?.verdict, tlc].filter((each) => each !== undefined);
  const [first, second] = verdicts;
  if (first === undefined) throw new RangeError('no engine was chosen');
  const isUndecided = first.verdict === 'inconclusive' && second !== undefined;
  return {
    verdict: isUndecided ? second : first,
    verdicts,
    contradiction: second === undefined ? undefined : contradiction(first, second),
    behaviour: native?.behaviour,
  };
}

async function runNative(files: ModelFiles, run: EngineRun) {
  const { runNativeModel, simulateNativeModel } = await import('../tla/model/run-native-model.ts');
  const { workers, budgetMs, memoryBytes, simulation, onProgress } = run;
  const limits = {
    ...files,
    ...(budgetMs === undefined ? {} : { budgetMs }),
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
    ...(onProgress === undefined
      ? {}
      : { onProgress: (counts: StateCounts) => onProgress('native', counts) }),
  };
  return simulation === undefined
    ? runNativeModel({ ...limits, workers })
    : simulateNativeModel({ ...limits, ...simulation });
}

async function runTlcEngine(files: ModelFiles, run: EngineRun): Promise<ModelVerdict> {
  const { runModel } = await import('./run-model.ts');
  const { workers, budgetMs, memoryBytes, onProgress } = run;
  return runModel({
    ...files,
    jar: await run.findJar(),
    workers,
    ...(budgetMs === undefined ? {} : { budgetMs }),
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
    ...(onProgress === undefined ? {} : { onProgress: (counts) => onProgress('tlc', counts) }),
  });
}
