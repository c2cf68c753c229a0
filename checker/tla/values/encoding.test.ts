import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { values } from './arbitrary-values.fixture.ts';
import {
  append,
  decode,
  EncodingSink,
  EncodingSource,
  encode,
  equal,
  format,
  functionOf,
  functionOver,
  internToken,
  interval,
  modelValue,
  normalise,
  powerSet,
  recordOf,
  recordShape,
  resetTokens,
  sequence,
  setOf,
  string,
  substitute,
  toJson,
} from './operations.ts';
import type { Value } from './value.ts';

function bytesOf(...all: Value[]): Uint8Array {
  const sink = new EncodingSink();
  for (const value of all) encode(value, sink);
  return sink.bytes.slice();
}

describe('encoding', () => {
  test('what was written is read, in order, and nothing is left', () => {
    fc.assert(
      fc.property(fc.array(values), (all) => {
        const source = new EncodingSource(bytesOf(...all));
        for (const value of all) expect(equal(decode(source), value)).toBe(true);
        expect(source.atEnd).toBe(true);
      }),
    );
  });

  test('integers at their limits', () => {
    for (const n of [0, 1, -1, 63, 64, -64, -65, 0x7fffffff, -0x80000000]) {
      expect(decode(new EncodingSource(bytesOf(n)))).toBe(n);
    }
  });

  test('lazy values arrive in their explicit form', () => {
    expect(format(decode(new EncodingSource(bytesOf(powerSet(interval(1, 2))))))).toBe(
      '{{}, {1}, {2}, {1, 2}}',
    );
    expect(format(decode(new EncodingSource(bytesOf(interval(1, 3)))))).toBe('1..3');
  });

  test('a text and a shape are written once', () => {
    const record = (n: number) => recordOf(recordShape(['kind', 'term']), [string('RequestVote'), n]);
    const one = bytesOf(record(1)).length;
    expect(bytesOf(record(1), record(2)).length - one).toBeLessThan(8);
  });

  test('bytes that are cut off are refused', () => {
    expect(() => decode(new EncodingSource(bytesOf(sequence([1, 2, 3])).slice(0, 4)))).toThrow(RangeError);
  });

  describe('between threads that number their texts differently', () => {
    afterEach(resetTokens);

    test('sets, records and functions are in the order of the thread that reads', () => {
      resetTokens();
      for (const text of ['b', 'a', 'm2', 'm1']) internToken(text);
      const bytes = bytesOf(
        setOf([string('a'), string('b')]),
        recordOf(recordShape(['a', 'b']), [1, 2]),
        functionOver(setOf([modelValue('m1'), modelValue('m2')]), (x) => x),
      );
      resetTokens();
      for (const text of ['a', 'b', 'm1', 'm2']) internToken(text);
      const source = new EncodingSource(bytes);
      expect(format(decode(source))).toBe('{"a", "b"}');
      expect(format(decode(source))).toBe('[a |-> 1, b |-> 2]');
      expect(format(decode(source))).toBe('(m1 :> m1 @@ m2 :> m2)');
    });
  });
});

describe('other forms of a value', () => {
  const makeState = () =>
    sequence([
      setOf([2, 1]),
      recordOf(recordShape(['zz', 'xx']), [string('text'), modelValue('m1')]),
      functionOver(setOf([modelValue('m1'), modelValue('m2')]), () => true),
      functionOver(setOf([sequence([1])]), () => 7),
    ]);

  test('plain JSON', () => {
    expect(toJson(makeState())).toEqual([
      [1, 2],
      { zz: 'text', xx: 'm1' },
      { m1: true, m2: true },
      { '<<1>>': 7 },
    ]);
    expect(JSON.stringify(toJson(recordOf(recordShape(['__proto__']), [1])))).toBe('{"__proto__":1}');
  });

  test('with model values permuted', () => {
    const state = makeState();
    const [m1, m2, m3] = [modelValue('m1'), modelValue('m2'), modelValue('m3')];
    const swap = new Map<typeof m1, Value>([
      [m1, m2],
      [m2, m1],
    ]);
    const swapped = substitute(state, swap);
    expect(equal(swapped, state)).toBe(false);
    expect(equal(substitute(swapped, swap), state)).toBe(true);
    expect(
      format(
        substitute(
          functionOver(setOf([m1, m3]), (x) => x),
          swap,
        ),
      ),
    ).toBe('(m2 :> m2 @@ m3 :> m3)');
    const untouched = setOf([m3]);
    expect(substitute(untouched, swap)).toBe(untouched);
  });

  test('normalise returns what is explicit as it is', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(normalise(value)).toBe(value);
      }),
    );
    const keyed = functionOf([powerSet(setOf([2])), powerSet(setOf([1]))], [sequence([interval(1, 2)]), 7]);
    expect(format(normalise(keyed))).toBe('({{}, {1}} :> 7 @@ {{}, {2}} :> <<1..2>>)');
    const lazyInside = recordOf(recordShape(['zz']), [sequence([powerSet(setOf([1]))])]);
    expect(format(normalise(lazyInside))).toBe('[zz |-> <<{{}, {1}}>>]');
    const log = sequence([1, setOf([2])]);
    expect(normalise(log)).toBe(log);
    expect(format(normalise(append(log, powerSet(setOf([])))))).toBe('<<1, {2}, {{}}>>');
  });
});
