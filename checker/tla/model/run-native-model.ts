import { readFile } from 'node:fs/promises';
import { CodedError } from '../../diagnostics/coded-error.ts';
import { demandModelFiles, type ModelFiles } from '../../model/model-files.ts';
import type { ModelProgress } from '../../model/model-progress.ts';
import type { UncheckedProperty } from '../../model/model-verdict.ts';
import { exploreInSteps } from '../explore/explore.ts';
import { exploreInWorkers } from '../explore/explore-in-workers.ts';
import type { Counts, ExploreReport } from '../explore/explore-report.ts';
import { responsively } from '../explore/in-steps.ts';
import { mostMemory } from '../explore/memory-budget.ts';
import { simulateInSteps } from '../explore/simulate.ts';
import type { GraphOptions } from '../liveness/behaviour-graph.ts';
import { placeOf } from '../syntax/span.ts';
import { EvaluationError, tooDeep } from '../values/evaluation-error.ts';
import { format } from '../values/operations.ts';
import { shown } from '../values/refusals.ts';
import { checkLiveness, type LivenessReport } from './check-liveness.ts';
import { explainingDepth } from './circular-replacement.ts';
import { CoverageCounter } from './coverage.ts';
import { type Common, exhausted } from './exhausted.ts';
import {
  allUnchecked,
  commonOf,
  completed,
  failed,
  type NativeRun,
  unchecked,
  violated,
  violatedForEver,
} from './native-verdict.ts';
import { type ModelSource, type PreparedModel, prepareModel } from './prepared-model.ts';
import type { NotChecked } from './properties.ts';
import { refusalOf, refusing } from './refusal.ts';

/** How far the native engine goes. */
export interface NativeLimits {
  readonly budgetMs?: number;
  /** Ends the search: then the verdict is inconclusive. */
  readonly signal?: AbortSignal;
  /** The most memory of the process; most of what the machine has left if absent. */
  readonly memoryBytes?: number;
  readonly onProgress?: (progress: ModelProgress) => void;
  /** After how many states, or random behaviours, `onProgress` is called. */
  readonly progressInterval?: number;
  /** Called when the spec is read, with what stays unchecked where the search does not come to its end. */
  readonly onReady?: (unchecked: readonly UncheckedProperty[]) => void;
  /** What Print and PrintT print; with several threads, only while assumptions are evaluated. */
  readonly onPrint?: (text: string) => void;
}

export interface NativeModelRun extends ModelFiles, NativeLimits {
  /** Threads; 1 if absent. */
  readonly workers?: number;
  /** Counts what the search meets, in one thread. */
  readonly coverage?: boolean;
}

export interface NativeSimulation extends ModelFiles, NativeLimits {
  /** How many random behaviours. */
  readonly behaviours: number;
  readonly seed: number;
  /** The most states of a behaviour. */
  readonly depth: number;
}

/** What each worker opens the model with: a file beside this one, with the same ending. */
const OPEN_MODEL = import.meta.url.replace('run-native-model', 'open-model');

/** States between two looks at how far the search is, unless it is said, and random behaviours. */
const PROGRESS_INTERVAL = 4096;
const BEHAVIOURS_INTERVAL = 64;

/**
 * Explores every state of a model with the native engine.
 *
 * @throws CodedError RC18xx and RC19xx if spec or configuration are wrong or cannot be evaluated, RC42xx where
 * something is not supported
 */
export async function runNativeModel(run: NativeModelRun): Promise<NativeRun> {
  const startMs = performance.now();
  const source = await readSource(run);
  const model = await prepare(source, run);
  run.onReady?.(unreached(model).map(unchecked));
  const { memoryBytes = mostMemory(), onProgress, workers = 1 } = run;
  const limits = { maxMemoryBytes: memoryBytes, shouldStop: stopper(startMs, run) };
  const options = {
    ...limits,
    progressInterval: run.progressInterval ?? PROGRESS_INTERVAL,
    ...(onProgress === undefined ? {} : { onProgress }),
  };
  const abort = run.signal === undefined ? {} : { abort: run.signal };
  const counter = run.coverage === true ? new CoverageCounter(model) : undefined;
  const explored =
    counter === undefined ? model.explored : { ...model.explored, successors: counter.successors };
  const report =
    workers === 1 || counter !== undefined
      ? await responsively(exploreInSteps(explored, options))
      : await exploreInWorkers({ module: OPEN_MODEL, job: source }, { ...options, workers, ...abort });
  const elapsedMs = (): number => performance.now() - startMs;
  const found =
    report.outcome === 'complete' && model.liveness.length > 0
      ? livenessVerdict(report, await checkLivenessOf(model, report, limits, onProgress), elapsedMs(), model)
      : verdictOf(report, commonOf(report, elapsedMs(), unreached(model)), model);
  return counter === undefined ? found : { ...found, coverage: counter.report() };
}

/** Of a model that is all explored. */
async function checkLivenessOf(
  model: PreparedModel,
  counts: Counts,
  limits: GraphOptions,
  onProgress: NativeLimits['onProgress'],
): Promise<LivenessReport> {
  const tell = (stepsKnown: number, states: number): void =>
    onProgress?.({ ...counts, distinct: Math.max(counts.distinct, states), queue: 0, stepsKnown });
  const steps = checkLiveness(model, counts.distinct, { ...limits, onProgress: tell });
  try {
    return await responsively(steps);
  } catch (error) {
    const cause = tooDeep(error);
    throw cause instanceof EvaluationError ? refusalOf(cause, 'in a liveness property') : cause;
  }
}

function livenessVerdict(
  counts: Counts,
  report: LivenessReport,
  elapsedMs: number,
  model: PreparedModel,
): NativeRun {
  const size = report.allStates === undefined ? {} : { livenessStates: report.allStates };
  switch (report.outcome) {
    case 'checked':
      return { verdict: { ...completed(commonOf(counts, elapsedMs, report.notChecked)), ...size } };
    case 'violated': {
      const common = { ...commonOf(counts, elapsedMs, report.notChecked), ...size };
      return violatedForEver(common, report.property, report.lasso, model);
    }
    case 'exhausted':
      return { verdict: exhausted(commonOf(counts, elapsedMs, unreached(model)), report.budget) };
    case 'failed':
      throw failed(report.failure, model);
  }
}

/** Liveness is checked last. */
const unreached = (model: PreparedModel): readonly NotChecked[] =>
  allUnchecked(model, 'the search ended before');

function verdictOf(report: ExploreReport, common: Common, model: PreparedModel): NativeRun {
  switch (report.outcome) {
    case 'complete':
      return { verdict: completed(common) };
    case 'exhausted':
      return { verdict: exhausted(common, report.budget) };
    case 'failed':
      throw failed(report.failure, model);
    case 'violated': {
      const [violation] = report.violations;
      if (violation === undefined) throw new RangeError('a violation without any');
      return violated(common, violation, model);
    }
  }
}

/**
 * Looks at random behaviours of a model. It never proves anything: without a violation the verdict is inconclusive.
 *
 * @throws CodedError as runNativeModel
 */
export async function simulateNativeModel(run: NativeSimulation): Promise<NativeRun> {
  const startMs = performance.now();
  const model = await prepare(await readSource(run), run);
  const { behaviours, seed, depth, onProgress } = run;
  const notChecked = allUnchecked(model, 'a random behaviour has an end');
  run.onReady?.(notChecked.map(unchecked));
  const steps = simulateInSteps(model.explored, {
    behaviours,
    seed,
    depth,
    ...(onProgress === undefined
      ? {}
      : {
          progressInterval: run.progressInterval ?? BEHAVIOURS_INTERVAL,
          onProgress: ({ generated, longest }) =>
            onProgress({ generated, distinct: generated, queue: 0, depth: longest, isRandom: true }),
        }),
    shouldStop: stopper(startMs, run),
  });
  const report = await responsively(steps);
  const common = {
    ...commonOf(undefined, performance.now() - startMs, notChecked),
    generated: report.generated,
    depth: report.longest,
  };
  switch (report.outcome) {
    case 'finished':
      return {
        verdict: {
          ...common,
          verdict: 'inconclusive',
          code: 'RC4283',
          message: `no violation in ${report.behaviours} random behaviours (seed ${seed})`,
        },
      };
    case 'exhausted':
      return { verdict: exhausted(common, report.budget) };
    case 'failed':
      throw failed(report.failure, model);
    case 'violated':
      return violated(common, report.violation, model);
  }
}

async function readSource({ specFile, configFile, libraryFolders = [] }: ModelFiles): Promise<ModelSource> {
  demandModelFiles({ specFile, configFile });
  return { specFile, configFile, configText: await readFile(configFile, 'utf8'), libraryFolders };
}

async function prepare(source: ModelSource, { onPrint }: NativeLimits): Promise<PreparedModel> {
  const model = await refusingWhileRead(prepareModel(source, { print: (value) => onPrint?.(format(value)) }));
  checkAssumptions(model);
  return model;
}

/** What cannot be compiled is refused with its place; compiling what is nested too deeply exhausts the stack. */
async function refusingWhileRead<Result>(prepared: Promise<Result>): Promise<Result> {
  try {
    return await prepared;
  } catch (error) {
    const cause = tooDeep(error);
    throw cause instanceof EvaluationError ? refusalOf(cause, 'while the spec is read and compiled') : cause;
  }
}

/** As TLC, it believes axioms. @throws CodedError RC1902 at the first assumption that is not true */
function checkAssumptions(model: PreparedModel): void {
  const { module, compiled } = model;
  for (const { name, isAxiom, body, span } of module.assumptions) {
    if (isAxiom) continue;
    const what = name === undefined ? 'the assumption' : `the assumption ${name}`;
    const value = refusing(`in ${what}`, span, () => explainingDepth(model, () => compiled.evaluate(body)));
    if (value === true) continue;
    const fault = value === false ? 'false' : `neither TRUE nor FALSE, but ${shown(value)}`;
    throw new CodedError('RC1902', `${what} at ${placeOf(span)} is ${fault}`, {
      file: span.file,
      line: span.line,
    });
  }
}

function stopper(
  startMs: number,
  { budgetMs = Infinity, signal }: NativeLimits,
): () => 'time' | 'signal' | undefined {
  return () => {
    if (signal?.aborted === true) return 'signal';
    return performance.now() - startMs > budgetMs ? 'time' : undefined;
  };
}
