import type { TraceError } from '../../../traces/trace-error.ts';
import { CodedError } from '../../diagnostics/coded-error.ts';
import type { DiagnosticCode } from '../../diagnostics/codes.ts';

/** An error that the user is meant to see as plain data, to be thrown in another thread. */
export interface Refusal {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly hint: string | undefined;
}

export function refusalOf({ code, message, file, line, hint }: CodedError | TraceError): Refusal {
  return { code, message, file, line, hint };
}

export function errorOf({ code, message, file, line, hint }: Refusal): CodedError {
  return new CodedError(code, message, {
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ...(hint === undefined ? {} : { hint }),
  });
}
