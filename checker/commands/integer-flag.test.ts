import { expect, test } from 'vitest';
import { integerWithin } from './integer-flag.ts';

test.each([
  ['1', 1],
  ['007', 7],
  ['99', 99],
])('%j is a whole number', (text, value) => {
  expect(integerWithin({ min: 1, max: 99 })(text)).toBe(value);
});

test.each(['', ' 1', '1.0', '1e1', '0x10', '+1', 'one', '0', '100', '-1'])('%j is refused', (text) => {
  expect(() => integerWithin({ min: 1, max: 99 })(text)).toThrow('Write a whole number from 1 to 99.');
});

test('a bound that is not given does not bind', () => {
  expect(integerWithin({})('-7')).toBe(-7);
  expect(() => integerWithin({})('x')).toThrow('Write a whole number.');
  expect(() => integerWithin({ min: 1 })('0')).toThrow('Write a whole number from 1 on.');
  expect(() => integerWithin({ max: 9 })('10')).toThrow('Write a whole number up to 9.');
});
