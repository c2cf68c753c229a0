/** One line on stderr that is written over and over; nothing at all where stderr is no terminal. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  #shown = false;

  constructor(stream: NodeJS.WriteStream = process.stderr) {
    this.#stream = stream;
  }

  /** Shows a text in place of the one before, cut to the terminal's width. */
  update(text: string): void {
    if (!this.#stream.isTTY) return;
    this.#stream.write(`\r\u001b[K${text.slice(0, Math.max(0, this.#stream.columns - 1))}`);
    this.#shown = true;
  }

  /** Takes the line away; to be called before anything else is printed. */
  clear(): void {
    if (this.#shown) this.#stream.write('\r\u001b[K');
    this.#shown = false;
  }
}
