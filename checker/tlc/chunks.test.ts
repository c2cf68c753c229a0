import { expect, test } from 'vitest';
import { planRuns } from './chunks.ts';

const CUTTING = { workers: 2, minEventsPerChunk: 10, maxEventsPerRun: 100 };
const at = (...positions: number[]) => positions.map((position) => ({ position, servers: {}, lost: [] }));

/** The first and the last position of each chunk of each run. */
function cut(events: number, borders: number[], cutting = CUTTING) {
  const runs = planRuns(events, undefined, at(...borders), cutting);
  return runs.map((chunks) => chunks.map(({ firstPosition, lastPosition }) => [firstPosition, lastPosition]));
}

test('without borders there is one chunk, however many events', () => {
  expect(cut(1000, [])).toEqual([[[0, 999]]]);
});

test('chunks end at the borders nearest to equal parts', () => {
  expect(cut(60, [5, 28, 40])).toEqual([
    [
      [0, 27],
      [28, 59],
    ],
  ]);
});

test('too few events are not cut', () => {
  expect(cut(15, [7])).toEqual([[[0, 14]]]);
});

test('what is too much for one run is given to several', () => {
  const borders = Array.from({ length: 29 }, (_, index) => (index + 1) * 10);
  expect(cut(300, borders, { ...CUTTING, workers: 1 })).toEqual([[[0, 99]], [[100, 199]], [[200, 299]]]);
  expect(cut(200, borders)).toEqual([
    [
      [0, 49],
      [50, 99],
    ],
    [
      [100, 149],
      [150, 199],
    ],
  ]);
});

test('a border outside of the events is none', () => {
  expect(cut(60, [0, 60, 90])).toEqual([[[0, 59]]]);
});

test('each chunk must end where the next one starts', () => {
  const [start] = at(0);
  const chunks = planRuns(300, start, at(60, 120, 180, 240), CUTTING).flat();
  expect(chunks[0]?.start).toBe(start);
  for (const [index, chunk] of chunks.entries()) expect(chunk.end).toBe(chunks[index + 1]?.start);
  expect(chunks.at(-1)?.end).toBeUndefined();
});
