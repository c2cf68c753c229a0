import { EvaluationError } from '../values/evaluation-error.ts';
import { format } from '../values/operations.ts';
import { StringValue, type Value } from '../values/value.ts';
import { SearchLevel } from './search-level.ts';

/** What TLCGet and TLCSet act on (tlc2.module.TLC): the spec's own values, by natural numbers, and the search's level. */
export class Registers {
  readonly level = new SearchLevel();
  readonly #values = new Map<Value, Value>();

  get(key: Value): Value {
    const value = isLevel(key) ? this.level.read() : this.#values.get(key);
    if (value === undefined)
      throw new EvaluationError('RC4253', `TLCGet(${format(key)}) is not supported here`);
    return value;
  }

  set(key: Value, value: Value): boolean {
    // TLC takes "exit" and "pause" for orders to itself, and refuses the rest.
    if (typeof key !== 'number' || key < 0)
      throw new EvaluationError('RC4253', `TLCSet(${format(key)}, ...) is not supported`);
    this.#values.set(key, value);
    return true;
  }
}

function isLevel(key: Value): boolean {
  return key instanceof StringValue && key.text === 'level';
}
