import { CodedError } from '../../diagnostics/coded-error.ts';
import type { TLA_SYNTAX_CODES } from '../../diagnostics/tla-syntax-codes.ts';
import { placeOf, type Span } from './span.ts';

export type TlaErrorCode = keyof typeof TLA_SYNTAX_CODES;

/** A TLA+ module that cannot be read, with the place where reading it stopped. */
export class TlaError extends CodedError {
  readonly span: Span;

  constructor(code: TlaErrorCode, span: Span, message: string, hint?: string) {
    super(code, `${placeOf(span)}: ${message}`, {
      file: span.file,
      line: span.line,
      ...(hint === undefined ? {} : { hint }),
    });
    this.name = 'TlaError';
    this.span = span;
  }
}
