import { refuseEnumeration } from './refusals.ts';
import type { SetValue } from './set-value.ts';
import { setOf } from './sets.ts';
import type { Value } from './value.ts';

/**
 * A set known by its rule rather than by its elements: SUBSET S, [S -> T], Nat and so on. Its explicit form is made
 * when somebody needs it, and kept.
 */
export abstract class LazySet {
  /** 0 until it is known. */
  hashCode = 0;
  #explicit: SetValue | undefined;

  /** Whether a value belongs to it; refuses as TLC does where types cannot be compared. */
  abstract has(value: Value): boolean;
  abstract isFinite(): boolean;
  /** The elements in the order, and as often, as TLC enumerates them. Refuses an infinite set. */
  abstract enumerate(): Iterable<Value>;
  /** Whether it may be enumerated otherwise than in TLC's order of values, each element once. */
  repeats(): boolean {
    return false;
  }
  /** What the set is called where its elements cannot be shown. */
  abstract describe(): string;

  /** Whether it equals another set as far as their rules tell; undefined if only the elements can tell. */
  sameRule(_other: Value): boolean | undefined {
    return undefined;
  }

  /** Whether TLC prints the elements of this finite set, rather than its rule. */
  isShownByElements(): boolean {
    return true;
  }

  /** How many elements; may exceed 32 bits. Refuses an infinite set. */
  count(): number {
    return this.explicit.items.length;
  }

  /** The elements in the order in which CHOOSE tries them. */
  inOrder(): Iterable<Value> {
    return this.explicit.items;
  }

  get explicit(): SetValue {
    if (this.#explicit === undefined) {
      if (!this.isFinite()) throw refuseEnumeration(this);
      this.#explicit = this.makeExplicit();
    }
    return this.#explicit;
  }

  protected makeExplicit(): SetValue {
    return setOf([...this.enumerate()]);
  }

  /** The explicit form, if it was made already. */
  get explicitIfKnown(): SetValue | undefined {
    return this.#explicit;
  }

  computeHash(): number {
    const explicit = this.explicit;
    this.hashCode = explicit.hashCode === 0 ? explicit.computeHash() : explicit.hashCode;
    return this.hashCode;
  }
}
