import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '../diagnostics/coded-error.ts';
import { evaluationCode } from './evaluation-code.ts';
import type { TlcResult } from './tlc-process.ts';
import { causeOf } from './unexpected-exception.ts';

/** How TLC ends where the spec cannot be read, and the code that says so. */
const CODE_OF_END = { specError: 'RC1901', configError: 'RC1902' } as const;

/**
 * What is wrong with a spec that TLC could not use.
 *
 * @param libraries where its modules are looked up, in this order
 * @returns undefined where the spec is not at fault
 */
export function specFault(result: TlcResult, libraries: readonly string[]): CodedError | undefined {
  const { end } = result;
  if (end !== 'specError' && end !== 'configError' && end !== 'evaluationError') return undefined;
  const [complaint] = result.complaints;
  const said = complaint?.message ?? result.violation?.message ?? result.stderr.trim();
  const module = complaint?.module;
  const file =
    module && libraries.map((folder) => join(folder, `${module}.tla`)).find((path) => existsSync(path));
  // Of a fault outside of the library, in the generated module, only the message is of use.
  const place =
    file === undefined ? {} : { file, ...(complaint?.line === undefined ? {} : { line: complaint.line }) };
  const code = end === 'evaluationError' ? evaluationCode(result.complaints) : CODE_OF_END[end];
  return new CodedError(code, said === '' ? 'TLC cannot use the spec' : causeOf(said), place);
}
