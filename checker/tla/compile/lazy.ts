import type { Value } from '../values/value.ts';

/** A value that is computed when it is first needed: TLC passes arguments so, and an unused one may have no value. */
export class Lazy {
  #compute: (() => Value) | undefined;
  #value: Value | undefined;

  constructor(compute: () => Value) {
    this.#compute = compute;
  }

  /** undefined as long as nobody needed it. */
  get computed(): Value | undefined {
    return this.#value;
  }

  get(): Value {
    if (this.#value === undefined && this.#compute !== undefined) {
      this.#value = this.#compute();
      this.#compute = undefined;
    }
    return present(this.#value);
  }
}

/** What is computed whenever it is needed: it depends on a state that is being made. */
export class Again extends Lazy {
  readonly #again: () => Value;

  constructor(compute: () => Value) {
    super(compute);
    this.#again = compute;
  }

  override get(): Value {
    return this.#again();
  }
}

export type LazyOrValue = Lazy | Value;

export function force(value: LazyOrValue): Value {
  return value instanceof Lazy ? value.get() : value;
}

/** The value, if it is there already. */
export function known(value: LazyOrValue): Value | undefined {
  return value instanceof Lazy ? value.computed : value;
}

function present(value: Value | undefined): Value {
  if (value === undefined) throw new RangeError('a lazy value depends on itself');
  return value;
}
