import { describe, expect, test } from 'vitest';
import { parseSizeBytes } from './size-flag.ts';

describe('an amount of memory', () => {
  test.each([
    ['512m', 512 * 2 ** 20],
    ['4g', 4 * 2 ** 30],
    ['1.5G', 1.5 * 2 ** 30],
    ['64kb', 65536],
    ['1000', 1000],
  ])('%s', (text, bytes) => {
    expect(parseSizeBytes(text)).toBe(bytes);
  });

  test.each(['', 'much', '0', '-1m', '1t'])('%j is refused', (text) => {
    expect(() => parseSizeBytes(text)).toThrow('is no amount of memory');
  });
});
