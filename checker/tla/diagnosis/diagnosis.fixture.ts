import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CORPUS_FOLDER,
  type CorpusCause,
  type CorpusTrace,
  readCorpus,
} from '../../../traces/corpus-manifest.ts';
import { openRecording } from '../../../traces/open-recording.ts';
import { packageRoot } from '../../package-root.ts';
import type { Conjunct, Difference, Rejection } from '../../verdict.ts';
import { checkWithNative } from '../trace/native-engine.ts';

type Rejected = Extract<CorpusTrace, { readonly verdict: 'rejected' }>;

/** The rejected traces of the corpus. */
export const REJECTED: readonly Rejected[] = readCorpus().traces.filter(
  (trace): trace is Rejected => trace.verdict === 'rejected',
);

const known = new Map<string, Promise<Rejection>>();

/** What the native engine says of a trace that it must reject; asked once for each. */
export function knownRejection(file: string): Promise<Rejection> {
  const rejection = known.get(file) ?? rejectionOf(file);
  known.set(file, rejection);
  return rejection;
}

/** What the native engine says of a trace that it must reject. */
export async function rejectionOf(file: string, specFolder?: string): Promise<Rejection> {
  const path = file.startsWith('/') ? file : join(CORPUS_FOLDER, file);
  const recording = await openRecording({ kind: 'merged', path, files: [path] });
  const { verdict } = await checkWithNative(recording, specFolder === undefined ? {} : { specFolder });
  if (verdict.verdict !== 'rejected') throw new Error(`${file} is ${verdict.verdict}`);
  return verdict.rejection;
}

/** What a rejection holds to be wrong: of the better explanation, if there is one, else of the recorded action. */
export function named({ suggestion, differences }: Rejection): readonly Difference[] {
  return suggestion?.differences ?? differences ?? [];
}

/** What a rejection names, in the form of the corpus. */
export function namedCause(rejection: Rejection, cause: CorpusCause): unknown {
  if ('conjunct' in cause) {
    const { definition, text } = rejection.conjunct ?? {};
    return { definition, conjunct: text };
  }
  return named(rejection).map(({ variable, fields }) =>
    cause.field === undefined
      ? { variable }
      : { variable, field: fields.map((each) => each.split('.')[1]).join() },
  );
}

/** A folder with the package's spec, in which a conjunct is TRUE or FALSE. */
export function specWith({ module, text, line }: Conjunct, value: 'TRUE' | 'FALSE'): string {
  const all = readFileSync(join(packageRoot(), 'spec', 'raft', `${module}.tla`), 'utf8').split('\n');
  const whole = all[line - 1] ?? '';
  const before = all.slice(0, line - 1).join('\n');
  return changedSpec(module, `${before}\n${whole}`, `${before}\n${whole.replace(text, value)}`);
}

/** A folder with the package's spec, in one module of which a text is replaced. */
export function changedSpec(module: string, text: string, by: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'raftcheck-spec-'));
  cpSync(join(packageRoot(), 'spec', 'raft'), folder, { recursive: true });
  const file = join(folder, `${module}.tla`);
  const before = readFileSync(file, 'utf8');
  if (!before.includes(text)) throw new Error(`${module} has no ${text}`);
  writeFileSync(
    file,
    before.replace(text, () => by),
  );
  return folder;
}
