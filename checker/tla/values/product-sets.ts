import { ModelValue } from './atoms.ts';
import { elements } from './elements.ts';
import { equal, explicitSet } from './equality.ts';
import { format } from './format.ts';
import { FunctionValue } from './function-value.ts';
import { apply, domain, functionOverShape, type RecordShape, recordShape, shapeOf } from './functions.ts';
import { itemAt } from './item-at.ts';
import { LazyFunction } from './lazy-function.ts';
import { LazySet } from './lazy-set.ts';
import { isMember } from './membership.ts';
import { refuseComparison, refuseType } from './refusals.ts';
import { SequenceValue, sequence } from './sequence-value.ts';
import { cardinality, isFiniteSet } from './set-sizes.ts';
import { setOf } from './sets.ts';
import type { Shape } from './shape.ts';
import { isFunction, isSet, type Value } from './value.ts';

/** All ways to take one element of each set, the last set changing quickest. Yields one array, changed in place. */
function* odometer(
  sets: readonly (readonly Value[])[],
  lastIsQuickest: boolean,
): Generator<readonly Value[]> {
  if (sets.some((set) => set.length === 0)) return;
  const at = sets.map(() => 0);
  const taken = sets.map((set) => itemAt(set, 0));
  while (true) {
    yield taken;
    let i = lastIsQuickest ? sets.length - 1 : 0;
    for (; i >= 0 && i < sets.length; i += lastIsQuickest ? -1 : 1) {
      const set = itemAt(sets, i);
      const next = itemAt(at, i) + 1;
      at[i] = next < set.length ? next : 0;
      taken[i] = itemAt(set, itemAt(at, i));
      if (next < set.length) break;
    }
    if (i < 0 || i === sets.length) return;
  }
}

/** [D -> R] */
class FunctionSet extends LazySet {
  readonly domain: Value;
  readonly range: Value;

  constructor(from: Value, to: Value) {
    super();
    this.domain = from;
    this.range = to;
  }

  has(value: Value): boolean {
    if (value instanceof ModelValue && value.type === '') return false;
    if (!isFunction(value)) throw refuseComparison(value, this);
    if (!equal(domain(value), this.domain)) return false;
    if (value instanceof FunctionValue) {
      for (const result of value.values) if (!isMember(result, this.range)) return false;
      return true;
    }
    for (const x of elements(domain(value))) if (!isMember(apply(value, x), this.range)) return false;
    return true;
  }

  isFinite(): boolean {
    return isFiniteSet(this.domain) && isFiniteSet(this.range);
  }

  override count(): number {
    return cardinality(this.range) ** cardinality(this.domain);
  }

  *enumerate(): Generator<Value> {
    const shape: Shape = shapeOf(this.domain);
    const range = [...elements(this.range)];
    for (const values of odometer(new Array<Value[]>(shape.size).fill(range), false)) {
      yield functionOverShape(shape, values.slice());
    }
  }

  describe(): string {
    return `[${format(this.domain)} -> ${format(this.range)}]`;
  }
}

/** [a: A, b: B] */
class RecordSet extends LazySet {
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
    if (value instanceof ModelValue && value.type === '') return false;
    const f = value instanceof LazyFunction ? value.explicit : value;
    if (!(f instanceof FunctionValue)) {
      if (f instanceof SequenceValue && f.length === 0) return false;
      throw refuseComparison(value, this);
    }
    if (f.shape !== this.#shape.shape && !equal(domain(f), setOf([...this.#shape.shape.keys]))) return false;
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
    return this.#sets.reduce<number>((product, set) => product * cardinality(set), 1);
  }

  *enumerate(): Generator<Value> {
    const positions = this.#shape.positions ?? this.#sets.map((_, i) => i);
    const sets = positions.map((i) => [...elements(itemAt(this.#sets, i))]);
    for (const values of odometer(sets, false)) yield functionOverShape(this.#shape.shape, values.slice());
  }

  describe(): string {
    return `[${this.#names.map((name, i) => `${name}: ${format(itemAt(this.#sets, i))}`).join(', ')}]`;
  }
}

/** S \X T */
class ProductSet extends LazySet {
  readonly #sets: readonly Value[];

  constructor(sets: readonly Value[]) {
    super();
    this.#sets = sets;
  }

  has(value: Value): boolean {
    if (value instanceof ModelValue && value.type === '') return false;
    const f = value instanceof LazyFunction ? value.explicit : value;
    if (!(f instanceof SequenceValue)) {
      if (f instanceof FunctionValue) return false;
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
    return this.#sets.reduce<number>((product, set) => product * cardinality(set), 1);
  }

  *enumerate(): Generator<Value> {
    const sets = this.#sets.map((set) => [...elements(set)]);
    for (const values of odometer(sets, false)) yield sequence(values.slice());
  }

  describe(): string {
    return this.#sets.map(format).join(' \\X ');
  }
}

/** SUBSET S */
class PowerSet extends LazySet {
  readonly base: Value;

  constructor(base: Value) {
    super();
    this.base = base;
  }

  has(value: Value): boolean {
    if (value instanceof ModelValue && value.type === '') return false;
    if (!isSet(value)) throw refuseComparison(value, this);
    for (const element of elements(value)) if (!isMember(element, this.base)) return false;
    return true;
  }

  isFinite(): boolean {
    return isFiniteSet(this.base);
  }

  override count(): number {
    return 2 ** cardinality(this.base);
  }

  *enumerate(): Generator<Value> {
    const items = isSet(this.base) ? explicitSet(this.base).items : [];
    const chosen = items.map(() => false);
    while (true) {
      yield setOf(items.filter((_, i) => chosen[i]));
      let i = 0;
      for (; i < items.length && chosen[i] === true; i++) chosen[i] = false;
      if (i === items.length) return;
      chosen[i] = true;
    }
  }

  describe(): string {
    return `SUBSET ${format(this.base)}`;
  }
}

function checkSets(operator: string, sets: readonly Value[]): void {
  for (const set of sets) if (!isSet(set)) throw refuseType(operator, 'sets', set);
}

/** SUBSET S */
export function powerSet(set: Value): LazySet {
  checkSets('SUBSET', [set]);
  return new PowerSet(set);
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
