/** What is said about a diagnostic code wherever codes are listed. */
export interface CodeDescription {
  /** A few words, no full stop. */
  readonly title: string;
  /** What it means, how it comes about, and what to do; plain text, one or more sentences. */
  readonly explanation: string;
}

/** A code is `RC` and four digits; the first digit is its family. */
export type CodeTable = Readonly<Record<`RC${number}`, CodeDescription>>;
