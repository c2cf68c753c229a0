import { getHeapStatistics } from 'node:v8';

/** Part of the heap that may fill: the rest is room for the garbage collector to work in. */
const USABLE_HEAP = 0.85;

/** Whether so many bytes more still fit into the budget and the heap. */
export function fitsIntoMemory(
  moreBytes: number,
  maxBytes: number,
  memoryUsed: () => number = process.memoryUsage.rss,
): boolean {
  if (memoryUsed() + moreBytes > maxBytes) return false;
  const heap = getHeapStatistics();
  return heap.used_heap_size < heap.heap_size_limit * USABLE_HEAP;
}
