import type { Span } from './span.ts';

/** A text in which a carriage return alone, which SANY takes for the end of a line, is a line feed; offsets stay. */
export function withLineFeeds(text: string): string {
  return text.replace(/\r(?!\n)/g, '\n');
}

/** The text of one file, which knows the lines and columns of its offsets (in UTF-16 units, as editors count). */
export class SourceText {
  readonly file: string;
  readonly text: string;
  readonly #linesBefore: number;
  /** The line of each offset, from 0: every node of the tree asks twice. */
  readonly #lines: Uint32Array;
  readonly #lineStarts: number[] = [0];

  /** @param linesBefore lines at the start of the text that messages do not count */
  constructor(file: string, text: string, linesBefore = 0) {
    this.file = file;
    this.text = text;
    this.#linesBefore = linesBefore;
    this.#lines = new Uint32Array(text.length + 1);
    let line = 0;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
      this.#lines.fill(line, this.#lineStarts[line], at + 1);
      this.#lineStarts.push(at + 1);
      line += 1;
    }
    this.#lines.fill(line, this.#lineStarts[line]);
  }

  /** From the offset `start` up to, not including, the offset `end`. */
  span(start: number, end: number): Span {
    const last = end > start ? end - 1 : start;
    const line = this.#lines[start] ?? 0;
    const endLine = this.#lines[last] ?? 0;
    return {
      file: this.file,
      line: line + 1 - this.#linesBefore,
      column: start - (this.#lineStarts[line] ?? 0) + 1,
      endLine: endLine + 1 - this.#linesBefore,
      endColumn: last - (this.#lineStarts[endLine] ?? 0) + 1,
    };
  }
}
