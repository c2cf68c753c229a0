import type { Cluster } from './cluster.ts';
import type { ClusterState, FullServerState, WrittenState } from './cluster-state.ts';
import { entriesUpTo } from './log-tree.ts';
import { indexesOf, votesOf } from './observation.ts';
import { lastNode, type ServerState, type Written } from './state.ts';

/** A copy of the whole state of a cluster. O(size of all logs). */
export function borderOf(cluster: Cluster, position: number): ClusterState {
  return {
    position,
    servers: Object.fromEntries(cluster.servers.map((server) => [server.name, copyOf(cluster, server)])),
    lost: cluster.servers.flatMap(({ lost }) => [...lost]),
  };
}

function copyOf(cluster: Cluster, server: ServerState): FullServerState {
  const { currentTerm, votedFor, role, commitIndex } = server;
  return {
    currentTerm,
    votedFor,
    role,
    commitIndex,
    votesGranted: votesOf(cluster, server),
    nextIndex: indexesOf(cluster, server, server.nextIndex),
    matchIndex: indexesOf(cluster, server, server.matchIndex),
    log: entriesUpTo(lastNode(server)),
    disk: writtenState(server.disk),
    pending: server.pending.map((write) => ({
      write: writtenState(write),
      promised: [...(write.promised ?? [])],
    })),
  };
}

function writtenState({ currentTerm, votedFor, tip }: Written): WrittenState {
  return { currentTerm, votedFor, log: entriesUpTo(tip) };
}
