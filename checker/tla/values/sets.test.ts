import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kinds, ofOneKind, setsOf } from './arbitrary-values.fixture.ts';
import {
  bigUnion,
  cardinality,
  choose,
  compare,
  difference,
  elements,
  equal,
  filter,
  format,
  functionSet,
  hash,
  INTEGERS,
  intersection,
  interval,
  isFinite as isFiniteSet,
  isMember,
  isSubset,
  modelValue,
  NATURALS,
  normalise,
  powerSet,
  product,
  recordSet,
  sequence,
  sequencesOver,
  setOf,
  string,
  union,
} from './operations.ts';
import type { Value } from './value.ts';

/** The elements as texts: the naive model of a set. */
function model(set: Value): Set<string> {
  return new Set([...elements(set)].map(format));
}

const twoSets = kinds.chain((kind) => fc.tuple(setsOf(kind), setsOf(kind)));

describe('sets', () => {
  test('union, intersection, difference and inclusion are those of sets', () => {
    fc.assert(
      fc.property(twoSets, ([a, b]) => {
        expect(model(union(a, b))).toEqual(model(a).union(model(b)));
        expect(model(intersection(a, b))).toEqual(model(a).intersection(model(b)));
        expect(model(difference(a, b))).toEqual(model(a).difference(model(b)));
        expect(isSubset(a, b)).toBe(model(a).isSubsetOf(model(b)));
        expect(model(bigUnion(setOf([a, b])))).toEqual(model(a).union(model(b)));
        expect(equal(union(a, b), union(b, a))).toBe(true);
        expect(hash(union(a, b))).toBe(hash(union(b, a)));
      }),
    );
  });

  test('the hash of a union is known quickly and rightly', () => {
    fc.assert(
      fc.property(ofOneKind(5), ([first = 0, ...rest]) => {
        const set = setOf(rest);
        hash(set);
        expect(hash(union(set, setOf([first])))).toBe(hash(setOf([first, ...rest])));
      }),
    );
  });

  test('elements are sorted and different', () => {
    fc.assert(
      fc.property(ofOneKind(20), (items) => {
        const sorted = [...elements(setOf(items.slice()))];
        sorted.slice(1).forEach((item, i) => {
          expect(compare(sorted[i] ?? 0, item)).toBeLessThan(0);
        });
        for (const item of items) expect(isMember(item, setOf(items.slice()))).toBe(true);
      }),
    );
  });

  test('membership of many elements', () => {
    fc.assert(
      fc.property(
        kinds.chain((kind) => fc.tuple(kind, fc.array(kind, { minLength: 9, maxLength: 20 }))),
        ([x, items]) => {
          expect(isMember(x, setOf(items.slice()))).toBe(items.some((item) => equal(item, x)));
        },
      ),
    );
  });

  test('what is the same set returns the same object', () => {
    const set = setOf([1, 2, 3]);
    expect(union(set, setOf([2]))).toBe(set);
    expect(filter(set, () => true)).toBe(set);
    expect(difference(set, setOf([7]))).toBe(set);
  });

  test('intervals', () => {
    expect(format(interval(3, 1))).toBe('{}');
    expect(format(union(interval(1, 2), interval(2, 4)))).toBe('{1, 2, 3, 4}');
    expect(isMember(2, interval(1, 3))).toBe(true);
    expect(isMember(modelValue('m1'), interval(1, 3))).toBe(false);
    expect(() => isMember(string('a'), interval(1, 3))).toThrow('cannot be compared');
    expect(isSubset(interval(2, 3), interval(1, 3))).toBe(true);
    const [fewer, more] = [powerSet(interval(1, 40)), powerSet(interval(1, 41))];
    expect([isSubset(fewer, more), isSubset(more, fewer)]).toEqual([true, false]);
    expect(cardinality(interval(-2, 2))).toBe(5);
  });
});

describe('lazy sets', () => {
  test.each<[string, Value]>([
    ['{{}, {1}, {2}, {3}, {1, 2}, {1, 3}, {2, 3}, {1, 2, 3}}', powerSet(interval(1, 3))],
    ['{<<3, 3>>, <<3, 4>>, <<4, 3>>, <<4, 4>>}', functionSet(setOf([1, 2]), setOf([4, 3]))],
    ['{<<1, 3>>, <<1, 4>>, <<2, 3>>, <<2, 4>>}', product([setOf([1, 2]), setOf([3, 4])])],
    ['{[yy |-> 3, xx |-> 1], [yy |-> 3, xx |-> 2]}', recordSet(['xx', 'yy'], [setOf([2, 1]), setOf([3])])],
    ['{{1, 2}, {1, 3}, {2, 3}}', filter(powerSet(interval(1, 3)), (s) => cardinality(s) === 2)],
    ['{}', functionSet(setOf([1, 2]), setOf([]))],
    ['{<<>>}', functionSet(setOf([]), setOf([]))],
    ['{{}, {1}, {2}, {7}, {1, 2}}', union(powerSet(setOf([1, 2])), setOf([setOf([7]), setOf([1])]))],
    ['{{}, {2}}', intersection(powerSet(setOf([1, 2])), powerSet(setOf([2, 3])))],
    ['{{}, {2}, {1, 2}}', difference(powerSet(setOf([1, 2])), setOf([setOf([1])]))],
    ['{1, 2}', bigUnion(powerSet(setOf([1, 2])))],
  ])('%s: its elements belong to it, in order, and normalise finds them', (text, set) => {
    expect(format(set)).toBe(text);
    const explicit = normalise(set);
    expect(format(explicit)).toBe(text);
    expect(equal(set, explicit)).toBe(true);
    expect(hash(set)).toBe(hash(explicit));
    expect(cardinality(set)).toBe(cardinality(explicit));
    for (const element of elements(explicit)) expect(isMember(element, set)).toBe(true);
  });

  test('a union is enumerated as TLC does: the explicit set first, and twice what is in both', () => {
    const set = union(powerSet(setOf([1, 2])), setOf([setOf([7]), setOf([1])]));
    expect([...elements(set)].map(format)).toEqual(['{1}', '{7}', '{}', '{1}', '{2}', '{1, 2}']);
    expect(cardinality(set)).toBe(5);
  });

  test.each<[string, Value, string]>([
    ['of intervals', bigUnion(setOf([interval(1, 3), interval(2, 4)])), '1 2 3 2 3 4'],
    ['of an empty interval', bigUnion(setOf([interval(1, 0), setOf([1, 2]), setOf([2])])), '2 1 2'],
    ['of subsets', bigUnion(powerSet(setOf([1, 2]))), '1 2 1 2'],
    ['of lazy sets', bigUnion(setOf([powerSet(setOf([1])), powerSet(setOf([2]))])), '{} {1} {} {2}'],
    ['of explicit sets: once', bigUnion(setOf([setOf([1, 2]), setOf([2, 3])])), '1 2 3'],
    [
      'of an interval and nothing: once',
      bigUnion(setOf([union(interval(1, 2), setOf([])), setOf([2])])),
      '1 2',
    ],
    ['filtered', filter(bigUnion(setOf([interval(1, 3), interval(2, 4)])), (x) => x !== 1), '2 3 2 3 4'],
    ['without others', difference(bigUnion(setOf([interval(1, 3), interval(2, 4)])), setOf([2])), '1 3 3 4'],
    ['and another set', union(bigUnion(setOf([interval(1, 2), interval(2, 3)])), setOf([3])), '3 1 2 2 3'],
  ])('a UNION lists an element once for each member that has it, as TLC does: %s', (_what, set, listed) => {
    expect([...elements(set)].map(format).join(' ')).toBe(listed);
  });

  const twice = (): Value => union(powerSet(setOf([1])), setOf([setOf([])]));

  test.each<[string, () => Value, string, number]>([
    ['[D -> R]', () => functionSet(setOf([1]), twice()), '<<{}>> <<{}>> <<{1}>>', 2],
    ['S \\X T', () => product([setOf([5]), twice()]), '<<5, {}>> <<5, {}>> <<5, {1}>>', 2],
    ['[a : S]', () => recordSet(['a'], [twice()]), '[a |-> {}] [a |-> {}] [a |-> {1}]', 2],
    [
      'a product of products',
      () => product([product([twice(), setOf([5])])]),
      '<<<<{}, 5>>>> <<<<{}, 5>>>> <<<<{1}, 5>>>>',
      2,
    ],
    ['SUBSET: once', () => powerSet(twice()), '{} {{}} {{1}} {{}, {1}}', 4],
  ])('what is made of a union that lists an element twice, in its order: %s', (_what, make, listed, size) => {
    const set = make();
    const list = () => [...elements(set)].map(format);
    expect(list().join(' ')).toBe(listed);
    expect(cardinality(normalise(set))).toBe(size);
    expect(hash(set)).toBe(hash(normalise(set)));
    expect(choose(set, () => true)).toEqual(choose(normalise(set), () => true));
    // TLC did not keep the elements so far.
    expect(list().join(' ')).toBe(listed);
    expect(cardinality(set)).toBe(size);
    expect(equal(set, normalise(set))).toBe(true);
    expect(list()).toHaveLength(size);
  });

  test('CHOOSE tries the elements of a settled product in order', () => {
    const set = product([
      bigUnion(setOf([interval(3, 4), interval(1, 9)])),
      union(setOf([setOf([5])]), powerSet(setOf([1]))),
    ]);
    const first = () => format(choose(set, () => true));
    expect([...elements(set)].map(format)[0]).toBe('<<3, {5}>>');
    expect(first()).toBe('<<1, {}>>');
    expect(equal(set, setOf([]))).toBe(false);
    expect(first()).toBe('<<1, {}>>');
    expect([...elements(set)].map(format)[0]).toBe('<<1, {}>>');
  });

  test('are not enumerated for membership, size or the first choice', () => {
    const large = functionSet(interval(1, 5), interval(1, 50));
    expect(cardinality(large)).toBe(312_500_000);
    expect(isMember(sequence([1, 2, 3, 4, 50]), large)).toBe(true);
    expect(isMember(sequence([1, 2, 3, 4, 51]), large)).toBe(false);
    expect(format(choose(large, () => true))).toBe('<<1, 1, 1, 1, 1>>');
    expect(isMember(setOf([1, 200]), powerSet(interval(1, 1000)))).toBe(true);
    expect(() => normalise(large)).toThrow('too many elements');
    expect(() => cardinality(powerSet(interval(1, 31)))).toThrow('32 bits');
  });

  test('nor is a large interval', () => {
    const large = interval(-2147483647, 2147483647);
    const [first] = elements(large);
    expect(first).toBe(-2147483647);
    expect(choose(large, (x) => x === -2147483640)).toBe(-2147483640);
    expect([equal(large, setOf([1])), equal(setOf([]), large)]).toEqual([false, false]);
    expect([isMember(0, large), isSubset(setOf([1]), large)]).toEqual([true, true]);
    expect(cardinality(interval(1, 2147483647))).toBe(2147483647);
    expect(() => cardinality(interval(0, 2147483647))).toThrow('32 bits');
    expect(() => difference(large, setOf([1]))).toThrow('too many elements');
  });

  test('infinite ones know their members only', () => {
    expect(isMember(0, NATURALS)).toBe(true);
    expect(isMember(-1, NATURALS)).toBe(false);
    expect(isMember(-1, INTEGERS)).toBe(true);
    expect(isMember(modelValue('m1'), NATURALS)).toBe(false);
    expect(() => isMember(string('a'), NATURALS)).toThrow('cannot be compared');
    expect(isMember(sequence([1, 2]), sequencesOver(NATURALS))).toBe(true);
    expect(isMember(setOf([1, 2]), powerSet(NATURALS))).toBe(true);
    expect(isMember(5, union(NATURALS, setOf([-1])))).toBe(true);
    expect(format(intersection(NATURALS, setOf([-1, 1])))).toBe('{1}');
    expect(isFiniteSet(powerSet(NATURALS))).toBe(false);
    expect(() => elements(NATURALS)).toThrow('cannot be enumerated');
    expect(() => choose(NATURALS, () => true)).toThrow('cannot be enumerated');
    expect(equal(powerSet(NATURALS), powerSet(NATURALS))).toBe(true);
    expect(equal(sequencesOver(setOf([1])), sequencesOver(setOf([2])))).toBe(false);
    expect(format(filter(NATURALS, () => true))).toBe('{x \\in Nat : ...}');
  });

  test('CHOOSE takes the first in the order, and refuses where there is none', () => {
    expect(choose(interval(1, 5), (x) => x !== 1)).toBe(2);
    expect(() => choose(interval(1, 5), () => false)).toThrow('CHOOSE found no element');
  });
});
