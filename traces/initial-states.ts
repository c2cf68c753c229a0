import { TraceError, type TracePlace } from './trace-error.ts';
import type { Entry, InitialState, Server } from './trace-format.ts';

type InitialStates = Readonly<Record<Server, InitialState>>;

/**
 * What a recording assumes of its beginning is never checked by its events, so it must at least be possible. The rules are
 * properties of spec/raft/RaftProperties.tla that speak of one state, as far as they show in what is given.
 *
 * @throws TraceError RC1028 with the rule that is broken
 */
export function checkInitialStates(initial: InitialStates, place: TracePlace): void {
  const states = Object.entries(initial);
  for (const [server, state] of states) {
    const fault = faultOf(state);
    if (fault !== undefined) throw impossible(`${server}: ${fault}`, place);
  }
  for (const [index, [server, state]] of states.entries()) {
    for (const [other, otherState] of states.slice(index + 1)) {
      const fault = faultBetween(state, otherState);
      if (fault !== undefined) throw impossible(`${server} and ${other}: ${fault}`, place);
    }
  }
}

function impossible(fault: string, place: TracePlace): TraceError {
  return new TraceError('RC1028', `no run of Raft leads to the initial state of ${fault}`, place);
}

function faultOf(state: InitialState): string | undefined {
  return faultOfLog(state) ?? faultOfRole(state) ?? faultOfLeader(state);
}

/** CommitIndexInLog, LogTermsMonotone, LogTermsSeen. */
function faultOfLog({ log, commitIndex = 0, currentTerm }: InitialState): string | undefined {
  if (commitIndex > log.length) return `commitIndex is ${commitIndex}, and the log has ${log.length} entries`;
  const falls = log.findIndex(({ term }, index) => term < (log[index - 1]?.term ?? 0));
  if (falls >= 0) return `the entry at index ${falls + 1} has a lower term than the one before it`;
  const last = log.at(-1)?.term ?? 0;
  if (currentTerm !== undefined && last > currentTerm)
    return `the log has an entry of term ${last}, and currentTerm is ${currentTerm}`;
  return undefined;
}

/** TypeOK: what only candidates and leaders have. */
function faultOfRole({
  role,
  votesGranted = [],
  nextIndex = {},
  matchIndex = {},
}: InitialState): string | undefined {
  if (role === undefined) return undefined;
  if (role !== 'candidate' && votesGranted.length > 0) return `a ${role} has votesGranted`;
  if (role === 'leader') return undefined;
  if (Object.values(nextIndex).some((index) => index !== 1)) return `a ${role} has a nextIndex other than 1`;
  if (Object.values(matchIndex).some((index) => index !== 0))
    return `a ${role} has a matchIndex other than 0`;
  return undefined;
}

/** MatchIndexBelowNextIndex. */
function faultOfLeader({ log, nextIndex = {}, matchIndex = {} }: InitialState): string | undefined {
  for (const [peer, matched] of Object.entries(matchIndex)) {
    if (matched > log.length)
      return `matchIndex of ${peer} is ${matched}, and the log has ${log.length} entries`;
    const next = nextIndex[peer];
    if (next !== undefined && matched >= next)
      return `matchIndex of ${peer} is ${matched}, and nextIndex no more than ${next}`;
  }
  return undefined;
}

/** ElectionSafety, LogMatching, StateMachineSafety. */
function faultBetween(one: InitialState, other: InitialState): string | undefined {
  if (one.role === 'leader' && other.role === 'leader' && isSame(one.currentTerm, other.currentTerm))
    return `both are leaders in term ${one.currentTerm}`;
  const parted = partOf(one.log, other.log);
  const length = Math.min(one.log.length, other.log.length);
  for (let index = parted; index < length; index += 1) {
    const term = one.log[index]?.term;
    if (index > parted && term === other.log[index]?.term)
      return `at index ${index + 1} both have an entry of term ${term}, but not at index ${parted + 1}`;
  }
  if (Math.min(one.commitIndex ?? 0, other.commitIndex ?? 0) > parted)
    return `both have committed index ${parted + 1}, in other terms`;
  return undefined;
}

function isSame(one: number | undefined, other: number | undefined): boolean {
  return one !== undefined && one === other;
}

/** How many entries from the start have the same terms. */
function partOf(one: readonly Entry[], other: readonly Entry[]): number {
  const length = Math.min(one.length, other.length);
  for (let index = 0; index < length; index += 1) if (one[index]?.term !== other[index]?.term) return index;
  return length;
}
