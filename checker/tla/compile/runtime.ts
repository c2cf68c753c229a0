import { EvaluationError } from '../values/evaluation-error.ts';
import { anew, computedOnce } from '../values/lazy-set.ts';
import * as operations from '../values/operations.ts';
import { refuseType } from '../values/refusals.ts';
import type { Shape } from '../values/shape.ts';
import {
  FunctionValue,
  LazyFunction,
  ModelValue,
  SequenceValue,
  StringValue,
  type Value,
} from '../values/value.ts';
import { Again, force, known, Lazy } from './lazy.ts';

function refuseState(what: string): EvaluationError {
  return new EvaluationError(
    'RC4251',
    `${what} where there is no state (or primed twice, or in the next state where there is one state only) is not supported`,
  );
}

/** What compiled code calls besides the operations on values. */
const support = {
  Again,
  Lazy,
  force,
  known,

  boolean(value: Value): boolean {
    return value === true || value === false ? value : operations.asBoolean(value, 'a formula');
  },

  /** key \\in DOMAIN f */
  isInDomain(key: Value, f: Value): boolean {
    return f instanceof FunctionValue
      ? f.shape.indexOf(key) >= 0 ||
          (f.shape.isRecord &&
            !(key instanceof StringValue) &&
            operations.isMember(key, operations.domain(f)))
      : operations.isMember(key, operations.domain(f));
  },

  /** record.name, where the same place mostly sees records with the same fields. */
  selectAt(site: FieldSite, record: Value): Value {
    if (record instanceof FunctionValue) {
      if (record.shape === site.shape)
        return record.values[site.index] ?? operations.select(record, site.name);
      const index = record.shape.indexOf(site.name);
      if (index >= 0) {
        site.shape = record.shape;
        site.index = index;
      }
    }
    return operations.select(record, site.name);
  },

  /** record.name, or undefined where that is no such record or not there yet. */
  fieldAtOnce(site: FieldSite, record: Value | undefined): Value | undefined {
    if (!(record instanceof FunctionValue)) return undefined;
    if (record.shape === site.shape) return record.values[site.index];
    const index = record.shape.indexOf(site.name);
    if (index < 0) return undefined;
    site.shape = record.shape;
    site.index = index;
    return record.values[index];
  },

  /** f[x] of a text, a model value or a number, or undefined where that has no value or is not there yet. */
  itemAtOnce(f: Value | undefined, x: Value | undefined): Value | undefined {
    if (typeof x === 'number') {
      return f instanceof SequenceValue && x >= 1 && x <= f.length ? f.at(x - 1) : undefined;
    }
    if (!(f instanceof FunctionValue) || !(x instanceof StringValue || x instanceof ModelValue))
      return undefined;
    const index = f.shape.indexOf(x);
    return index < 0 ? undefined : f.values[index];
  },

  /** The items of a tuple that is taken apart by a pattern of so many names. */
  itemsOf(tuple: Value, length: number): readonly Value[] {
    const f = tuple instanceof LazyFunction ? tuple.explicit : tuple;
    if (f instanceof SequenceValue && f.length === length) return f.toArray();
    throw refuseType(`a pattern of ${length} names`, 'a tuple of that length', tuple);
  },

  /** The same in a filter, where TLC does not mind that the tuple is longer. */
  firstItemsOf(tuple: Value, length: number): readonly Value[] {
    const f = tuple instanceof LazyFunction ? tuple.explicit : tuple;
    if (f instanceof SequenceValue && f.length >= length) return f.toArray().slice(0, length);
    throw refuseType(`a pattern of ${length} names`, 'a tuple of that length', tuple);
  },

  fieldSite(name: StringValue): FieldSite {
    return { name, shape: undefined, index: -1 };
  },

  /** x' = value: assigns, or compares with what was assigned before. */
  assign(next: (Value | undefined)[], index: number, value: Value): boolean {
    const before = next[index];
    if (before !== undefined) return operations.equal(before, value);
    next[index] = value;
    return true;
  },

  /** Whether each of so many variables has a value. */
  isComplete(draft: readonly (Value | undefined)[], variables: number): boolean {
    for (let index = 0; index < variables; index += 1) if (draft[index] === undefined) return false;
    return true;
  },

  /** Puts back what a draft of a state was. */
  restore(next: (Value | undefined)[], before: readonly (Value | undefined)[]): void {
    for (let index = 0; index < next.length; index += 1) next[index] = before[index];
  },

  /** An operator passed to a builtin that tests with it. */
  testOf(operator: (...values: Value[]) => Value): (...values: Value[]) => boolean {
    return (...values) => support.boolean(operator(...values));
  },

  unassigned(variable: string): never {
    throw new EvaluationError('RC1870', `the variable ${variable} has no value yet where it is read`);
  },

  noState(variable: string): never {
    throw refuseState(`the variable ${variable}`);
  },

  /** Stands for a state that is not there, in functions that are called from anywhere. */
  noStateHere: new Proxy<Value[]>([], {
    get(): never {
      throw refuseState('a variable');
    },
    set(): never {
      throw refuseState('a variable');
    },
  }),

  assertionFails(message: Value): never {
    throw new EvaluationError('RC1874', `an Assert is false: ${operations.format(message)}`);
  },

  noArm(): never {
    throw new EvaluationError('RC1872', 'no arm of the CASE is true');
  },

  refuse(construct: string): never {
    throw new EvaluationError('RC4251', `${construct} is not supported`);
  },

  noValue(constant: string): never {
    throw new EvaluationError('RC1873', `the constant ${constant} has no value`);
  },

  anew,

  computedOnce,

  some(set: Value, holds: (element: Value) => boolean): boolean {
    for (const element of operations.elements(set)) if (holds(element)) return true;
    return false;
  },

  every(set: Value, holds: (element: Value) => boolean): boolean {
    for (const element of operations.elements(set)) if (!holds(element)) return false;
    return true;
  },

  collect(fill: (add: (value: Value) => void) => void): Value {
    const items: Value[] = [];
    fill((value) => {
      items.push(value);
    });
    return operations.setOf(items);
  },

  /** The elements of a \A in the order of the conjuncts that they make: the first, then from the last to the second. */
  conjunctsOfAll<Item>(fill: (add: (item: Item) => void) => void): Item[] {
    const items: Item[] = [];
    fill((item) => {
      items.push(item);
    });
    const [first, ...others] = items;
    return first === undefined ? others : [first, ...others.reverse()];
  },

  /** Whether an action has a successor: the search ends at the first. */
  isPossible(search: (found: () => never) => void): boolean {
    try {
      search(() => {
        throw FOUND;
      });
    } catch (error) {
      if (error === FOUND) return true;
      throw error;
    }
    return false;
  },
};

/** A `.name` of the spec: where it last found the field. */
interface FieldSite {
  readonly name: StringValue;
  shape: Shape | undefined;
  index: number;
}

const FOUND = new Error('a successor is found');

export const runtime = { ...operations, ...support };
export type Runtime = typeof runtime;
