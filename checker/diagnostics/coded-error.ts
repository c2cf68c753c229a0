import type { DiagnosticCode } from './codes.ts';
import type { Diagnostic } from './diagnostic.ts';

/** Where a coded error lies and what to do about it. */
export interface CodedErrorDetails {
  readonly file?: string;
  readonly line?: number;
  readonly hint?: string;
  readonly cause?: unknown;
}

/**
 * An error that the user is meant to see. Its code decides the exit code (see codes.ts), so whoever throws it
 * need not know about the command line.
 */
export class CodedError extends Error {
  readonly code: DiagnosticCode;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly hint: string | undefined;

  constructor(code: DiagnosticCode, message: string, details: CodedErrorDetails = {}) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.name = 'CodedError';
    this.code = code;
    this.file = details.file;
    this.line = details.line;
    this.hint = details.hint;
  }

  /** The same as data. */
  toDiagnostic(): Diagnostic {
    return {
      code: this.code,
      severity: 'error',
      message: this.message,
      ...(this.file === undefined ? {} : { file: this.file }),
      ...(this.line === undefined ? {} : { line: this.line }),
      ...(this.hint === undefined ? {} : { hint: this.hint }),
    };
  }
}
