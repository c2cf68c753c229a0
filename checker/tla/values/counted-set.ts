import { explicitSet } from './equality.ts';
import { LazySet } from './lazy-set.ts';
import { refuseSize } from './refusals.ts';
import { SetValue } from './set-value.ts';
import { isSet, type Value } from './value.ts';

/** The elements of larger sets are made one by one. */
export const MANY = 4096;
/** TLC's limit (-maxSetSize). */
const TOO_MANY = 1_000_000;
/** TLC's limit (TLCGlobals.enumBound) for printing the elements. */
const MOST_SHOWN = 2000;

/** The elements of a part of the set, such as R in [D -> R]. */
export type ListOf = (set: Value) => readonly Value[];

/** In TLC's order of values, each once. */
const sorted: ListOf = (set) => (isSet(set) ? explicitSet(set).items : []);

/** As TLC enumerates them: what is in both sets of a union, twice. */
const enumerated: ListOf = (set) =>
  set instanceof LazySet && set.repeats() ? [...set.listed()] : sorted(set);

/** A lazy set whose size can be told from its rule, and whose elements can be made one by one in TLC's order. */
export abstract class CountedSet extends LazySet {
  /** The elements in TLC's order; all different if what a part of the set lists is. */
  protected abstract generate(listOf: ListOf): Iterable<Value>;
  abstract override count(): number;
  /** What it is made of, such as D and R in [D -> R]. */
  protected abstract parts(): readonly Value[];

  override settleForSize(): void {
    for (const part of this.parts()) if (part instanceof LazySet && part.isFinite()) part.settleForSize();
  }

  /** TLC compares sets of one form by what they are made of. */
  override settleBeside(other: Value): void {
    if (!(other instanceof LazySet) || other.constructor !== this.constructor) this.settle();
    else for (const part of this.parts()) if (part instanceof LazySet) part.settle();
  }

  enumerate(): Iterable<Value> {
    if (this.repeatsAtFirst()) return this.generate(enumerated);
    const known = this.explicitIfKnown;
    if (known !== undefined) return known.items;
    return this.count() > MANY ? this.generate(sorted) : this.explicit.items;
  }

  override inOrder(): Iterable<Value> {
    return this.repeatsAtFirst() ? this.explicit.items : this.enumerate();
  }

  override isShownByElements(): boolean {
    return this.count() < MOST_SHOWN;
  }

  protected override makeExplicit(): SetValue {
    if (this.count() > TOO_MANY) throw refuseSize(this);
    return new SetValue([...this.generate(sorted)]);
  }
}
