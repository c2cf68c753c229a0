import type { Cluster } from './cluster.ts';
import type { ServerState } from './state.ts';

/** A majority of the voters, whoever else is counted: `IsQuorum` in Configuration.tla. */
export function isQuorum(cluster: Cluster, counts: (voter: ServerState) => boolean): boolean {
  return 2 * countVoters(cluster, counts) > cluster.voters.length;
}

/** How many voters are counted. */
export function countVoters(cluster: Cluster, counts: (voter: ServerState) => boolean): number {
  let count = 0;
  for (const voter of cluster.voters) if (counts(voter)) count += 1;
  return count;
}
