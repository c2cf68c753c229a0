import type { InitialState, Server, Term } from './trace-format.ts';

/** Whether this server may have voted for the candidate in this term; of one of which nothing is told that is unknown. */
export function mayHaveVoted(voter: InitialState | undefined, candidate: Server, term: Term): boolean {
  if (voter?.currentTerm === undefined || voter.currentTerm > term) return true;
  if (voter.currentTerm < term) return false;
  return voter.votedFor === undefined || voter.votedFor === candidate;
}
