import { CountedSet } from './counted-set.ts';
import { elements } from './elements.ts';
import { equal, explicitSet } from './equality.ts';
import { format } from './format.ts';
import { itemAt } from './item-at.ts';
import { LazySet } from './lazy-set.ts';
import { isMember } from './membership.ts';
import { refuseComparison, refuseType } from './refusals.ts';
import { isFiniteSet, sizeOf } from './set-sizes.ts';
import { emptySet, SetValue } from './set-value.ts';
import { type AnySet, isSet, type Value } from './value.ts';

/** TLC prints the subsets of smaller sets. */
const TOO_LARGE_TO_SHOW = 7;

class PowerSet extends CountedSet {
  readonly #base: AnySet;

  constructor(base: AnySet) {
    super();
    this.#base = base;
  }

  has(value: Value): boolean {
    if (!isSet(value)) throw refuseComparison(value, this);
    for (const element of elements(value)) if (!isMember(element, this.#base)) return false;
    return true;
  }

  get base(): AnySet {
    return this.#base;
  }

  isFinite(): boolean {
    return isFiniteSet(this.#base);
  }

  protected parts(): readonly Value[] {
    return [this.#base];
  }

  override settleBeside(): void {
    if (this.#base instanceof LazySet) this.#base.settle();
  }

  /** TLC asks how many elements there are. */
  override enumerate(): Iterable<Value> {
    this.settleForSize();
    return super.enumerate();
  }

  override count(): number {
    return 2 ** sizeOf(this.#base);
  }

  override isShownByElements(): boolean {
    return sizeOf(this.#base) < TOO_LARGE_TO_SHOW;
  }

  override sameRule(other: Value): boolean | undefined {
    if (!(other instanceof PowerSet) || (this.isFinite() && other.isFinite())) return undefined;
    return equal(this.#base, other.#base);
  }

  /** By size, those of one size in the order of their elements. */
  protected *generate(): Generator<Value> {
    const items = explicitSet(this.#base).items;
    yield emptySet;
    for (let size = 1; size <= items.length; size++) yield* subsetsOfSize(items, size);
  }

  protected override makeExplicit(): SetValue {
    return this.count() > FEW ? super.makeExplicit() : new SetValue(subsetsOf(explicitSet(this.#base).items));
  }

  describe(): string {
    return `SUBSET ${format(this.#base)}`;
  }
}

/** Up to so many subsets are made all at once. */
const FEW = 4096;

/** All subsets in TLC's order: each one longer than another one continues it with a greater element. */
function subsetsOf(items: readonly Value[]): SetValue[] {
  const subsets: SetValue[] = [emptySet];
  // The place of the element that would continue a subset.
  const next: number[] = [0];
  for (let i = 0; i < subsets.length; i++) {
    const subset = itemAt(subsets, i).items;
    for (let j = itemAt(next, i); j < items.length; j++) {
      subsets.push(new SetValue([...subset, itemAt(items, j)]));
      next.push(j + 1);
    }
  }
  return subsets;
}

function* subsetsOfSize(items: readonly Value[], size: number): Generator<Value> {
  const chosen = Array.from({ length: size }, (_, i) => i);
  while (true) {
    yield new SetValue(chosen.map((i) => itemAt(items, i)));
    let i = size - 1;
    while (i >= 0 && chosen[i] === items.length - size + i) i--;
    if (i < 0) return;
    const next = itemAt(chosen, i) + 1;
    for (let j = i; j < size; j++) chosen[j] = next + j - i;
  }
}

/** SUBSET S */
export function powerSet(set: Value): LazySet {
  if (!isSet(set)) throw refuseType('SUBSET', 'a set', set);
  return new PowerSet(set);
}

/** The sets S and T of SUBSET S and SUBSET T: one is part of the other where S is part of T. */
export function basesOfPowerSets(a: Value, b: Value): readonly [AnySet, AnySet] | undefined {
  return a instanceof PowerSet && b instanceof PowerSet ? [a.base, b.base] : undefined;
}
