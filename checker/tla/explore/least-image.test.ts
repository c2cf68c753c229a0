import { expect, test } from 'vitest';
import { format, modelValue, setOf } from '../values/operations.ts';
import { leastImage } from './least-image.ts';

const [a, b] = [modelValue('a'), modelValue('b')];
const swap = new Map([
  [a, b],
  [b, a],
]);

test.each([
  [[0, 1], '{a}, {b}'],
  [[1, 0], '{b}, {a}'],
])('with the order %j the first variable decides', (order, least) => {
  for (const state of [
    [setOf([a]), setOf([b])],
    [setOf([b]), setOf([a])],
  ])
    expect(leastImage(state, [swap], order).map(format).join(', ')).toBe(least);
});

test('a state that is less than its images is left as it is', () => {
  const state = [1, setOf([a])];
  expect(leastImage(state, [swap], [0, 1])).toBe(state);
});
