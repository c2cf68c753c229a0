import type { Entry } from './trace-format.ts';

type Log = readonly Entry[];

/** The first index at which both logs have an entry, and certainly not the same one. */
export function firstDifference(one: Log, other: Log): number | undefined {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) {
    const [entry, rival] = [one[at], other[at]];
    if (entry !== undefined && rival !== undefined && !mayBeSame(entry, rival)) return at + 1;
  }
  return undefined;
}

/** Whether a log has what another one holds up to an index, as far as that can be told. */
export function mayHold(log: Log, other: Log, index: number): boolean {
  return log.length >= index && (firstDifference(log, other) ?? Number.POSITIVE_INFINITY) > index;
}

/** The index of the last entry of this term. */
export function lastIndexOfTerm(log: Log, term: number): number | undefined {
  const at = log.findLastIndex((entry) => entry.term === term);
  return at < 0 ? undefined : at + 1;
}

/** What stands behind a hash only its recorder knows, so it says nothing about an entry that is given otherwise. */
function mayBeSame(one: Entry, other: Entry): boolean {
  if (one.term !== other.term) return false;
  if ('hash' in one || 'hash' in other) {
    return !('hash' in one && 'hash' in other) || one.hash === other.hash;
  }
  if ('command' in one && 'command' in other) return one.command === other.command;
  return 'noop' in one && 'noop' in other;
}
