import { InvalidArgumentError } from '@commander-js/extra-typings';

/** What a whole number must lie between, both included. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/**
 * Makes a parser for a flag whose value is a whole number in decimal digits.
 *
 * @throws (the parser) InvalidArgumentError, which says what is possible
 */
export function integerWithin({ min = -Infinity, max = Infinity }: Bounds): (text: string) => number {
  return (text) => {
    const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Write a whole number${rangeOf(min, max)}.`);
  };
}

function rangeOf(min: number, max: number): string {
  if (max !== Infinity) return min === -Infinity ? ` up to ${max}` : ` from ${min} to ${max}`;
  return min === -Infinity ? '' : ` from ${min} on`;
}
