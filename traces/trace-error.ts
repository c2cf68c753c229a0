import type { TraceCode } from './trace-codes.ts';

/** Where a fault lies; `file` is `-` for standard input, `line` counts from 1. */
export interface TracePlace {
  readonly file: string;
  readonly line?: number;
}

/**
 * The input is malformed (RC1xxx), beyond what can be decided (RC4xxx), or not there (RC6101). The first digit of the
 * code decides the exit code.
 */
export class TraceError extends Error {
  readonly code: TraceCode;
  readonly file: string;
  readonly line: number | undefined;
  readonly hint: string | undefined;

  constructor(code: TraceCode, message: string, { file, line }: TracePlace, hint?: string) {
    super(message);
    this.name = 'TraceError';
    this.code = code;
    this.file = file;
    this.line = line;
    this.hint = hint;
  }
}
