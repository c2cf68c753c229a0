import { elements } from './elements.ts';
import { format } from './format.ts';
import { anew, LazySet } from './lazy-set.ts';
import { isMember } from './membership.ts';
import { isFiniteSet } from './set-sizes.ts';
import { isSet, type Value } from './value.ts';

/** S \cup T, where one of them is lazy. TLC enumerates what is in both sets twice. */
export class LazyUnion extends LazySet {
  readonly #left: Value;
  readonly #right: Value;

  constructor(left: Value, right: Value) {
    super();
    this.#left = left;
    this.#right = right;
  }

  has(value: Value): boolean {
    return isMember(value, this.#left) || isMember(value, this.#right);
  }

  isFinite(): boolean {
    return isFiniteSet(this.#left) && isFiniteSet(this.#right);
  }

  protected override copy(): LazySet {
    return new LazyUnion(anew(this.#left), anew(this.#right));
  }

  protected override repeatsAtFirst(): boolean {
    return true;
  }

  *enumerate(): Generator<Value> {
    yield* elements(this.#left);
    yield* elements(this.#right);
  }

  describe(): string {
    return `${format(this.#left)} \\cup ${format(this.#right)}`;
  }
}

/** {x \in S : p}, S \cap T and S \ T, where S is lazy. */
export class LazyFilter extends LazySet {
  readonly #base: Value;
  readonly #property: (element: Value) => boolean;
  readonly #text: () => string;

  constructor(base: Value, property: (element: Value) => boolean, text: () => string) {
    super();
    this.#base = base;
    this.#property = property;
    this.#text = text;
  }

  has(value: Value): boolean {
    return isMember(value, this.#base) && this.#property(value);
  }

  isFinite(): boolean {
    return isFiniteSet(this.#base);
  }

  protected override copy(): LazySet {
    return new LazyFilter(anew(this.#base), this.#property, this.#text);
  }

  protected override repeatsAtFirst(): boolean {
    return this.#base instanceof LazySet && this.#base.repeats();
  }

  *enumerate(): Generator<Value> {
    for (const element of elements(this.#base)) if (this.#property(element)) yield element;
  }

  describe(): string {
    return this.#text();
  }
}

/**
 * UNION S, where S is lazy or one of its elements is, be it an interval. TLC enumerates what is in several sets
 * several times.
 */
export class LazyBigUnion extends LazySet {
  readonly #sets: Value;

  constructor(sets: Value) {
    super();
    this.#sets = sets;
  }

  has(value: Value): boolean {
    for (const set of elements(this.#sets)) if (isMember(value, set)) return true;
    return false;
  }

  isFinite(): boolean {
    if (!isFiniteSet(this.#sets)) return false;
    for (const set of elements(this.#sets)) if (!isSet(set) || !isFiniteSet(set)) return false;
    return true;
  }

  protected override copy(): LazySet {
    return new LazyBigUnion(anew(this.#sets));
  }

  protected override repeatsAtFirst(): boolean {
    return true;
  }

  *enumerate(): Generator<Value> {
    for (const set of elements(this.#sets)) yield* elements(set);
  }

  describe(): string {
    return `UNION ${format(this.#sets)}`;
  }
}
