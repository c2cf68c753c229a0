import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ofOneKind, values } from './arbitrary-values.fixture.ts';
import {
  compare,
  decode,
  EncodingSink,
  EncodingSource,
  encode,
  equal,
  format,
  hash,
  interval,
  same,
  setOf,
} from './operations.ts';
import { isSet, SetValue, type Value } from './value.ts';

/** The same value, made anew from bytes. */
function copyOf(value: Value): Value {
  const sink = new EncodingSink();
  encode(value, sink);
  return decode(new EncodingSource(sink.bytes));
}

describe('equality, order and hash', () => {
  test('agree with each other', () => {
    fc.assert(
      fc.property(ofOneKind(2), ([a = 0, b = 0]) => {
        const equals = equal(a, b);
        expect(same(a, b)).toBe(equals);
        expect(compare(a, b) === 0).toBe(equals);
        expect(Math.sign(compare(a, b)) + Math.sign(compare(b, a))).toBe(0);
        if (equals) expect(hash(a)).toBe(hash(b));
        expect(format(a) === format(b)).toBe(equals);
      }),
    );
  });

  test('the order is transitive', () => {
    fc.assert(
      fc.property(ofOneKind(3), ([a = 0, b = 0, c = 0]) => {
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('a value made anew is the same', () => {
    fc.assert(
      fc.property(values, (value) => {
        const copy = copyOf(value);
        expect(equal(value, copy)).toBe(true);
        expect(compare(value, copy)).toBe(0);
        expect(hash(copy)).toBe(hash(value));
        expect(format(copy)).toBe(format(value));
      }),
    );
  });

  test('an interval is the set of its elements', () => {
    const explicit = setOf([3, 1, 2]);
    expect(equal(interval(1, 3), explicit)).toBe(true);
    expect(compare(interval(1, 3), explicit)).toBe(0);
    expect(hash(interval(1, 3))).toBe(hash(explicit));
    expect(equal(setOf([interval(1, 2)]), setOf([setOf([1, 2])]))).toBe(true);
  });

  test('the hash of a set does not depend on how it was made', () => {
    fc.assert(
      fc.property(ofOneKind(6), (items) => {
        const set = setOf(items.slice());
        expect(set).toBeInstanceOf(SetValue);
        expect(isSet(set)).toBe(true);
        expect(hash(setOf(items.slice().reverse()))).toBe(hash(set));
      }),
    );
  });
});
