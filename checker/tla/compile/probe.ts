import { EvaluationError } from '../values/evaluation-error.ts';
import type { Value } from '../values/value.ts';
import type { Account, EmittedAccount } from './account.ts';
import type { Host } from './host.ts';
import type { ConditionSite } from './unit.ts';

/** A condition that an action met, with what it saw. */
export interface MetCondition {
  readonly site: ConditionSite;
  readonly holds: boolean;
  /** The values of the site's parts; undefined where they cannot be computed. */
  readonly values: readonly (Value | undefined)[];
  /** How many conditions hold before it on the way that it stands on. */
  readonly depth: number;
  /** Why it is true or false, if its parts have anything to say about that. */
  readonly account: Account | undefined;
  /** The values of the site's operands; undefined where they were not needed. */
  readonly operands: readonly (Value | undefined)[];
}

/** The condition of an IF or CASE that was evaluated. */
export interface MetChoice {
  readonly site: ConditionSite;
  readonly holds: boolean;
  /** Why it is true or false, if that can be told. */
  account(): Account | undefined;
}

/** Who is told what happens while an action is evaluated. */
export interface Probe {
  met?(condition: MetCondition): void;
  /** @returns whether the condition is to count as true: what would follow from the other value can be seen so */
  chose?(choice: MetChoice): boolean;
}

/** Tells a probe what happens while code of a unit runs. */
export function probing(host: Host, sites: readonly ConditionSite[], probe: Probe, run: () => void): void {
  const accountOf = (make: (() => EmittedAccount) | undefined): Account | undefined =>
    make === undefined ? undefined : withSites(make(), sites);
  host.listening(
    ({ site: index, parts, account, operands, holds, depth }) => {
      const site = sites[index];
      if (site === undefined) return;
      probe.met?.({
        ...{ site, holds, depth },
        values: parts.map(attempt),
        account: accountOf(account),
        operands: operands.map(attempt),
      });
    },
    (index, holds, account) => {
      const site = sites[index];
      if (site === undefined || probe.chose === undefined) return holds;
      return probe.chose({ site, holds, account: () => accountOf(account) });
    },
    run,
  );
}

/** An account of a unit's code. */
export function withSites(emitted: EmittedAccount, sites: readonly ConditionSite[]): Account {
  const site = sites[emitted.site];
  if (site === undefined) throw new RangeError('an account without a site');
  return {
    site,
    form: emitted.form,
    holds: emitted.holds,
    values: () => emitted.parts.map(attempt),
    *inner() {
      for (const each of emitted.inner()) yield withSites(each, sites);
    },
  };
}

/** A value for people: what cannot be computed is left out, as the account would be too long with every reason. */
export function attempt(compute: () => Value): Value | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof EvaluationError) return undefined;
    throw error;
  }
}
