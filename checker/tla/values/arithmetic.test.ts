import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EvaluationError } from './evaluation-error.ts';
import { add, divide, less, modulo, multiply, negate, power, string, subtract } from './operations.ts';

const LOW = -0x80000000;
const HIGH = 0x7fffffff;
const int32 = fc.oneof(fc.integer(), fc.integer({ min: -50, max: 50 }), fc.constantFrom(LOW, HIGH, 0, -1));

/** What exact integers give, or an overflow. */
function exact(result: bigint): number | 'overflow' {
  return result < BigInt(LOW) || result > BigInt(HIGH) ? 'overflow' : Number(result);
}

function attempt(operation: () => number): number | string {
  try {
    return operation();
  } catch (error) {
    if (error instanceof EvaluationError && error.code === 'RC1855') return 'overflow';
    throw error;
  }
}

describe('integers of 32 bits', () => {
  test('+, - and * are exact or overflow', () => {
    fc.assert(
      fc.property(int32, int32, (a, b) => {
        expect(attempt(() => add(a, b))).toBe(exact(BigInt(a) + BigInt(b)));
        expect(attempt(() => subtract(a, b))).toBe(exact(BigInt(a) - BigInt(b)));
        expect(attempt(() => multiply(a, b))).toBe(exact(BigInt(a) * BigInt(b)));
        expect(attempt(() => negate(a))).toBe(exact(-BigInt(a)));
      }),
    );
  });

  test('\\div rounds down, and % is what is left', () => {
    fc.assert(
      fc.property(
        int32,
        int32.filter((b) => b > 0),
        (a, b) => {
          expect(divide(a, b) * b + modulo(a, b)).toBe(a);
          expect(modulo(a, b)).toBeGreaterThanOrEqual(0);
          expect(modulo(a, b)).toBeLessThan(b);
        },
      ),
    );
    expect([divide(-7, 2), divide(7, -2), divide(-7, -2)]).toEqual([-4, -4, 3]);
    expect(() => divide(LOW, -1)).toThrow('32 bits');
  });

  test('^', () => {
    expect([
      power(2, 30),
      power(-2, 31),
      power(1, 1_000_000_000),
      power(-1, 7),
      power(0, 9),
      power(5, 0),
    ]).toEqual([2 ** 30, LOW, 1, -1, 0, 1]);
    expect(() => power(2, 31)).toThrow('2 ^ 31 does not fit into 32 bits');
    expect(() => power(0, 0)).toThrow('not defined');
    expect(() => power(2, -1)).toThrow('the exponent is negative');
  });

  test('there is no -0', () => {
    for (const zero of [multiply(0, -5), negate(0), modulo(-4, 2), divide(0, -3)])
      expect(Object.is(zero, 0)).toBe(true);
  });

  test('refusals', () => {
    expect(() => divide(1, 0)).toThrow('the divisor is 0');
    expect(() => modulo(1, 0)).toThrow('the divisor is not positive');
    expect(() => add(1, string('a'))).toThrow('+ needs integers, but was given "a"');
    expect(() => less(string('a'), 1)).toThrow('< needs integers, but was given "a"');
  });
});
