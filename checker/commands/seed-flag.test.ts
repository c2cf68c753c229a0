import { expect, test } from 'vitest';
import { parseSeed } from './seed-flag.ts';

test.each([
  ['0', 0],
  ['42', 42],
  ['0x2a', 42],
  ['0X2A', 42],
  ['0x1fffffffffffff', Number.MAX_SAFE_INTEGER],
])('%j is a seed', (text, value) => {
  expect(parseSeed(text)).toBe(value);
});

test.each(['', '0x', '0xg', '2a', '-1', '-0x1', '1.0', '0x20000000000000', '9007199254740992'])(
  '%j is refused',
  (text) => {
    expect(() => parseSeed(text)).toThrow('Write a whole number from 0 to 9007199254740991.');
  },
);
