import { isUntyped, StringValue } from './atoms.ts';
import { equal } from './equality.ts';
import { format } from './format.ts';
import { LazyFunction } from './lazy-function.ts';
import { LazySet } from './lazy-set.ts';
import { isMember } from './membership.ts';
import { refuseComparison, refuseEnumeration, refuseType } from './refusals.ts';
import { SequenceValue } from './sequence-value.ts';
import { isSet, type Value } from './value.ts';

/** A set of which only membership is known. */
abstract class InfiniteSet extends LazySet {
  isFinite(): boolean {
    return false;
  }

  override count(): number {
    throw refuseEnumeration(this);
  }

  enumerate(): Iterable<Value> {
    throw refuseEnumeration(this);
  }

  override sameRule(other: Value): boolean | undefined {
    return other instanceof InfiniteSet ? this === other : undefined;
  }
}

class Integers extends InfiniteSet {
  readonly #name: string;
  readonly #least: number;

  constructor(name: string, least: number) {
    super();
    this.#name = name;
    this.#least = least;
  }

  has(value: Value): boolean {
    if (typeof value === 'number') return value >= this.#least;
    if (isUntyped(value)) return false;
    throw refuseComparison(value, this);
  }

  describe(): string {
    return this.#name;
  }
}

class Strings extends InfiniteSet {
  has(value: Value): boolean {
    if (value instanceof StringValue) return true;
    if (isUntyped(value)) return false;
    throw refuseComparison(value, this);
  }

  describe(): string {
    return 'STRING';
  }
}

class AnyValue extends InfiniteSet {
  has(_value: Value): boolean {
    return true;
  }

  describe(): string {
    return 'ANY';
  }
}

/** Seq(S) */
class Sequences extends InfiniteSet {
  readonly #base: Value;

  constructor(base: Value) {
    super();
    this.#base = base;
  }

  has(value: Value): boolean {
    const f = value instanceof LazyFunction ? value.explicit : value;
    if (f instanceof SequenceValue) {
      for (let i = 0; i < f.length; i++) if (!isMember(f.at(i), this.#base)) return false;
      return true;
    }
    if (isUntyped(f)) return false;
    throw refuseComparison(value, this);
  }

  override sameRule(other: Value): boolean | undefined {
    if (other instanceof Sequences) return equal(this.#base, other.#base);
    return super.sameRule(other);
  }

  describe(): string {
    return `Seq(${format(this.#base)})`;
  }
}

export const NATURALS: LazySet = new Integers('Nat', 0);
export const INTEGERS: LazySet = new Integers('Int', -0x80000000);
export const STRINGS: LazySet = new Strings();
/** TLC's Any: the set of everything. */
export const ANY: LazySet = new AnyValue();

/** Seq(S) */
export function sequencesOver(set: Value): LazySet {
  if (!isSet(set)) throw refuseType('Seq', 'a set', set);
  return new Sequences(set);
}
