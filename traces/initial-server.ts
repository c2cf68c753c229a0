import type { InitialState, Server } from './trace-format.ts';

/**
 * The rules for the state of one server: each holds in every state of Raft.tla, and speaks only of what is given.
 *
 * @returns the first that is broken
 */
export function faultOfServer(
  server: Server,
  state: InitialState,
  voters: readonly Server[],
): string | undefined {
  return (
    faultOfLog(state) ??
    faultOfRole(state) ??
    faultOfPeers(state) ??
    faultOfTerm(state) ??
    faultOfCandidacy(server, state, voters) ??
    faultOfVote(state, voters)
  );
}

/** CommitIndexInLog, LogTermsMonotone, LogTermsSeen; and terms begin with 1. */
function faultOfLog({ log, commitIndex = 0, currentTerm }: InitialState): string | undefined {
  if (commitIndex > log.length) return `commitIndex is ${commitIndex}, and the log has ${log.length} entries`;
  if (log[0]?.term === 0) return 'the entry at index 1 is of term 0, and terms begin with 1';
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

/** MatchIndexBelowNextIndex; and a leader sends nothing that it has not. */
function faultOfPeers({ log, nextIndex = {}, matchIndex = {} }: InitialState): string | undefined {
  const entries = `the log has ${log.length} entries`;
  for (const [peer, matched] of Object.entries(matchIndex)) {
    if (matched > log.length) return `matchIndex of ${peer} is ${matched}, and ${entries}`;
    const next = nextIndex[peer];
    if (next !== undefined && matched >= next)
      return `matchIndex of ${peer} is ${matched}, and nextIndex no more than ${next}`;
  }
  for (const [peer, next] of Object.entries(nextIndex)) {
    if (next > log.length + 1) return `nextIndex of ${peer} is ${next}, and ${entries}`;
  }
  return undefined;
}

/** The first election is that of term 1. */
function faultOfTerm({ currentTerm, role = 'follower', votedFor = null }: InitialState): string | undefined {
  if (currentTerm !== 0) return undefined;
  if (role !== 'follower') return `a ${role} is in term 0, and the first election is that of term 1`;
  if (votedFor !== null)
    return `it voted for ${votedFor} in term 0, and the first election is that of term 1`;
  return undefined;
}

/** A voter becomes a candidate with a vote for itself, before its term has a leader whose entries it could have. */
function faultOfCandidacy(
  server: Server,
  { role = 'follower', votedFor, currentTerm, log }: InitialState,
  voters: readonly Server[],
): string | undefined {
  if (role === 'follower') return undefined;
  if (!voters.includes(server)) return `a ${role} is none of the voters ${voters.join(', ')}`;
  if (votedFor === null) return `a ${role} has voted for nobody, not even itself`;
  if (votedFor !== undefined && votedFor !== server)
    return `a ${role} has voted for ${votedFor}, not for itself`;
  if (role === 'candidate' && currentTerm !== undefined && log.at(-1)?.term === currentTerm)
    return `a candidate of term ${currentTerm} has an entry of that term`;
  return undefined;
}

/** Only voters become candidates. */
function faultOfVote({ votedFor = null }: InitialState, voters: readonly Server[]): string | undefined {
  if (votedFor === null || voters.includes(votedFor)) return undefined;
  return `it voted for ${votedFor}, which is none of the voters ${voters.join(', ')}`;
}
