import { getHeapStatistics } from 'node:v8';

const BYTES_PER_MB = 2 ** 20;
const LEAST_HEAP_MB = 128;

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

/** Without a budget of the user's: four fifths of what this process has and the machine has left. */
export function mostMemory(): number {
  return 0.8 * (process.memoryUsage.rss() + process.availableMemory());
}

/** A thread's heap may grow as far as the budget allows, though Node's own limit were lower. */
export function heapLimit(maxMemoryBytes: number | undefined): {
  resourceLimits?: { maxOldGenerationSizeMb: number };
} {
  if (maxMemoryBytes === undefined) return {};
  const maxOldGenerationSizeMb = Math.max(LEAST_HEAP_MB, Math.floor(maxMemoryBytes / BYTES_PER_MB));
  return { resourceLimits: { maxOldGenerationSizeMb } };
}

/** Whether a thread died because its heap was full. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
