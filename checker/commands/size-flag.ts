import { CLIError } from '@oclif/core/errors';
import * as Flags from '@oclif/core/flags';

const UNIT_BYTES: Readonly<Record<string, number>> = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

/**
 * An amount of memory as people write it: `512m`, `4g`; a bare number counts bytes.
 *
 * @returns bytes
 * @throws a usage error (exit code 2) that says what is possible
 */
export function parseSizeBytes(text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([kmg])?b?$/i.exec(text) ?? [];
  const bytes = Math.floor(
    Number(digits) * (unit === undefined ? 1 : (UNIT_BYTES[unit.toLowerCase()] ?? Number.NaN)),
  );
  if (Number.isFinite(bytes) && bytes > 0) return bytes;
  throw new CLIError(`"${text}" is no amount of memory; write 512m or 4g`, { exit: 2 });
}

/** A flag whose value is an amount of memory, in bytes. */
export const sizeFlag = Flags.custom<number>({
  parse: async (text) => parseSizeBytes(text),
  helpValue: '4g',
});
