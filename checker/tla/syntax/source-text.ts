import type { Span } from './span.ts';

/** The text of one file, which knows the lines and columns of its offsets (in UTF-16 units, as editors count). */
export class SourceText {
  readonly file: string;
  readonly text: string;
  readonly #lineStarts: number[] = [0];

  readonly #linesBefore: number;

  /** @param linesBefore lines at the start of the text that messages do not count */
  constructor(file: string, text: string, linesBefore = 0) {
    this.file = file;
    this.text = text;
    this.#linesBefore = linesBefore;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1))
      this.#lineStarts.push(at + 1);
  }

  /** From the offset `start` up to, not including, the offset `end`. */
  span(start: number, end: number): Span {
    const line = this.#lineOf(start);
    const last = Math.max(start, end - 1);
    const endLine = this.#lineOf(last, line);
    return {
      file: this.file,
      line: line + 1 - this.#linesBefore,
      column: start - this.#startOf(line) + 1,
      endLine: endLine + 1 - this.#linesBefore,
      endColumn: last - this.#startOf(endLine) + 1,
    };
  }

  #startOf(line: number): number {
    return this.#lineStarts[line] ?? 0;
  }

  #lineOf(offset: number, from = 0): number {
    let low = from;
    let high = this.#lineStarts.length - 1;
    if (low < high && offset < this.#startOf(low + 1)) return low;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#startOf(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
