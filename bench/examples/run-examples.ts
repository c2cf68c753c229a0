import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CodedError } from '../../checker/diagnostics/coded-error.ts';
import { packageRoot } from '../../checker/package-root.ts';
import { runNativeModel } from '../../checker/tla/model/run-native-model.ts';
import { resetTokens } from '../../checker/tla/values/atoms.ts';

/** A model of another project with its counts (expected.json of the peer data). */
export interface Example {
  readonly module: string;
  readonly config: string;
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  /** Whether TLC 2.18 comes to these counts here; the others need modules that it does not ship. */
  readonly tlc218: boolean;
}

/** How an example came out. */
export type ExampleOutcome =
  | {
      readonly kind: 'same' | 'different';
      readonly counts: Counts;
      /** The code with which the native engine says that it did not check a property. */
      readonly notChecked: string | undefined;
      readonly seconds: number;
    }
  /** By a code of raftcheck. */
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly message: string;
      readonly seconds: number;
    }
  | { readonly kind: 'unfinished'; readonly counts: Counts; readonly seconds: number };

export interface Counts {
  readonly distinct: number | null;
  readonly generated: number | null;
  readonly depth: number | null;
}

/** Where the specs of tlaplus/Examples lie; undefined if they are not on this machine. */
export function examplesFolder(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const data = environment.RAFTCHECK_PEER_DATA ?? join(packageRoot(), '../shared/peer-data');
  const folder = join(data, 'tla-examples');
  return existsSync(join(folder, 'expected.json')) ? folder : undefined;
}

export function listExamples(folder: string): readonly Example[] {
  const examples: readonly Example[] = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
  return examples;
}

/** Has the native engine explore an example, for so long at most. */
export async function runExample(
  folder: string,
  example: Example,
  budgetMs: number,
): Promise<ExampleOutcome> {
  // TLC sees texts anew each time it starts, and orders strings by it.
  resetTokens();
  const startMs = performance.now();
  const seconds = () => (performance.now() - startMs) / 1000;
  try {
    const { verdict } = await runNativeModel({
      specFile: join(folder, example.module),
      configFile: join(folder, example.config),
      libraryFolders: [],
      budgetMs,
    });
    const { distinct, generated, depth } = verdict;
    const counts = { distinct, generated, depth };
    const isSame = distinct === example.distinct && generated === example.generated;
    const code = verdict.verdict === 'inconclusive' ? verdict.code : undefined;
    if (!isSame && code !== undefined) return { kind: 'unfinished', counts, seconds: seconds() };
    return { kind: isSame ? 'same' : 'different', counts, notChecked: code, seconds: seconds() };
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    const place = error.file === undefined ? '' : ` (${relative(folder, error.file)}:${error.line ?? '?'})`;
    return { kind: 'refused', code: error.code, message: `${error.message}${place}`, seconds: seconds() };
  }
}
