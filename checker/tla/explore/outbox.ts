import { itemAt } from '../values/item-at.ts';
import { EncodingSink, encode } from '../values/operations.ts';
import type { ValueTable } from './value-table.ts';
import type { Delivery } from './worker-messages.ts';

const ROWS_PER_DELIVERY = 2048;

/** States on their way to one other worker. A value travels once; afterwards its number is enough. */
export class Outbox {
  readonly #tables: readonly ValueTable[];
  readonly #post: (delivery: Delivery, transferred: ArrayBuffer[]) => void;
  /** By variable: how many values were looked at, and which of them the receiver knows. */
  readonly #known: Uint8Array[];
  readonly #width: number;
  #sink = new EncodingSink();
  #rows: Int32Array<ArrayBuffer>;
  #length = 0;

  constructor(tables: readonly ValueTable[], post: (delivery: Delivery, transferred: ArrayBuffer[]) => void) {
    this.#tables = tables;
    this.#post = post;
    this.#known = tables.map(() => new Uint8Array(64));
    this.#width = tables.length + 1;
    this.#rows = this.#newRows();
  }

  add(numbers: Int32Array, predecessor: number): void {
    for (let variable = 0; variable < this.#tables.length; variable++) {
      const number = numbers[variable] ?? 0;
      if (itemAt(this.#known, variable)[number] !== 1) this.#describe(variable, number);
      this.#rows[this.#length++] = number;
    }
    this.#rows[this.#length++] = predecessor;
    if (this.#length === this.#rows.length) this.#flush();
  }

  /** Forgets what was not sent yet: the search has failed, perhaps amid a value. */
  discard(): void {
    this.#sink = new EncodingSink();
    this.#length = 0;
  }

  endLevel(): void {
    if (this.#length > 0) this.#flush();
    this.#post('end of level', []);
  }

  #newRows(): Int32Array<ArrayBuffer> {
    return new Int32Array(ROWS_PER_DELIVERY * this.#width);
  }

  #describe(variable: number, number: number): void {
    let known = itemAt(this.#known, variable);
    if (number >= known.length) {
      const larger = new Uint8Array(Math.max(known.length * 2, number + 1));
      larger.set(known);
      this.#known[variable] = larger;
      known = larger;
    }
    known[number] = 1;
    this.#sink.natural(variable);
    this.#sink.natural(number);
    encode(itemAt(this.#tables, variable).value(number), this.#sink);
  }

  #flush(): void {
    const dictionary = this.#sink.bytes.slice();
    const rows = this.#length === this.#rows.length ? this.#rows : this.#rows.slice(0, this.#length);
    if (rows === this.#rows) this.#rows = this.#newRows();
    this.#sink = new EncodingSink();
    this.#length = 0;
    this.#post({ dictionary, rows }, [dictionary.buffer, rows.buffer]);
  }
}
