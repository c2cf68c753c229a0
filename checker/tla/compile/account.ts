import type { Value } from '../values/value.ts';
import type { ConditionSite } from './unit.ts';

/**
 * How the value of a formula comes from those of its parts:
 * - `all`, `any`: a conjunction or \A, a disjunction or \E
 * - `not`, `implies`: of one formula, of two
 * - `choice`: IF or CASE: the conditions that were looked at, in order, and then the arm that was chosen
 * - `call`: an operator, whose body it is
 * - `inside`: a LET or a name that only stands for something
 * - `plain`: it has no parts that are formulas
 */
export type AccountForm = 'all' | 'any' | 'not' | 'implies' | 'choice' | 'call' | 'inside' | 'plain';

/** A formula as it was evaluated: its value, and its parts, which are looked at when they are asked for. */
export interface Account {
  readonly site: ConditionSite;
  readonly form: AccountForm;
  holds(): boolean;
  /** The values of the site's parts; undefined where they cannot be computed. */
  values(): readonly (Value | undefined)[];
  inner(): Iterable<Account>;
}

/** An account as compiled code makes it: the site is a number of its unit. */
export interface EmittedAccount {
  readonly site: number;
  readonly form: AccountForm;
  readonly holds: () => boolean;
  readonly parts: readonly (() => Value)[];
  readonly inner: () => Iterable<EmittedAccount>;
}
