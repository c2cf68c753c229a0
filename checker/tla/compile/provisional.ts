/**
 * Finds what is said of definitions that may need each other. Where the answer to a question is needed to find itself, it
 * is provisional; and what was found with the help of a provisional answer to an outer question is not kept.
 */
export class Provisional {
  /** The questions that are open, and within how many others. */
  readonly #open = new Map<unknown, number>();
  /** The outermost of them that was asked again. */
  #lowest = Number.POSITIVE_INFINITY;

  /** How many questions are open. */
  get depth(): number {
    return this.#open.size;
  }

  /** @param keep takes an answer that is final */
  find<Answer>(
    question: unknown,
    forNow: Answer,
    compute: () => Answer,
    keep: (answer: Answer) => void,
  ): Answer {
    const asked = this.#open.get(question);
    if (asked !== undefined) {
      this.#lowest = Math.min(this.#lowest, asked);
      return forNow;
    }
    const depth = this.#open.size;
    const outside = this.#lowest;
    this.#lowest = depth;
    this.#open.set(question, depth);
    try {
      const answer = compute();
      if (this.#lowest === depth) keep(answer);
      return answer;
    } finally {
      this.#open.delete(question);
      this.#lowest = Math.min(this.#lowest, outside);
    }
  }
}
