import { InvalidArgumentError } from '@commander-js/extra-typings';

const UNIT_BYTES: Readonly<Record<string, number>> = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

/**
 * The value of a flag that is an amount of memory, as people write it: `512m`, `4g`; a bare number counts bytes.
 *
 * @returns bytes
 * @throws InvalidArgumentError, which says what is possible
 */
export function parseSizeBytes(text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([kmg])?b?$/i.exec(text) ?? [];
  const bytes = Math.floor(
    Number(digits) * (unit === undefined ? 1 : (UNIT_BYTES[unit.toLowerCase()] ?? Number.NaN)),
  );
  if (Number.isFinite(bytes) && bytes > 0) return bytes;
  throw new InvalidArgumentError('It is no amount of memory; write 512m or 4g.');
}
