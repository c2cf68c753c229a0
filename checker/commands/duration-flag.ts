import { InvalidArgumentError } from '@commander-js/extra-typings';

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/**
 * The value of a flag that is a length of time, as people write it: `500ms`, `10s`, `2m`; a bare number counts seconds.
 *
 * @returns milliseconds
 * @throws InvalidArgumentError, which says what is possible
 */
export function parseDurationMs(text: string): number {
  const [, digits, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text) ?? [];
  const durationMs = Number(digits) * (UNIT_MS[unit] ?? Number.NaN);
  if (Number.isFinite(durationMs) && durationMs > 0) return durationMs;
  throw new InvalidArgumentError('It is no length of time; write 500ms, 10s or 2m.');
}
