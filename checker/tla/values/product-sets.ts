import { isUntyped } from './atoms.ts';
import { CountedSet, type ListOf } from './counted-set.ts';
import { elements } from './elements.ts';
import { equal } from './equality.ts';
import { format } from './format.ts';
import { FunctionValue } from './function-value.ts';
import { apply, domain, functionOverShape, type RecordShape, recordShape, shapeOf } from './functions.ts';
import { itemAt } from './item-at.ts';
import { LazyFunction } from './lazy-function.ts';
import { anew, LazySet } from './lazy-set.ts';
import { isMember } from './membership.ts';
import { refuseComparison, refuseType } from './refusals.ts';
import { SequenceValue, sequence } from './sequence-value.ts';
import { isFiniteSet, sizeOf } from './set-sizes.ts';
import { sameShape } from './shape.ts';
import { type AnyFunction, isFunction, isSet, SetValue, type Value } from './value.ts';

/** All ways to take one element of each set, the last set changing quickest. Yields one array, changed in place. */
function* odometer(sets: readonly (readonly Value[])[]): Generator<readonly Value[]> {
  if (sets.some((set) => set.length === 0)) return;
  const at = sets.map(() => 0);
  const taken = sets.map((set) => itemAt(set, 0));
  while (true) {
    yield taken;
    let i = sets.length - 1;
    for (; i >= 0; i--) {
      const set = itemAt(sets, i);
      const next = itemAt(at, i) + 1;
      at[i] = next < set.length ? next : 0;
      taken[i] = itemAt(set, itemAt(at, i));
      if (next < set.length) break;
    }
    if (i < 0) return;
  }
}

function repeatsElements(set: Value): boolean {
  return set instanceof LazySet && set.repeats();
}

/** [D -> R] */
class FunctionSet extends CountedSet {
  readonly #domain: Value;
  readonly #range: Value;

  constructor(from: Value, to: Value) {
    super();
    this.#domain = from;
    this.#range = to;
  }

  has(value: Value): boolean {
    if (isUntyped(value)) return false;
    // As TLC, which knows the values of a function before it looks at its domain.
    const f = value instanceof LazyFunction ? value.explicit : value;
    if (!isFunction(f)) throw refuseComparison(value, this);
    if (!this.#isOverDomain(f)) return false;
    if (f instanceof FunctionValue) {
      for (const result of f.values) if (!isMember(result, this.#range)) return false;
      return true;
    }
    for (const x of elements(domain(f))) if (!isMember(apply(f, x), this.#range)) return false;
    return true;
  }

  #isOverDomain(f: AnyFunction): boolean {
    const set = this.#domain;
    if (f instanceof FunctionValue && set instanceof SetValue && f.shape === set.shape) return true;
    return equal(domain(f), set);
  }

  isFinite(): boolean {
    return isFiniteSet(this.#domain) && isFiniteSet(this.#range);
  }

  override count(): number {
    return sizeOf(this.#range) ** sizeOf(this.#domain);
  }

  override sameRule(other: Value): boolean | undefined {
    if (!(other instanceof FunctionSet) || (this.isFinite() && other.isFinite())) return undefined;
    return equal(this.#domain, other.#domain) && equal(this.#range, other.#range);
  }

  protected override copy(): LazySet {
    return new FunctionSet(anew(this.#domain), anew(this.#range));
  }

  protected parts(): readonly Value[] {
    return [this.#domain, this.#range];
  }

  protected override repeatsAtFirst(): boolean {
    return repeatsElements(this.#range);
  }

  protected *generate(listOf: ListOf): Generator<Value> {
    const shape = shapeOf(this.#domain);
    const range = listOf(this.#range);
    const ranges = shape.keys.map(() => range);
    for (const values of odometer(ranges)) yield functionOverShape(shape, values.slice());
  }

  describe(): string {
    return `[${format(this.#domain)} -> ${format(this.#range)}]`;
  }
}

/** [a: A, b: B] */
class RecordSet extends CountedSet {
  readonly #shape: RecordShape;
  readonly #names: readonly string[];
  readonly #sets: readonly Value[];

  constructor(names: readonly string[], sets: readonly Value[]) {
    super();
    this.#shape = recordShape(names);
    this.#names = names;
    this.#sets = sets;
  }

  has(value: Value): boolean {
    if (isUntyped(value)) return false;
    const f = value instanceof LazyFunction ? value.explicit : value;
    if (!(f instanceof FunctionValue)) {
      if (f instanceof SequenceValue && f.length === 0) return false;
      throw refuseComparison(value, this);
    }
    if (!f.shape.isRecord) throw refuseComparison(value, this);
    if (!sameShape(f.shape, this.#shape.shape)) return false;
    const positions = this.#shape.positions;
    for (let i = 0; i < f.values.length; i++) {
      if (
        !isMember(itemAt(f.values, i), itemAt(this.#sets, positions === undefined ? i : itemAt(positions, i)))
      ) {
        return false;
      }
    }
    return true;
  }

  isFinite(): boolean {
    return this.#sets.every(isFiniteSet);
  }

  override count(): number {
    return this.#sets.reduce<number>((product, set) => product * sizeOf(set), 1);
  }

  protected override copy(): LazySet {
    return new RecordSet(this.#names, this.#sets.map(anew));
  }

  protected parts(): readonly Value[] {
    return this.#sets;
  }

  protected override repeatsAtFirst(): boolean {
    return this.#sets.some(repeatsElements);
  }

  protected *generate(listOf: ListOf): Generator<Value> {
    const positions = this.#shape.positions ?? this.#sets.map((_, i) => i);
    const sets = positions.map((i) => listOf(itemAt(this.#sets, i)));
    for (const values of odometer(sets)) yield functionOverShape(this.#shape.shape, values.slice());
  }

  describe(): string {
    return `[${this.#names.map((name, i) => `${name}: ${format(itemAt(this.#sets, i))}`).join(', ')}]`;
  }
}

/** S \X T */
class ProductSet extends CountedSet {
  readonly #sets: readonly Value[];

  constructor(sets: readonly Value[]) {
    super();
    this.#sets = sets;
  }

  has(value: Value): boolean {
    if (isUntyped(value)) return false;
    const f = value instanceof LazyFunction ? value.explicit : value;
    if (!(f instanceof SequenceValue)) {
      if (f instanceof FunctionValue && !f.shape.isRecord) return false;
      throw refuseComparison(value, this);
    }
    if (f.length !== this.#sets.length) return false;
    for (let i = 0; i < f.length; i++) if (!isMember(f.at(i), itemAt(this.#sets, i))) return false;
    return true;
  }

  isFinite(): boolean {
    return this.#sets.every(isFiniteSet);
  }

  override count(): number {
    return this.#sets.reduce<number>((product, set) => product * sizeOf(set), 1);
  }

  protected override copy(): LazySet {
    return new ProductSet(this.#sets.map(anew));
  }

  protected parts(): readonly Value[] {
    return this.#sets;
  }

  protected override repeatsAtFirst(): boolean {
    return this.#sets.some(repeatsElements);
  }

  protected *generate(listOf: ListOf): Generator<Value> {
    for (const values of odometer(this.#sets.map(listOf))) yield sequence(values.slice());
  }

  describe(): string {
    return `(${this.#sets.map(format).join(' \\X ')})`;
  }
}

function checkSets(operator: string, sets: readonly Value[]): void {
  for (const set of sets) if (!isSet(set)) throw refuseType(operator, 'sets', set);
}

/** [from -> to] */
export function functionSet(from: Value, to: Value): LazySet {
  checkSets('[S -> T]', [from, to]);
  return new FunctionSet(from, to);
}

/** [name1: S1, name2: S2] */
export function recordSet(names: readonly string[], sets: readonly Value[]): LazySet {
  checkSets('a set of records', sets);
  return new RecordSet(names, sets);
}

/** S1 \X S2 \X ... */
export function product(sets: readonly Value[]): LazySet {
  checkSets('\\X', sets);
  return new ProductSet(sets);
}
