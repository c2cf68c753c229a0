import fc from 'fast-check';
import {
  functionOver,
  internToken,
  modelValue,
  recordOf,
  recordShape,
  sequence,
  setOf,
  string,
} from './operations.ts';
import type { Value } from './value.ts';

/*
 * Arbitrary values for tests. TLC compares only values of one kind, so a test draws a kind first (`kinds`), and then
 * values of that kind.
 */

// TLC's order of strings and model values is that of their first appearance.
for (const text of ['m3', 'm1', 'm2', 'zz', 'yy', 'xx', 'aa']) internToken(text);

export const integers = fc.integer({ min: -3, max: 5 });
const strings = fc.constantFrom('zz', 'yy', 'xx', 'aa').map((text): Value => string(text));
const modelValues = fc.constantFrom('m2', 'm1', 'm3').map((name): Value => modelValue(name));
const booleans = fc.boolean();
const atoms: readonly fc.Arbitrary<Value>[] = [integers, strings, modelValues, booleans];

export function setsOf(items: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.array(items, { maxLength: 6 }).map(setOf);
}

export function sequencesOf(items: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.array(items, { maxLength: 5 }).map(sequence);
}

export function functionsOf(keys: fc.Arbitrary<Value>, values: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.tuple(setsOf(keys), fc.array(values, { minLength: 6, maxLength: 6 })).map(([domain, results]) => {
    let next = 0;
    return functionOver(domain, () => results[next++ % results.length] ?? 0);
  });
}

function recordsOf(values: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc
    .tuple(
      fc.subarray(['aa', 'xx', 'yy', 'zz'], { minLength: 1 }),
      fc.array(values, { minLength: 4, maxLength: 4 }),
    )
    .map(([names, all]) => recordOf(recordShape(names), all.slice(0, names.length)));
}

function compounds(items: fc.Arbitrary<Value>): readonly fc.Arbitrary<Value>[] {
  return [
    setsOf(items),
    sequencesOf(items),
    recordsOf(items),
    functionsOf(integers, items),
    functionsOf(modelValues, items),
  ];
}

const shallow = atoms.flatMap(compounds);
const deep = [shallow[0], shallow[1], shallow[2], shallow[7]].flatMap((items) =>
  items === undefined ? [] : compounds(items),
);

/** Arbitraries each of which makes values that can be compared with each other. */
export const kinds: fc.Arbitrary<fc.Arbitrary<Value>> = fc.constantFrom(...atoms, ...shallow, ...deep);

/** One value. */
export const values: fc.Arbitrary<Value> = kinds.chain((kind) => kind);

/** Several values of one kind. */
export function ofOneKind(count: number): fc.Arbitrary<Value[]> {
  return kinds.chain((kind) => fc.array(kind, { minLength: count, maxLength: count }));
}
