import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { functionsOf, integers, kinds } from './arbitrary-values.fixture.ts';
import {
  add,
  apply,
  combine,
  compare,
  divide,
  domain,
  elements,
  emptySequence,
  equal,
  except,
  format,
  functionOf,
  functionOver,
  functionSet,
  hash,
  interval,
  isMember,
  lazyFunction,
  mapsTo,
  modelValue,
  multiply,
  NATURALS,
  normalise,
  permutations,
  recordOf,
  recordSet,
  recordShape,
  select,
  setOf,
  string,
  subtract,
} from './operations.ts';
import { FunctionValue, LazyFunction, SequenceValue, type Value } from './value.ts';

const twoFunctions = kinds.chain((kind) =>
  fc.tuple(functionsOf(kind, integers), functionsOf(kind, integers)),
);

function record(fields: Readonly<Record<string, Value>>): Value {
  return recordOf(recordShape(Object.keys(fields)), Object.values(fields));
}

describe('functions', () => {
  test('have one form: with the domain 1..n they are sequences', () => {
    expect(functionOver(interval(1, 3), (x) => x)).toBeInstanceOf(SequenceValue);
    expect(functionOver(setOf([2, 1]), (x) => x)).toBeInstanceOf(SequenceValue);
    expect(functionOf([2, 1], [5, 6])).toBeInstanceOf(SequenceValue);
    expect(functionOver(setOf([]), (x) => x)).toBe(emptySequence);
    expect(functionOver(interval(0, 1), (x) => x)).toBeInstanceOf(FunctionValue);
    expect(format(combine(mapsTo(2, 5), mapsTo(1, 6)))).toBe('<<6, 5>>');
    expect(equal(mapsTo(string('aa'), 1), record({ aa: 1 }))).toBe(true);
  });

  test('EXCEPT changes one value, and its hash is that of the same function made anew', () => {
    fc.assert(
      fc.property(
        kinds.chain((kind) => fc.tuple(functionsOf(kind, integers), kind)),
        fc.nat(),
        ([f, other], choice) => {
          hash(f);
          const keys = [...elements(domain(f))];
          const key = keys[choice % Math.max(1, keys.length)];
          if (key === undefined) return;
          const changed = except(f, key, (old) => add(old, 100));
          expect(apply(changed, key)).toBe(add(apply(f, key), 100));
          const anew = functionOf(
            keys,
            keys.map((k) => (equal(k, key) ? add(apply(f, k), 100) : apply(f, k))),
          );
          expect(equal(changed, anew)).toBe(true);
          expect(hash(changed)).toBe(hash(anew));
          if (!isMember(other, domain(f)))
            expect(f instanceof SequenceValue || except(f, other, () => 0) === f).toBe(true);
        },
      ),
    );
  });

  test('EXCEPT of a large function finds its hash from the old one', () => {
    const f = functionOver(interval(0, 99), (x) => x);
    hash(f);
    const changed = except(f, 50, () => -1);
    expect(hash(changed)).toBe(hash(functionOver(interval(0, 99), (x) => (x === 50 ? -1 : x))));
  });

  test('f @@ g has the values of f where both have one', () => {
    fc.assert(
      fc.property(twoFunctions, ([f, g]) => {
        const both = combine(f, g);
        for (const x of elements(domain(f))) expect(apply(both, x)).toBe(apply(f, x));
        for (const x of elements(domain(g))) {
          if (!isMember(x, domain(f))) expect(apply(both, x)).toBe(apply(g, x));
        }
      }),
    );
  });

  test('of equal keys the first counts', () => {
    expect(format(functionOf([3, 5, 3], [1, 2, 9]))).toBe('(3 :> 1 @@ 5 :> 2)');
  });

  test('a set of functions has those from its domain to its range', () => {
    fc.assert(
      fc.property(twoFunctions, ([f, g]) => {
        expect(isMember(f, functionSet(domain(f), interval(-3, 5)))).toBe(true);
        expect(isMember(f, functionSet(domain(f), interval(6, 7)))).toBe(equal(f, emptySequence));
        if (!equal(domain(f), domain(g)))
          expect(isMember(f, functionSet(domain(g), interval(-3, 5)))).toBe(false);
      }),
    );
  });

  test('keys of each kind are found, few or many', () => {
    const keys: Value[] = [];
    for (let i = 0; i < 30; i++) keys.push(setOf([i, i + 1]), record({ aa: i }));
    const sets = functionOf(
      keys.filter((_, i) => i % 2 === 0),
      [...Array(30).keys()],
    );
    expect(apply(sets, setOf([30, 29]))).toBe(29);
    expect(() => apply(sets, setOf([1, 3]))).toThrow('not in the domain');
    const records = functionOf(
      keys.filter((_, i) => i % 2 === 1),
      [...Array(30).keys()],
    );
    expect(apply(records, record({ aa: 7 }))).toBe(7);
    const integersToSelf = functionOver(interval(-20, 20), (x) => x);
    expect(apply(integersToSelf, -20)).toBe(-20);
    expect(() => apply(integersToSelf, 21)).toThrow('not in the domain');
  });

  test('permutations', () => {
    expect(format(permutations(interval(1, 3)))).toBe(
      '{<<1, 2, 3>>, <<1, 3, 2>>, <<2, 1, 3>>, <<2, 3, 1>>, <<3, 1, 2>>, <<3, 2, 1>>}',
    );
    expect(format(permutations(setOf([])))).toBe('{<<>>}');
  });
});

describe('records', () => {
  test('keep their fields in the order of first appearance, however they are written', () => {
    expect(format(record({ xx: 1, zz: 2, yy: 3 }))).toBe('[zz |-> 2, yy |-> 3, xx |-> 1]');
    expect(equal(record({ xx: 1, zz: 2 }), record({ zz: 2, xx: 1 }))).toBe(true);
  });

  test('have fields', () => {
    const r = record({ xx: 1, zz: 2 });
    expect(select(r, 'xx')).toBe(1);
    expect(select(r, string('zz'))).toBe(2);
    expect(apply(r, string('zz'))).toBe(2);
    expect(() => select(r, 'yy')).toThrow('"yy" is not in the domain of [zz |-> 2, xx |-> 1]');
    expect(() => select(1, 'yy')).toThrow('needs a record, but was given 1');
    expect(except(r, string('yy'), () => 1)).toBe(r);
    expect(() => except(r, 1, () => 1)).toThrow('1 is not in the domain');
  });

  test('belong to sets of records', () => {
    const set = recordSet(['xx', 'zz'], [interval(1, 2), NATURALS]);
    expect(isMember(record({ zz: 100, xx: 1 }), set)).toBe(true);
    expect(isMember(record({ zz: 1, xx: 100 }), set)).toBe(false);
    expect(isMember(record({ zz: 1 }), set)).toBe(false);
    expect(isMember(modelValue('m1'), set)).toBe(false);
    expect(() => isMember(1, set)).toThrow('cannot be compared');
  });
});

describe('functions by a rule', () => {
  test('over an infinite domain', () => {
    const f = functionOver(NATURALS, (x) => multiply(x, 2));
    expect(apply(f, 21)).toBe(42);
    expect(() => apply(f, -1)).toThrow('-1 is not in the domain of [x \\in Nat |-> ...]');
    const g = except(f, 3, (old) => add(old, 1));
    expect([apply(g, 3), apply(g, 4)]).toEqual([7, 8]);
    expect(except(f, -3, () => 1)).toBe(f);
    expect(domain(f)).toBe(NATURALS);
    expect(() => normalise(f)).toThrow('cannot be enumerated');
  });

  test('where some value is refused, only that one is', () => {
    const f = functionOver(setOf([0, 1]), (x) => divide(1, x));
    expect(f).toBeInstanceOf(LazyFunction);
    expect(apply(f, 1)).toBe(1);
    expect(() => apply(f, 0)).toThrow('1 \\div 0 has no value');
    expect(() => hash(f)).toThrow('1 \\div 0 has no value');
  });

  test('recursive: each value is found once', () => {
    let evaluations = 0;
    const fibonacci: LazyFunction = lazyFunction(
      NATURALS,
      (n) => {
        evaluations++;
        return typeof n === 'number' && n < 2
          ? n
          : add(apply(fibonacci, subtract(n, 1)), apply(fibonacci, subtract(n, 2)));
      },
      true,
    );
    expect(apply(fibonacci, 40)).toBe(102_334_155);
    expect(evaluations).toBe(41);
  });

  test('equal the same function value by value', () => {
    const lazy = lazyFunction(interval(1, 3), (x) => multiply(x, x), true);
    const explicit = functionOver(interval(1, 3), (x) => multiply(x, x));
    expect(equal(lazy, explicit)).toBe(true);
    expect(equal(explicit, lazy)).toBe(true);
    expect(compare(lazy, explicit)).toBe(0);
    expect(hash(lazy)).toBe(hash(explicit));
    expect(format(lazy)).toBe('<<1, 4, 9>>');
    expect(normalise(lazy)).toBeInstanceOf(SequenceValue);
  });
});
