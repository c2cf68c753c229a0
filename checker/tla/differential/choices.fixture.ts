/**
 * Decisions of a random generator, read off an array of numbers: fast-check makes and shrinks the array, and the
 * generator stays an ordinary recursive function. Where the array ends every decision is 0, so generators put what is
 * simplest first.
 */
export class Choices {
  readonly #numbers: readonly number[];
  #next = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  /** A number from 0 to count - 1. */
  pick(count: number): number {
    const number = this.#numbers[this.#next] ?? 0;
    this.#next += 1;
    return number % count;
  }

  /** True in one of so many cases, and never once the numbers are used up. */
  oneIn(cases: number): boolean {
    return this.pick(cases) === cases - 1;
  }

  from<Item>(items: readonly Item[]): Item {
    const item = items[this.pick(items.length)];
    if (item === undefined) throw new RangeError('nothing to choose from');
    return item;
  }

  /** One of these, made only when it was chosen. */
  grow<Item>(alternatives: readonly (() => Item)[]): Item {
    return this.from(alternatives)();
  }

  /** Between `least` and `most` items. */
  several<Item>(least: number, most: number, make: (position: number) => Item): Item[] {
    return Array.from({ length: least + this.pick(most - least + 1) }, (_, position) => make(position));
  }
}
