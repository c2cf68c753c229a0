import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CodedError } from '../diagnostics/coded-error.ts';
import type { CounterexampleStep } from '../tlc/tlc-counterexample.ts';
import type { TlcJar } from '../tlc/tlc-jar.ts';
import { runTlc, type TlcResult } from '../tlc/tlc-process.ts';
import type { StateCounts, Violation } from '../tlc/tlc-report.ts';

/** What TLC says about a model. The counts are those at its end; null where TLC had none yet. */
export type ModelVerdict = {
  readonly distinct: number | null;
  readonly generated: number | null;
  readonly depth: number | null;
  readonly elapsedMs: number;
  readonly tlcVersion: string | null;
} & (
  | { readonly verdict: 'holds' }
  | {
      readonly verdict: 'violated';
      readonly code: 'RC3001' | 'RC3002';
      readonly kind: Violation['kind'];
      /** null where TLC does not tell which, and for a deadlock. */
      readonly property: string | null;
      readonly message: string;
      readonly steps: readonly CounterexampleStep[];
      /** For a property of whole behaviours: the step to which the last one leads back, null if it stutters. */
      readonly loopsTo?: number | null;
    }
  | { readonly verdict: 'inconclusive'; readonly code: 'RC4001' | 'RC4002'; readonly message: string }
);

export interface ModelRun {
  readonly jar: Pick<TlcJar, 'path'>;
  readonly specFile: string;
  readonly configFile: string;
  readonly libraryFolders?: readonly string[];
  readonly workers?: number | 'auto';
  readonly short?: boolean;
  readonly budgetMs?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (counts: StateCounts) => void;
}

const PROGRESS_INTERVAL_MS = 2_000;

/**
 * Runs TLC on a model.
 *
 * @throws CodedError RC1901 to RC1904 if there is nothing to run, RC5002 if Java is missing, RC5006 if TLC fails
 */
export async function runModel(run: ModelRun): Promise<ModelVerdict> {
  for (const file of [run.specFile, run.configFile]) {
    if (!existsSync(file)) throw new CodedError('RC1904', `there is no file ${file}`);
  }
  const { onProgress, ...rest } = run;
  const result = await runTlc({
    ...rest,
    ...(onProgress === undefined
      ? {}
      : { onProgress, jvmOptions: [`-Dtlc2.TLC.progressInterval=${PROGRESS_INTERVAL_MS}`] }),
  });
  const { counts, violation } = result;
  const common = {
    distinct: counts?.distinct ?? null,
    generated: counts?.generated ?? null,
    depth: counts?.depth ?? null,
    elapsedMs: Math.round(result.elapsedMs),
    tlcVersion: result.version ?? null,
  };
  if (result.end === 'noError' && counts !== undefined) return { ...common, verdict: 'holds' };
  if (result.end === 'violated' && violation !== undefined) {
    return {
      ...common,
      verdict: 'violated',
      code: violation.kind === 'deadlock' ? 'RC3002' : 'RC3001',
      kind: violation.kind,
      property: violation.property,
      message: violation.message,
      steps: result.counterexample,
      ...(result.loopsTo === undefined ? {} : { loopsTo: result.loopsTo }),
    };
  }
  if (result.end === 'budgetExhausted') {
    return { ...common, verdict: 'inconclusive', code: 'RC4001', message: 'the time budget is exhausted' };
  }
  if (result.end === 'aborted') {
    return { ...common, verdict: 'inconclusive', code: 'RC4002', message: 'the run was interrupted' };
  }
  throw failureOf(result, run);
}

function failureOf(result: TlcResult, run: ModelRun): CodedError {
  const complaint = result.complaints[0];
  const message =
    complaint?.message ?? (result.stderr.trim() || `TLC ended with exit code ${result.exitCode}`);
  const place =
    complaint?.module === undefined
      ? { file: result.end === 'configError' ? run.configFile : run.specFile }
      : {
          file: findModule(complaint.module, run),
          ...(complaint.line === undefined ? {} : { line: complaint.line }),
        };
  switch (result.end) {
    case 'specError':
      return new CodedError('RC1901', message, place);
    case 'configError':
      return new CodedError('RC1902', result.violation?.message ?? message, place);
    case 'evaluationError':
      return new CodedError('RC1903', message, place);
    default:
      return new CodedError('RC5006', `TLC failed: ${message}`, place);
  }
}

/** The file of a module, where it is the user's; a standard module has none, and is named alone. */
function findModule(module: string, run: ModelRun): string {
  const folders = [dirname(run.specFile), ...(run.libraryFolders ?? [])];
  const file = folders.map((folder) => join(folder, `${module}.tla`)).find((path) => existsSync(path));
  return file ?? `${module}.tla`;
}

/**
 * Whether a model came out as its manifest promises.
 *
 * @returns what differs, for people; undefined if nothing does
 */
export function differenceFromExpected(
  verdict: ModelVerdict,
  expected:
    | {
        readonly verdict: 'holds';
        readonly distinct: number;
        readonly generated: number;
        readonly depth: number;
      }
    | { readonly verdict: 'violated'; readonly property: string },
): string | undefined {
  if (verdict.verdict === 'inconclusive') return undefined;
  if (verdict.verdict !== expected.verdict) {
    return `the manifest expects "${expected.verdict}", and it is "${verdict.verdict}"`;
  }
  if (expected.verdict === 'violated') {
    if (verdict.verdict === 'violated' && verdict.property === expected.property) return undefined;
    return `the manifest expects a violation of ${expected.property}`;
  }
  const differing = (['distinct', 'generated', 'depth'] as const).filter(
    (count) => verdict[count] !== expected[count],
  );
  if (differing.length === 0) return undefined;
  return `the manifest expects ${differing.map((count) => `${expected[count]} ${count}`).join(', ')}, and it is ${differing
    .map((count) => `${verdict[count]}`)
    .join(', ')}`;
}
