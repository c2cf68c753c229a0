import { refuseEnumeration } from './refusals.ts';
import type { SetValue } from './set-value.ts';
import { setOf } from './sets.ts';
import type { Value } from './value.ts';

/** The value as one who computes it anew has it: what becomes of that is nothing to the others. */
export function anew(value: Value): Value {
  return value instanceof LazySet ? value.anew() : value;
}

/** The value of a definition without parameters, which TLC, too, computes once for all. */
export function computedOnce(value: Value): Value {
  if (value instanceof LazySet) value.isComputedOnce = true;
  return value;
}

/**
 * A set known by its rule rather than by its elements: SUBSET S, [S -> T], Nat and so on. Its explicit form is made
 * when somebody needs it, and kept.
 */
export abstract class LazySet {
  /** 0 until it is known. */
  hashCode = 0;
  /** Shared by the copies. */
  #known: { explicit: SetValue | undefined } = { explicit: undefined };
  #isSettled = false;
  /** See `computedOnce`. */
  isComputedOnce = false;

  /** Whether a value belongs to it; refuses as TLC does where types cannot be compared. */
  abstract has(value: Value): boolean;
  abstract isFinite(): boolean;
  /** The elements in the order, and as often, as TLC enumerates them at first. Refuses an infinite set. */
  abstract enumerate(): Iterable<Value>;

  /** Whether `enumerate` may be otherwise than in TLC's order of values, each element once. */
  protected repeatsAtFirst(): boolean {
    return false;
  }

  /** Another set by the same rule, of parts of its own. */
  protected copy(): LazySet {
    return this;
  }

  /** Whether `listed` may be otherwise than in TLC's order of values, each element once. */
  repeats(): boolean {
    return !this.#isSettled && this.repeatsAtFirst();
  }

  /** The elements in the order, and as often, as TLC enumerates them now. */
  listed(): Iterable<Value> {
    return this.#isSettled ? this.explicit.items : this.enumerate();
  }

  /**
   * TLC keeps the elements of a set whose size it was asked for, or that it compared with something. From then on it
   * enumerates those: each once, in its order of values.
   */
  settle(): void {
    if (this.repeats()) this.#isSettled = true;
  }

  /** What TLC settles to know the size. */
  settleForSize(): void {
    this.settle();
  }

  /** What TLC settles to know whether this set equals another one. */
  settleBeside(_other: Value): void {
    this.settle();
  }

  /** See `anew`. */
  anew(): LazySet {
    if (this.isComputedOnce || !this.repeats()) return this;
    const copy = this.copy();
    copy.#known = this.#known;
    return copy;
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
    if (this.#known.explicit !== undefined) return this.#known.explicit;
    if (!this.isFinite()) throw refuseEnumeration(this);
    const explicit = this.makeExplicit();
    this.#known.explicit = explicit;
    return explicit;
  }

  protected makeExplicit(): SetValue {
    return setOf([...this.enumerate()]);
  }

  /** The explicit form, if it was made already. */
  get explicitIfKnown(): SetValue | undefined {
    return this.#known.explicit;
  }

  computeHash(): number {
    const explicit = this.explicit;
    this.hashCode = explicit.hashCode === 0 ? explicit.computeHash() : explicit.hashCode;
    return this.hashCode;
  }
}
