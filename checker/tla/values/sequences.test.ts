import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kinds, ofOneKind } from './arbitrary-values.fixture.ts';
import {
  append,
  apply,
  concat,
  domain,
  emptySequence,
  equal,
  except,
  format,
  hash,
  head,
  length,
  modelValue,
  selectSeq,
  sequence,
  sortSeq,
  string,
  subSeq,
  tail,
} from './operations.ts';
import { SequenceValue, type Value } from './value.ts';

function asSequence(value: Value): SequenceValue {
  if (!(value instanceof SequenceValue)) throw new TypeError(format(value));
  return value;
}

function appendAll(start: Value, items: readonly Value[]): SequenceValue {
  let s = start;
  for (const item of items) s = append(s, item);
  return asSequence(s);
}

const arrays = kinds.chain((kind) => fc.array(kind, { maxLength: 8 }));

describe('sequences', () => {
  test('do what arrays do', () => {
    fc.assert(
      fc.property(arrays, arrays, fc.nat(8), fc.nat(8), (items, others, from, to) => {
        const s = sequence(items.slice());
        expect(length(s)).toBe(items.length);
        expect(equal(appendAll(emptySequence, items), s)).toBe(true);
        expect(hash(appendAll(emptySequence, items))).toBe(hash(s));
        expect(format(concat(s, sequence(others.slice())))).toBe(format(sequence([...items, ...others])));
        if (from >= 1 && to <= items.length) {
          const part = subSeq(s, from, to);
          expect(equal(part, sequence(items.slice(from - 1, Math.max(from - 1, to))))).toBe(true);
          expect(hash(part)).toBe(hash(sequence(items.slice(from - 1, Math.max(from - 1, to)))));
        }
        const [first, ...rest] = items;
        if (first === undefined) return;
        expect(head(s)).toBe(first);
        expect(format(tail(s))).toBe(format(sequence(rest)));
        expect(apply(s, items.length)).toBe(items.at(-1));
      }),
    );
  });

  test('branches of one sequence do not disturb each other', () => {
    fc.assert(
      fc.property(ofOneKind(5), ([a = 0, b = 0, c = 0, d = 0, e = 0]) => {
        const s = sequence([a, b]);
        const left = append(append(s, c), d);
        const right = append(append(s, e), d);
        const third = concat(s, sequence([d, e]));
        expect(format(left)).toBe(format(sequence([a, b, c, d])));
        expect(format(right)).toBe(format(sequence([a, b, e, d])));
        expect(format(third)).toBe(format(sequence([a, b, d, e])));
        expect(format(s)).toBe(format(sequence([a, b])));
        expect(format(except(left, 2, () => e))).toBe(format(sequence([a, e, c, d])));
      }),
    );
  });

  test('100,000 appends share one buffer', () => {
    const items = Array.from({ length: 100_000 }, (_, i) => i);
    const s = appendAll(emptySequence, items);
    const again = appendAll(asSequence(subSeq(s, 1, 1)), items.slice(1));
    expect(again.buffer).toBe(s.buffer);
    expect(s.buffer.items).toHaveLength(100_000);
    expect(equal(s, again)).toBe(true);
  });

  test('a prefix and a rest are views, with a hash that needs no look at the items', () => {
    const s = appendAll(
      emptySequence,
      Array.from({ length: 10_000 }, (_, i) => i),
    );
    hash(s);
    const prefix = asSequence(subSeq(s, 1, 9_999));
    const rest = asSequence(tail(s));
    expect(prefix.buffer).toBe(s.buffer);
    expect(rest.buffer).toBe(s.buffer);
    expect(hash(rest)).toBe(hash(sequence(Array.from({ length: 9_999 }, (_, i) => i + 1))));
    expect(s.buffer.prefixes).toHaveLength(10_001);
  });

  test('equal sequences share a buffer after their comparison', () => {
    const a = sequence([1, 2, 3]);
    const b = asSequence(tail(sequence([0, 1, 2, 3])));
    expect(equal(a, b)).toBe(true);
    expect(a.buffer).toBe(b.buffer);
    expect(format(a)).toBe('<<1, 2, 3>>');
    expect(format(b)).toBe('<<1, 2, 3>>');
  });

  test('SelectSeq and SortSeq', () => {
    expect(format(selectSeq(sequence([1, 2, 3]), (x) => x !== 2))).toBe('<<1, 3>>');
    expect(format(sortSeq(sequence([3, 1, 2]), (a, b) => Number(a) < Number(b)))).toBe('<<1, 2, 3>>');
    // As TLC: a stable insertion sort, which reverses what is less than everything.
    expect(format(sortSeq(sequence([1, 2, 3]), () => true))).toBe('<<3, 2, 1>>');
    expect(() => selectSeq(sequence([1]), () => 1)).toThrow('must be TRUE or FALSE');
  });

  test('a string counts as a sequence where TLC takes it as one', () => {
    expect(format(concat(string('ab'), string('c')))).toBe('"abc"');
    expect(format(append(string('a'), string('b')))).toBe('"ab"');
    expect(format(subSeq(string('abc'), 2, 3))).toBe('"bc"');
    expect(format(head(string('abc')))).toBe('"a"');
    expect(format(tail(string('abc')))).toBe('"bc"');
    expect(format(concat(sequence([1]), string('a')))).toBe('<<1, "a">>');
    expect(length(string('abc'))).toBe(3);
  });

  test('refusals', () => {
    const s = sequence([1, 2]);
    expect(() => head(emptySequence)).toThrow('Head of the empty sequence');
    expect(() => tail(emptySequence)).toThrow('Tail of the empty sequence');
    expect(() => apply(s, 3)).toThrow('3 is not in the domain of <<1, 2>>');
    expect(() => apply(s, modelValue('m1'))).toThrow('m1 is not in the domain');
    expect(() => subSeq(s, 0, 1)).toThrow('outside the domain');
    expect(format(subSeq(s, 7, 2))).toBe('<<>>');
    expect(() => length(1)).toThrow('Len needs a sequence');
    expect(() => except(s, string('a'), () => 1)).toThrow('"a" is not in the domain');
    expect(except(s, 3, () => 1)).toBe(s);
    expect(format(domain(s))).toBe('1..2');
    expect(format(domain(emptySequence))).toBe('{}');
  });
});
