import { CLIError } from '@oclif/core/errors';
import * as Flags from '@oclif/core/flags';

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/**
 * A length of time as people write it: `500ms`, `10s`, `2m`; a bare number counts seconds.
 *
 * @returns milliseconds
 * @throws a usage error (exit code 2) that says what is possible
 */
export function parseDurationMs(text: string): number {
  const [, digits, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text) ?? [];
  const durationMs = Number(digits) * (UNIT_MS[unit] ?? Number.NaN);
  if (Number.isFinite(durationMs) && durationMs > 0) return durationMs;
  throw new CLIError(`"${text}" is no length of time; write 500ms, 10s or 2m`, { exit: 2 });
}

/** A flag whose value is a length of time, in milliseconds. */
export const durationFlag = Flags.custom<number>({
  parse: async (text) => parseDurationMs(text),
  helpValue: '10s',
});
