import { refuseArithmetic, refuseOverflow, refuseType } from './refusals.ts';
import type { Value } from './value.ts';

/*
 * TLC's integers have 32 bits. `n | 0` is n exactly if n fits, also where a product is too large to be exact; and it
 * turns JavaScript's -0 into 0.
 */

function integer(operator: string, a: Value, b: Value): never {
  throw refuseType(operator, 'integers', typeof a === 'number' ? b : a);
}

export function add(a: Value, b: Value): number {
  if (typeof a !== 'number' || typeof b !== 'number') return integer('+', a, b);
  const sum = a + b;
  if (sum !== (sum | 0)) throw refuseOverflow(`${a} + ${b}`);
  return sum;
}

export function subtract(a: Value, b: Value): number {
  if (typeof a !== 'number' || typeof b !== 'number') return integer('-', a, b);
  const difference = a - b;
  if (difference !== (difference | 0)) throw refuseOverflow(`${a} - ${b}`);
  return difference;
}

export function multiply(a: Value, b: Value): number {
  if (typeof a !== 'number' || typeof b !== 'number') return integer('*', a, b);
  const product = a * b;
  if (product !== (product | 0)) throw refuseOverflow(`${a} * ${b}`);
  return product | 0;
}

export function negate(a: Value): number {
  if (typeof a !== 'number') throw refuseType('-', 'an integer', a);
  if (a === -0x80000000) throw refuseOverflow(`-(${a})`);
  return 0 - a;
}

/** a ^ b */
export function power(a: Value, b: Value): number {
  if (typeof a !== 'number' || typeof b !== 'number') return integer('^', a, b);
  if (b < 0) throw refuseArithmetic(`${a} ^ ${b}`, 'the exponent is negative');
  if (a === 0 && b === 0) throw refuseArithmetic('0 ^ 0', 'it is not defined');
  if (a === 0 || a === 1) return a;
  if (a === -1) return b % 2 === 0 ? 1 : -1;
  let result = 1;
  for (let i = 0; i < b; i++) {
    result *= a;
    if (result !== (result | 0)) throw refuseOverflow(`${a} ^ ${b}`);
  }
  return result;
}

/** a \div b, rounded down. */
export function divide(a: Value, b: Value): number {
  if (typeof a !== 'number' || typeof b !== 'number') return integer('\\div', a, b);
  if (b === 0) throw refuseArithmetic(`${a} \\div 0`, 'the divisor is 0');
  const quotient = Math.floor(a / b);
  if (quotient !== (quotient | 0)) throw refuseOverflow(`${a} \\div ${b}`);
  return quotient | 0;
}

/** a % b, from 0 to b - 1. */
export function modulo(a: Value, b: Value): number {
  if (typeof a !== 'number' || typeof b !== 'number') return integer('%', a, b);
  if (b <= 0) throw refuseArithmetic(`${a} % ${b}`, 'the divisor is not positive');
  const rest = a % b;
  return rest < 0 ? rest + b : rest | 0;
}

export function less(a: Value, b: Value): boolean {
  return typeof a === 'number' && typeof b === 'number' ? a < b : integer('<', a, b);
}

export function lessOrEqual(a: Value, b: Value): boolean {
  return typeof a === 'number' && typeof b === 'number' ? a <= b : integer('\\leq', a, b);
}

export function greater(a: Value, b: Value): boolean {
  return typeof a === 'number' && typeof b === 'number' ? a > b : integer('>', a, b);
}

export function greaterOrEqual(a: Value, b: Value): boolean {
  return typeof a === 'number' && typeof b === 'number' ? a >= b : integer('\\geq', a, b);
}

/** An integer, or a refusal that names what needs it. */
export function asInteger(value: Value, what: string): number {
  if (typeof value === 'number') return value;
  throw refuseType(what, 'an integer', value);
}
