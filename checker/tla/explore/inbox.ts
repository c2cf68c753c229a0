import { itemAt } from '../values/item-at.ts';
import { decode, EncodingSource } from '../values/operations.ts';
import type { ValueTable } from './value-table.ts';
import type { Delivery } from './worker-messages.ts';

/** Turns what one other worker sends into this worker's own numbers. */
export class Inbox {
  readonly #tables: readonly ValueTable[];
  /** By variable, then the sender's number: the number here. */
  readonly #numbers: number[][];
  readonly #row: Int32Array;

  constructor(tables: readonly ValueTable[]) {
    this.#tables = tables;
    this.#numbers = tables.map(() => []);
    this.#row = new Int32Array(tables.length);
  }

  open(
    delivery: Exclude<Delivery, string>,
    receive: (numbers: Int32Array, predecessor: number) => void,
  ): void {
    this.#learn(delivery.dictionary);
    const { rows } = delivery;
    const width = this.#tables.length;
    for (let start = 0; start < rows.length; start += width + 1) {
      for (let variable = 0; variable < width; variable++)
        this.#row[variable] = itemAt(itemAt(this.#numbers, variable), rows[start + variable] ?? 0);
      receive(this.#row, rows[start + width] ?? 0);
    }
  }

  #learn(dictionary: Uint8Array): void {
    const source = new EncodingSource(dictionary);
    while (!source.atEnd) {
      const variable = source.natural();
      const number = source.natural();
      const numbers = itemAt(this.#numbers, variable);
      while (numbers.length < number) numbers.push(-1);
      numbers[number] = itemAt(this.#tables, variable).intern(decode(source));
    }
  }
}
