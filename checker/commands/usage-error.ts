import { CodedError } from '../diagnostics/coded-error.ts';

/**
 * What is thrown where the command line makes no sense (exit code 2). The message says what would; describeFailure adds
 * where the help is, for it knows which command was called.
 */
export function usageError(message: string): CodedError {
  return new CodedError('RC6001', message);
}
