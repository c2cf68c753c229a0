import type { Span } from '../syntax/span.ts';

/**
 * What TLC would refuse to evaluate, or what this engine does not support. Operations on values throw it without a
 * place: the compiled code runs a second time with probes to find where.
 */
export class EvaluationError extends Error {
  readonly code: string;
  readonly span: Span | undefined;

  constructor(code: string, message: string, span?: Span) {
    super(message);
    this.name = 'EvaluationError';
    this.code = code;
    this.span = span;
  }

  at(span: Span): EvaluationError {
    return this.span === undefined ? new EvaluationError(this.code, this.message, span) : this;
  }
}

/** Runs something; what it refuses without a place is refused here. */
export function locating<Result>(span: Span, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw error instanceof EvaluationError ? error.at(span) : error;
  }
}

/** The stack's overflow as a refusal with a code; anything else as it is. */
export function tooDeep(error: unknown): unknown {
  return error instanceof RangeError && error.message.includes('call stack')
    ? new EvaluationError('RC4254', 'the recursion is too deep for this engine')
    : error;
}

/** Runs something; where it exhausts the stack, that is a refusal with a code. */
export function refusingDepth<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw tooDeep(error);
  }
}
