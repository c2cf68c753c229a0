import type { Violation } from './explore-report.ts';

/** The first violation of each formula, in the order in which they were found. */
export class Violations {
  readonly #first = new Map<string, Violation>();

  get list(): readonly Violation[] {
    return [...this.#first.values()];
  }

  get isEmpty(): boolean {
    return this.#first.size === 0;
  }

  /** Whether this would be the first violation of its formula. */
  isNew(kind: Violation['kind'], name: string): boolean {
    return !this.#first.has(`${kind} ${name}`);
  }

  add(violation: Violation): void {
    const key = `${violation.kind} ${violation.kind === 'deadlock' ? '' : violation.name}`;
    if (!this.#first.has(key)) this.#first.set(key, violation);
  }
}
