import { lastIndexOfTerm, mayHold } from './initial-logs.ts';
import type { Told } from './initial-pair.ts';
import { mayHaveVoted } from './initial-votes.ts';

/**
 * The rules for what the second server cannot be while the first is what it is: they hold between the states of one moment. They speak
 * only of what is given.
 *
 * @returns the first that is broken
 */
export function faultBeside(one: Told, other: Told): string | undefined {
  return (
    faultOfVotes(one, other) ??
    faultOfLeaderLog(one, other) ??
    faultOfMatch(one, other) ??
    faultOfLateLeader(one, other)
  );
}

/** GrantedVoteIsDurable. */
function faultOfVotes([server, state]: Told, [peer, voter]: Told): string | undefined {
  const { currentTerm, votesGranted = [] } = state;
  if (currentTerm === undefined || !votesGranted.includes(peer)) return undefined;
  if (mayHaveVoted(voter, server, currentTerm)) return undefined;
  return `${server} has the vote of ${peer} in term ${currentTerm}, which ${peer} has not given`;
}

/** LeaderAppendOnly: what is of its term was a leader's first, and is still. */
function faultOfLeaderLog([server, leader]: Told, [peer, { log }]: Told): string | undefined {
  const { role, currentTerm } = leader;
  if (role !== 'leader' || currentTerm === undefined) return undefined;
  const index = lastIndexOfTerm(log, currentTerm);
  if (index === undefined || mayHold(leader.log, log, index)) return undefined;
  return `${server} leads term ${currentTerm} without the entry ${index} of that term, which ${peer} has`;
}

/** MatchedIsDurable; and who has answered a leader has seen its term. */
function faultOfMatch([server, leader]: Told, [peer, follower]: Told): string | undefined {
  const index = leader.matchIndex?.[peer] ?? 0;
  const { currentTerm: term } = leader;
  if (index === 0 || term === undefined || follower.currentTerm === undefined) return undefined;
  const matching = `${server} takes ${peer} as matching up to ${index} in term ${term}`;
  if (follower.currentTerm < term) return `${matching}, and ${peer} is in term ${follower.currentTerm}`;
  const mayMatch = follower.currentTerm > term || mayHold(follower.log, leader.log, index);
  return mayMatch ? undefined : `${matching}, and ${peer} does not hold that`;
}

/** LeaderCompleteness: what a server knows was committed in its term or before. */
function faultOfLateLeader([server, state]: Told, [peer, leader]: Told): string | undefined {
  const { log, commitIndex = 0, currentTerm } = state;
  const { role, currentTerm: term } = leader;
  if (role !== 'leader' || term === undefined || currentTerm === undefined) return undefined;
  if (term < currentTerm || mayHold(leader.log, log, commitIndex)) return undefined;
  return `${server} has committed index ${commitIndex} in term ${currentTerm} or before, and ${peer} leads term ${term} without that`;
}
