import { integerWithin } from './integer-flag.ts';

const parseDecimal = integerWithin({ min: 0, max: Number.MAX_SAFE_INTEGER });

/**
 * The value of a flag that is a seed: in decimal digits, or as the header of a trace records it, `0x` and hexadecimal
 * ones.
 *
 * @throws InvalidArgumentError, which says what is possible
 */
export function parseSeed(text: string): number {
  return parseDecimal(/^0x[0-9a-f]+$/i.test(text) ? BigInt(text).toString() : text);
}
