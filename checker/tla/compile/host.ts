import { EvaluationError } from '../values/evaluation-error.ts';
import type { Value } from '../values/value.ts';
import type { EmittedAccount } from './account.ts';
import { Registers } from './registers.ts';

/** What PrintT and Print act on. */
export interface Effects {
  print(value: Value): void;
}

/** A condition of an action that was evaluated, by code. */
export interface EmittedCondition {
  /** The index of its site. */
  readonly site: number;
  readonly holds: boolean;
  readonly parts: readonly (() => Value)[];
  /** How many conditions hold before it on the way that it stands on. */
  readonly depth: number;
  readonly account: (() => EmittedAccount) | undefined;
  /** Of an assignment, the values from which its value is computed. */
  readonly operands: readonly (() => Value)[];
}

export type ConditionListener = (condition: EmittedCondition) => void;

/** A condition of an IF or CASE that was evaluated: the listener says whether it is to count as true. */
export type ChoiceListener = (
  site: number,
  holds: boolean,
  account: (() => EmittedAccount) | undefined,
) => boolean;

/** Definitions that an action enters and leaves, with the values of their arguments. */
export interface CallListener {
  enter(name: string, values: readonly (readonly [string, () => Value])[]): void;
  leave(): void;
}

const NOBODY: CallListener = { enter: () => {}, leave: () => {} };

/** What all compiled formulas of a spec share: constants, values that are computed once, registers, listeners. */
export class Host {
  readonly #constants: ReadonlyMap<string, Value>;
  readonly #effects: Effects;
  readonly #kept = new Map<string, Value>();
  readonly #registers: Registers;
  #onCondition: ConditionListener = () => {};
  #onChoice: ChoiceListener = (_site, holds) => holds;
  #depth = 0;
  onCall: CallListener = NOBODY;

  constructor(constants: ReadonlyMap<string, Value>, effects: Effects, registers = new Registers()) {
    this.#constants = constants;
    this.#effects = effects;
    this.#registers = registers;
  }

  constant(name: string): Value {
    const value = this.#constants.get(name);
    if (value === undefined) throw new EvaluationError('RC1873', `the constant ${name} has no value`);
    return value;
  }

  once(key: string, compute: () => Value): Value {
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const value = compute();
    this.#kept.set(key, value);
    return value;
  }

  print(value: Value): boolean {
    this.#effects.print(value);
    return true;
  }

  register(key: Value): Value {
    return this.#registers.get(key);
  }

  setRegister(key: Value, value: Value): boolean {
    return this.#registers.set(key, value);
  }

  /** Counts, by the sites of the unit that counts. */
  readonly evaluated: number[] = [];
  readonly held: number[] = [];

  count(site: number, holds: boolean): boolean {
    this.evaluated[site] = (this.evaluated[site] ?? 0) + 1;
    if (holds) this.held[site] = (this.held[site] ?? 0) + 1;
    return holds;
  }

  condition(
    site: number,
    holds: boolean,
    parts: readonly (() => Value)[],
    account: (() => EmittedAccount) | undefined,
    operands: readonly (() => Value)[],
  ): boolean {
    this.#onCondition({ site, holds, parts, depth: this.#depth, account, operands });
    if (holds) this.#depth += 1;
    return holds;
  }

  /** All that comes after a condition that holds was tried. */
  conditionLeft(): void {
    this.#depth -= 1;
  }

  /** Runs something whose conditions and calls are nobody's concern. */
  untold<Result>(run: () => Result): Result {
    const { onCall } = this;
    const [listener, depth] = [this.#onCondition, this.#depth];
    this.#onCondition = () => {};
    this.onCall = NOBODY;
    try {
      return run();
    } finally {
      this.onCall = onCall;
      this.#onCondition = listener;
      this.#depth = depth;
    }
  }

  choice(site: number, holds: boolean, account?: () => EmittedAccount): boolean {
    return this.#onChoice(site, holds, account);
  }

  /** Tells listeners what happens while something runs, and nothing of what is computed later to explain it. */
  listening(onCondition: ConditionListener, onChoice: ChoiceListener, run: () => void): void {
    this.#onCondition = onCondition;
    this.#onChoice = onChoice;
    this.#depth = 0;
    try {
      run();
    } finally {
      this.#onCondition = () => {};
      this.#onChoice = (_site, holds) => holds;
    }
  }

  enter(name: string, values: readonly (readonly [string, () => Value])[]): void {
    this.onCall.enter(name, values);
  }

  leave(): void {
    this.onCall.leave();
  }
}
