export type Severity = 'error' | 'warning' | 'note';

/** Something to be told to the user, as data. How it looks is decided in render.ts alone. */
export interface Diagnostic {
  /** `RC` and four digits, registered in codes.ts. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence: what is the matter, with the values that matter. */
  readonly message: string;
  /** The file that it is about, as the user named it. */
  readonly file?: string;
  /** The line in that file, from 1. */
  readonly line?: number;
  /** What to do next: a sentence or a command to copy. */
  readonly hint?: string;
}
