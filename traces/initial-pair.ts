import { firstDifference } from './initial-logs.ts';
import type { InitialState, Server } from './trace-format.ts';

/** A server and what is told of it. */
export type Told = readonly [server: Server, state: InitialState];

/**
 * The rules for the states of two servers of one run, at whatever moments of it they were taken. They speak only of what is given.
 *
 * @returns the first that is broken
 */
export function faultBetween(one: Told, other: Told): string | undefined {
  return (
    faultOfLeaders(one, other) ??
    faultOfLogs(one, other) ??
    faultOfCommits(one, other) ??
    faultOfLateEntry(one, other) ??
    faultOfLateEntry(other, one)
  );
}

/** ElectionSafety. */
function faultOfLeaders([, one]: Told, [, other]: Told): string | undefined {
  const areLeaders = one.role === 'leader' && other.role === 'leader';
  if (!areLeaders || one.currentTerm === undefined || one.currentTerm !== other.currentTerm) return undefined;
  return `both are leaders in term ${one.currentTerm}`;
}

/**
 * LogMatching, and a little more: all entries of a term are from the one log of its leader, at whatever indexes they are. So
 * where two logs have parted they have no term in common.
 */
function faultOfLogs([, one]: Told, [, other]: Told): string | undefined {
  const parting = firstDifference(one.log, other.log);
  if (parting === undefined) return undefined;
  const terms = new Set(one.log.slice(parting - 1).map(({ term }) => term));
  const shared = other.log.slice(parting - 1).find(({ term }) => terms.has(term));
  if (shared === undefined) return undefined;
  return `their entries at index ${parting} differ, and there or behind both have one of term ${shared.term}`;
}

/** StateMachineSafety. */
function faultOfCommits([, one]: Told, [, other]: Told): string | undefined {
  const parting = firstDifference(one.log, other.log);
  const both = Math.min(one.commitIndex ?? 0, other.commitIndex ?? 0);
  if (parting === undefined || parting > both) return undefined;
  return `both have committed index ${parting}, where their entries differ`;
}

/**
 * LeaderCompleteness: what a server knows was committed in its term or before, so the leaders of later terms have it, and with
 * their entries come all before them.
 */
function faultOfLateEntry([server, state]: Told, [peer, { log }]: Told): string | undefined {
  const { commitIndex = 0, currentTerm } = state;
  const parting = firstDifference(state.log, log);
  if (parting === undefined || parting > commitIndex || currentTerm === undefined) return undefined;
  const last = log.at(-1)?.term ?? 0;
  if (last < currentTerm) return undefined;
  return `${server} has committed index ${parting} in term ${currentTerm} or before, and ${peer} has another entry there and one of term ${last}`;
}
