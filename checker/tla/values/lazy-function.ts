import { functionOverEagerly } from './functions.ts';
import { hash } from './hash.ts';
import { isMember } from './membership.ts';
import { refuseApplication } from './refusals.ts';
import type { Value } from './value.ts';
import { ValueMap } from './value-map.ts';

/** A function known by its rule: over an infinite domain, recursive, or partly undefined. */
export class LazyFunction {
  /** 0 until it is known. */
  hashCode = 0;
  readonly domain: Value;
  readonly rule: (argument: Value) => Value;
  readonly #memo: ValueMap<Value> | undefined;
  #explicit: Value | undefined;

  constructor(domain: Value, rule: (argument: Value) => Value, memoize: boolean) {
    this.domain = domain;
    this.rule = rule;
    this.#memo = memoize ? new ValueMap() : undefined;
  }

  apply(argument: Value): Value {
    if (this.#memo === undefined) {
      if (!isMember(argument, this.domain)) throw refuseApplication(this, argument);
      return this.rule(argument);
    }
    const known = this.#memo.get(argument);
    if (known !== undefined) return known;
    if (!isMember(argument, this.domain)) throw refuseApplication(this, argument);
    const value = this.rule(argument);
    this.#memo.set(argument, value);
    return value;
  }

  /** The same function value by value. Refuses an infinite domain, and an argument for which there is no value. */
  get explicit(): Value {
    this.#explicit ??= functionOverEagerly(this.domain, (argument) => this.apply(argument));
    return this.#explicit;
  }

  computeHash(): number {
    this.hashCode = hash(this.explicit);
    return this.hashCode;
  }
}
