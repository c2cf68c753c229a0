import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { functionsOf, kinds } from './arbitrary-values.fixture.ts';
import {
  bagCardinality,
  bagIn,
  bagMinus,
  bagOfAll,
  bagPlus,
  bagSubset,
  bagToSet,
  bagUnion,
  combine,
  copiesIn,
  divide,
  domain,
  EMPTY_BAG,
  elements,
  equal,
  format,
  hash,
  isABag,
  mapsTo,
  setOf,
  setToBag,
  string,
  subBag,
} from './operations.ts';

const twoBags = kinds.chain((kind) => {
  const bag = functionsOf(kind, fc.integer({ min: 1, max: 3 }));
  return fc.tuple(bag, bag);
});

describe('bags', () => {
  test('count', () => {
    fc.assert(
      fc.property(twoBags, ([a, b]) => {
        const plus = bagPlus(a, b);
        const minus = bagMinus(a, b);
        expect(equal(plus, bagPlus(b, a))).toBe(true);
        expect(hash(plus)).toBe(hash(bagPlus(b, a)));
        expect(isABag(plus) && isABag(minus)).toBe(true);
        expect(equal(bagMinus(plus, b), a)).toBe(true);
        expect(bagCardinality(plus)).toBe(bagCardinality(a) + bagCardinality(b));
        expect(bagSubset(a, plus) && bagSubset(minus, a)).toBe(true);
        expect(bagSubset(a, b)).toBe(equal(bagMinus(a, b), EMPTY_BAG));
        for (const x of elements(domain(plus))) {
          expect(copiesIn(x, plus)).toBe(copiesIn(x, a) + copiesIn(x, b));
          expect(copiesIn(x, minus)).toBe(Math.max(0, copiesIn(x, a) - copiesIn(x, b)));
          expect(bagIn(x, plus)).toBe(true);
        }
      }),
    );
  });

  test('one element more or less is the sum and the difference with a bag of one', () => {
    fc.assert(
      fc.property(
        kinds.chain((kind) => fc.tuple(functionsOf(kind, fc.integer({ min: 1, max: 2 })), kind)),
        ([bag, element]) => {
          const more = bagPlus(bag, setToBag(setOf([element])));
          expect(copiesIn(element, more)).toBe(copiesIn(element, bag) + 1);
          expect(equal(bagMinus(more, setToBag(setOf([element]))), bag)).toBe(true);
          expect(hash(bagMinus(more, setToBag(setOf([element]))))).toBe(hash(bag));
        },
      ),
    );
  });

  test('as TLC prints them', () => {
    const five = setToBag(setOf([5]));
    const both = setToBag(setOf([5, 6]));
    expect(format(bagPlus(five, both))).toBe('(5 :> 2 @@ 6 :> 1)');
    expect(format(bagMinus(five, both))).toBe('<<>>');
    expect(format(setToBag(setOf([1, 2])))).toBe('<<1, 1>>');
    expect(format(bagUnion(setOf([five, both])))).toBe('(5 :> 2 @@ 6 :> 1)');
    expect(format(subBag(combine(mapsTo(5, 2), mapsTo(6, 1))))).toBe(
      '{<<>>, (5 :> 1), (5 :> 2), (6 :> 1), (5 :> 1 @@ 6 :> 1), (5 :> 2 @@ 6 :> 1)}',
    );
    expect(format(bagOfAll((x) => divide(x, 2), combine(mapsTo(5, 2), mapsTo(4, 1))))).toBe('(2 :> 3)');
    expect(format(bagToSet(both))).toBe('{5, 6}');
    expect([isABag(EMPTY_BAG), isABag(1), isABag(mapsTo(1, 0))]).toEqual([true, false, false]);
    expect(() => bagIn(string('a'), five)).toThrow('cannot be compared');
    expect(() => bagPlus(five, 1)).toThrow('(+) needs a bag');
  });
});
