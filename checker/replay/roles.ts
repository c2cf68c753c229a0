import type { Index } from '../../traces/trace-format.ts';
import type { Cluster } from './cluster.ts';
import { type ServerState, VARIABLE_BITS } from './state.ts';

const { role: ROLE, commitIndex: COMMIT } = VARIABLE_BITS;
const { votesGranted: VOTES, nextIndex: NEXT, matchIndex: MATCH } = VARIABLE_BITS;

/** `StepDownIf` in Election.tla, where its condition holds. */
export function becomeFollower(cluster: Cluster, server: ServerState): void {
  if (server.role === 'follower') return;
  server.role = 'follower';
  cluster.changed |= ROLE;
}

/** `ForgetVotesIf` in Election.tla, where its condition holds. */
export function forgetVotes(cluster: Cluster, server: ServerState): void {
  const { votesGranted } = server;
  for (let peer = 0; peer < votesGranted.length; peer += 1) {
    if (votesGranted[peer] === false) continue;
    votesGranted[peer] = false;
    cluster.changed |= VOTES;
  }
}

/** `ForgetFollowersIf` in Election.tla, where its condition holds. */
export function forgetFollowers(cluster: Cluster, server: ServerState): void {
  setFollowers(cluster, server, 1);
}

/** Gives every peer this nextIndex, and matchIndex 0. */
export function setFollowers(cluster: Cluster, server: ServerState, next: Index): void {
  const { nextIndex, matchIndex } = server;
  for (let peer = 0; peer < nextIndex.length; peer += 1) {
    if (peer === server.number) continue;
    if (nextIndex[peer] !== next) {
      nextIndex[peer] = next;
      // `NextIndexBefore` in RaftTrace.tla: what is hidden may have been that already.
      if (matchIndex[peer] !== 0 || !server.hiddenNextIndex.has(peer)) cluster.changed |= NEXT;
    }
    if (matchIndex[peer] !== 0) {
      matchIndex[peer] = 0;
      cluster.changed |= MATCH;
    }
  }
}

/** Gives commitIndex its new value. */
export function setCommitIndex(cluster: Cluster, server: ServerState, index: Index): void {
  if (index === server.commitIndex) return;
  server.commitIndex = index;
  cluster.changed |= COMMIT;
}
