import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kinds } from '../values/arbitrary-values.fixture.ts';
import { format, hash, modelValue, same, setOf, substitute } from '../values/operations.ts';
import type { ModelValue, Value } from '../values/value.ts';
import type { Permutation } from './explored-model.ts';
import { ImageHashes } from './image-hashes.ts';
import { Orbits } from './orbits.ts';
import { groupOf } from './permutation-group.ts';
import { ValueTable } from './value-table.ts';

const POINTS = ['m1', 'm2', 'm3', 'm4', 'm5', 'm6'].map(modelValue);

/** Permutations of the first so many points; values contain the first three only. */
const generators: fc.Arbitrary<Permutation[]> = fc.integer({ min: 2, max: 5 }).chain((count) => {
  const points = POINTS.slice(0, count);
  const shuffled = fc.shuffledSubarray(points, { minLength: count });
  return fc.array(
    shuffled.map(
      (images) => new Map(points.map((point, i): [ModelValue, Value] => [point, images[i] ?? point])),
    ),
    { minLength: 1, maxLength: 3 },
  );
});

/** States of one spec: in each variable values of one kind. */
const states = fc
  .array(kinds, { minLength: 1, maxLength: 3 })
  .chain((variables) => fc.array(fc.tuple(...variables), { minLength: 1, maxLength: 6 }));

/** Whole hashes, those of few bits, and none at all: then every image has the least hash. */
const hashes = [
  { name: 'good hashes', hashOf: hash },
  { name: 'hashes of one bit', hashOf: (value: Value) => hash(value) & 1 },
  { name: 'equal hashes', hashOf: () => 7 },
];

function imageOf(state: readonly Value[], permutation: Permutation): Value[] {
  return state.map((value) => substitute(value, permutation));
}

function sameState(a: readonly Value[], b: readonly Value[]): boolean {
  return a.every((value, i) => same(value, b[i] ?? 0));
}

/** Orbits with tables of their own, and the numbers of states there. */
function orbitsOf(symmetry: readonly Permutation[], variables: number, hashOf: (value: Value) => number) {
  const tables = Array.from({ length: variables }, () => new ValueTable());
  const orbits = new Orbits(symmetry, tables, hashOf);
  const rowOf = (state: readonly Value[]) =>
    Int32Array.from(tables, (table, i) => table.intern(state[i] ?? 0));
  return { orbits, rowOf };
}

describe.each(hashes)('with $name', ({ hashOf }) => {
  it('states have one representative if and only if they are in one orbit', () => {
    fc.assert(
      fc.property(generators, states, fc.nat(), (symmetry, found, seed) => {
        const group = groupOf(symmetry);
        const all = found.flatMap((state, i) => [
          state,
          imageOf(state, group[(seed + i * 7) % group.length] ?? new Map()),
        ]);
        const { orbits, rowOf } = orbitsOf(symmetry, found[0]?.length ?? 0, hashOf);
        const representatives = all.map((state) => {
          const least = rowOf(state);
          orbits.leastImage(rowOf(state), least);
          return least.join();
        });
        all.forEach((a, i) => {
          const images = group.map((permutation) => imageOf(a, permutation));
          all.forEach((b, j) => {
            const isOneOrbit = images.some((image) => sameState(image, b));
            expect(representatives[i] === representatives[j]).toBe(isOneOrbit);
          });
        });
      }),
    );
  });

  it('a state is found back from its representative; its orbit has one hash', () => {
    fc.assert(
      fc.property(generators, states, (symmetry, found) => {
        const { orbits, rowOf } = orbitsOf(symmetry, found[0]?.length ?? 0, hashOf);
        for (const state of found) {
          const row = rowOf(state);
          const [least, back] = [rowOf(state), rowOf(state)];
          const permutation = orbits.leastImage(row, least);
          orbits.original(permutation, least, back);
          expect(back).toEqual(row);
          for (const each of orbits.group)
            expect(orbits.hashOf(rowOf(imageOf(state, each)))).toBe(orbits.hashOf(row));
        }
      }),
    );
  });
});

describe('the hashes of images', () => {
  it('are those that the images have themselves', () => {
    fc.assert(
      fc.property(
        generators,
        kinds.chain((kind) => kind),
        (symmetry, value) => {
          const group = groupOf(symmetry);
          const of = new ImageHashes(group).compute(value);
          group.forEach((permutation, g) => {
            const image = substitute(value, permutation);
            expect(new ImageHashes(group).compute(image)?.[0], format(image)).toBe(of?.[g]);
          });
        },
      ),
    );
  });

  it('tell apart which argument has which value', () => {
    const [a, b] = POINTS;
    if (a === undefined || b === undefined) throw new Error();
    const swap = new Map([
      [a, b],
      [b, a],
    ]);
    const of = new ImageHashes(groupOf([swap]));
    expect(new Set(of.compute(setOf([a, setOf([b])]))).size).toBe(2);
    expect(new Set(of.compute(setOf([a, b]))).size).toBe(1);
  });
});

it('keeps representatives when there are more values than the caches hold', () => {
  const symmetry = [
    new Map(POINTS.map((point, i): [ModelValue, Value] => [point, POINTS[(i + 1) % 6] ?? point])),
    new Map(POINTS.slice(0, 2).map((point, i): [ModelValue, Value] => [point, POINTS[1 - i] ?? point])),
  ];
  const { orbits, rowOf } = orbitsOf(symmetry, 1, hash);
  const representatives = new Map<number, string>();
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 3000; i++) {
      for (const point of round === 0 ? POINTS.slice(0, 2) : POINTS.slice(5)) {
        const row = rowOf([setOf([i, point])]);
        const [least, back] = [row.slice(), row.slice()];
        orbits.original(orbits.leastImage(row, least), least, back);
        if (back.join() !== row.join()) throw new Error(`state ${i} is not found back`);
        const known = representatives.get(i);
        if (known !== undefined && known !== least.join())
          throw new Error(`orbit ${i} has two representatives`);
        representatives.set(i, least.join());
      }
    }
  }
  expect(new Set(representatives.values()).size).toBe(3000);
});
