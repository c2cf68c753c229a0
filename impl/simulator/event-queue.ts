/** Something that will happen at a time; what is scheduled first happens first among equals. */
interface Scheduled<T> {
  readonly timeMs: number;
  readonly order: number;
  readonly item: T;
}

/** A priority queue over virtual time: a binary heap, stable for equal times. */
export class EventQueue<T> {
  readonly #heap: Scheduled<T>[] = [];
  #order = 0;

  schedule(timeMs: number, item: T): void {
    const entry = { timeMs, order: this.#order++, item };
    this.#heap.push(entry);
    this.#rise(this.#heap.length - 1, entry);
  }

  /** The next thing to happen; undefined if there is none. */
  next(): { readonly timeMs: number; readonly item: T } | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (first !== undefined && last !== undefined && this.#heap.length > 0) this.#sink(last);
    return first;
  }

  #rise(start: number, entry: Scheduled<T>): void {
    let position = start;
    while (position > 0) {
      const parent = (position - 1) >> 1;
      const above = this.#heap[parent];
      if (above === undefined || comesBefore(above, entry)) break;
      this.#heap[position] = above;
      position = parent;
    }
    this.#heap[position] = entry;
  }

  #sink(entry: Scheduled<T>): void {
    let position = 0;
    for (;;) {
      const left = this.#heap[2 * position + 1];
      const right = this.#heap[2 * position + 2];
      if (left === undefined) break;
      const useRight = right !== undefined && comesBefore(right, left);
      const child = useRight ? right : left;
      if (comesBefore(entry, child)) break;
      this.#heap[position] = child;
      position = 2 * position + (useRight ? 2 : 1);
    }
    this.#heap[position] = entry;
  }
}

function comesBefore<T>(a: Scheduled<T>, b: Scheduled<T>): boolean {
  return a.timeMs < b.timeMs || (a.timeMs === b.timeMs && a.order < b.order);
}
