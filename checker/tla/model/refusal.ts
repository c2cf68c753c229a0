import { CodedError } from '../../diagnostics/coded-error.ts';
import { DIAGNOSTIC_CODES, type DiagnosticCode } from '../../diagnostics/codes.ts';
import { placeOf, type Span } from '../syntax/span.ts';
import { EvaluationError } from '../values/evaluation-error.ts';

/** An error of evaluation as the user is to see it, with the place and what was under way. */
export function refusalOf(error: EvaluationError, during: string, hint?: string): CodedError {
  const { span, message } = error;
  const place = span === undefined ? '' : ` (${placeOf(span)})`;
  return new CodedError(codeOf(error), `${message}${place}, ${during}`, {
    ...(span === undefined ? {} : { file: span.file, line: span.line }),
    ...(hint === undefined ? {} : { hint }),
    cause: error,
  });
}

/** Runs something of which errors of evaluation are to be told with what was under way. */
export function refusing<Result>(during: string, span: Span | undefined, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    throw refusalOf(span === undefined ? error : error.at(span), during);
  }
}

function codeOf({ code }: EvaluationError): DiagnosticCode {
  return isKnown(code) ? code : 'RC1903';
}

function isKnown(code: string): code is DiagnosticCode {
  return Object.hasOwn(DIAGNOSTIC_CODES, code);
}
