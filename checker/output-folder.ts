import { makeFolder } from '../traces/make-folder.ts';
import { CodedError } from './diagnostics/coded-error.ts';

/**
 * Makes a folder that the user named for output, if it is not there.
 *
 * @throws CodedError RC6001 where it cannot be one
 */
export function makeOutputFolder(folder: string): string {
  try {
    makeFolder(folder);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CodedError('RC6001', `nothing can be kept in ${folder}: ${reason}`, {
      hint: 'name a folder, or what can become one',
      cause: error,
    });
  }
  return folder;
}
