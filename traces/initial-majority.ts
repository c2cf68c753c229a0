import { mayHold } from './initial-logs.ts';
import { mayHaveVoted } from './initial-votes.ts';
import type { InitialState, Server, Term } from './trace-format.ts';

/** Who counts, and what is told of whom: a server of which nothing is told may be in any state. */
export interface Electorate {
  readonly voters: readonly Server[];
  readonly told: ReadonlyMap<Server, InitialState>;
}

/**
 * The rules for what takes a majority of the voters: they hold between the states of one moment. They speak only of what is
 * given.
 *
 * @returns the first that is broken
 */
export function faultOfMajority(
  server: Server,
  state: InitialState,
  electorate: Electorate,
): string | undefined {
  return (
    faultOfElection(server, state, electorate) ??
    faultOfEntry(state, electorate) ??
    faultOfCommit(state, electorate)
  );
}

/** A leader has the votes of a majority, and votes stay (DurableVoteStays, TermMonotone). */
function faultOfElection(
  server: Server,
  { role, currentTerm }: InitialState,
  electorate: Electorate,
): string | undefined {
  if (role !== 'leader' || currentTerm === undefined) return undefined;
  const missing = nonVoters(server, currentTerm, electorate);
  if (isMinority(missing, electorate)) return undefined;
  return `it leads term ${currentTerm} without a majority: ${reasons(missing, currentTerm, electorate)}`;
}

/** Where there is an entry of a term there was a leader of that term. */
function faultOfEntry({ log }: InitialState, electorate: Electorate): string | undefined {
  const term = log.at(-1)?.term;
  if (term === undefined) return undefined;
  const { voters } = electorate;
  const mayHaveWon = (server: Server) => {
    const missing = nonVoters(server, term, electorate);
    return !missing.includes(server) && isMinority(missing, electorate);
  };
  if (voters.some(mayHaveWon)) return undefined;
  return `the log has an entry of term ${term}, which can have no leader: ${reasons(voters, term, electorate)}`;
}

/** CommittedIsDurableOnQuorum. */
function faultOfCommit({ log, commitIndex = 0 }: InitialState, electorate: Electorate): string | undefined {
  const missing = electorate.voters.filter((voter) => {
    const told = electorate.told.get(voter);
    return told !== undefined && !mayHold(told.log, log, commitIndex);
  });
  if (isMinority(missing, electorate)) return undefined;
  return `it has committed index ${commitIndex}, which a majority does not hold: not ${missing.join(', ')}`;
}

/** Those who cannot have voted for the server in this term. */
function nonVoters(server: Server, term: Term, { voters, told }: Electorate): readonly Server[] {
  return voters.filter((voter) => !mayHaveVoted(told.get(voter), server, term));
}

/** Whether the others are a majority. */
function isMinority(servers: readonly Server[], { voters }: Electorate): boolean {
  return 2 * servers.length < voters.length;
}

/** Where those are who are not beyond this term, and whom they voted for in it. */
function reasons(servers: readonly Server[], term: Term, { told }: Electorate): string {
  const parts: string[] = [];
  for (const server of servers) {
    const { currentTerm = Number.POSITIVE_INFINITY, votedFor } = told.get(server) ?? {};
    if (currentTerm < term) parts.push(`${server} is in term ${currentTerm}`);
    else if (currentTerm === term && votedFor !== undefined)
      parts.push(`${server} voted for ${votedFor ?? 'nobody'} in term ${term}`);
  }
  return parts.join(', ');
}
