import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CodedError } from '../diagnostics/coded-error.ts';
import { shippedLibrary } from '../package-root.ts';
import { evaluationCode } from '../tlc/evaluation-code.ts';
import type { TlcJar } from '../tlc/tlc-jar.ts';
import { runTlc, type TlcResult } from '../tlc/tlc-process.ts';
import type { StateCounts } from '../tlc/tlc-report.ts';
import { causeOf } from '../tlc/unexpected-exception.ts';
import { demandModelFiles, type ModelFiles } from './model-files.ts';
import type { ModelVerdict } from './model-verdict.ts';

export interface ModelRun extends ModelFiles {
  readonly jar: Pick<TlcJar, 'path'>;
  readonly workers?: number | 'auto';
  readonly short?: boolean;
  readonly budgetMs?: number;
  /** The size of Java's heap. */
  readonly memoryBytes?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (counts: StateCounts) => void;
}

const PROGRESS_INTERVAL_MS = 2_000;

/**
 * Runs TLC on a model.
 *
 * @throws CodedError RC1901 to RC1903, RC1871 or RC6104 if there is nothing to run, RC5002 if Java is missing, RC5006 if TLC fails
 */
export async function runModel(run: ModelRun): Promise<ModelVerdict> {
  demandModelFiles(run);
  const { onProgress, memoryBytes, ...rest } = run;
  const result = await runTlc({
    ...rest,
    ...(onProgress === undefined ? {} : { onProgress }),
    jvmOptions: [
      ...(onProgress === undefined ? [] : [`-Dtlc2.TLC.progressInterval=${PROGRESS_INTERVAL_MS}`]),
      ...(memoryBytes === undefined ? [] : [`-Xmx${Math.max(1, Math.floor(memoryBytes / 2 ** 20))}m`]),
    ],
  });
  const { counts, violation } = result;
  const common = {
    engine: 'tlc' as const,
    notChecked: [],
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
      return new CodedError(evaluationCode(result.complaints), causeOf(message), place);
    default:
      return new CodedError('RC5006', `TLC failed: ${message}`, place);
  }
}

/** The file of a module, where it is the user's or raftcheck's; a standard module has none, and is named alone. */
function findModule(module: string, run: ModelRun): string {
  const folders = [dirname(run.specFile), ...(run.libraryFolders ?? []), shippedLibrary()];
  const file = folders.map((folder) => join(folder, `${module}.tla`)).find((path) => existsSync(path));
  return file ?? `${module}.tla`;
}
