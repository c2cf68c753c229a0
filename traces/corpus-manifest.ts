import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is wrong with a rejected event: a value that it records, or a conjunct of the spec that forbids its action. */
export type CorpusCause =
  /** A variable of the server, `sends` (with the field of the message), or an argument such as `args.writes`. */
  | { readonly variable: string; readonly field?: string }
  /** For an event that comes too early, too often, or that a bug allowed. */
  | { readonly definition: string; readonly conjunct: string };

/** Where in a rejected trace the fault is: the line from 1, and the event that stands there. */
export interface CorpusRejection {
  readonly line: number;
  readonly server: string | null;
  readonly action: string;
  readonly cause: CorpusCause;
}

/** A recorded run, and what must be said of it. */
export type CorpusTrace = {
  /** Relative to the corpus. */
  readonly file: string;
  readonly description: string;
} & (
  | { readonly verdict: 'accepted' }
  | {
      readonly verdict: 'rejected';
      /** The accepted trace that was corrupted; absent for a run that went wrong by itself. */
      readonly base?: string;
      readonly rejection: CorpusRejection;
      readonly seenBy: readonly ('replay' | 'tlc')[];
    }
);

/** The table of contents of traces/corpus. */
export interface CorpusManifest {
  readonly traces: readonly CorpusTrace[];
}

/** The corpus that comes with raftcheck. */
export const CORPUS_FOLDER = join(import.meta.dirname, 'corpus');

/** Reads the table of contents. */
export function readCorpus(): CorpusManifest {
  return JSON.parse(readFileSync(join(CORPUS_FOLDER, 'manifest.json'), 'utf8'));
}
