import { expect, it } from 'vitest';
import { CONJUNCTS, linesOf } from './conjuncts.ts';

it.each(Object.entries(CONJUNCTS))('%s stands in exactly one line of its definition', (_label, place) => {
  expect(linesOf(place), JSON.stringify(place)).toHaveLength(1);
});

it('finds no line for a text that the definition lacks, or a definition that is not there', () => {
  expect(linesOf({ module: 'Election', definition: 'Timeout', text: 'role[s] = Leader' })).toEqual([]);
  expect(linesOf({ module: 'Election', definition: 'Elapse', text: 'role' })).toEqual([]);
});
