import { LazySet } from './lazy-set.ts';
import { refuseSize } from './refusals.ts';
import { SetValue } from './set-value.ts';
import type { Value } from './value.ts';

/** The elements of larger sets are made one by one. */
export const MANY = 4096;
/** TLC's limit (-maxSetSize). */
const TOO_MANY = 1_000_000;
/** TLC's limit (TLCGlobals.enumBound) for printing the elements. */
const MOST_SHOWN = 2000;

/** A lazy set whose size can be told from its rule, and whose elements can be made one by one in TLC's order. */
export abstract class CountedSet extends LazySet {
  /** The elements in TLC's order, all different. */
  protected abstract generate(): Iterable<Value>;
  abstract override count(): number;

  enumerate(): Iterable<Value> {
    const known = this.explicitIfKnown;
    if (known !== undefined) return known.items;
    return this.count() > MANY ? this.generate() : this.explicit.items;
  }

  override inOrder(): Iterable<Value> {
    return this.enumerate();
  }

  override isShownByElements(): boolean {
    return this.count() < MOST_SHOWN;
  }

  protected override makeExplicit(): SetValue {
    if (this.count() > TOO_MANY) throw refuseSize(this);
    return new SetValue([...this.generate()]);
  }
}
