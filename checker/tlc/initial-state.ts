import type { Header, InitialState, Server } from '../../traces/trace-format.ts';
import type { ClusterState, FullServerState } from '../replay/cluster-state.ts';

/** The state that a recording in mid-life starts from; undefined if it starts as Raft does. */
export function initialState(header: Header): ClusterState | undefined {
  const { initial, servers } = header;
  if (initial === undefined) return undefined;
  return {
    position: 0,
    servers: Object.fromEntries(
      servers.map((server) => [server, initialServer(initial[server], servers, server)]),
    ),
    lost: [],
  };
}

/** What is not told has its initial value; what is told is taken as durable. */
function initialServer(
  told: InitialState | undefined,
  servers: readonly Server[],
  server: Server,
): FullServerState {
  const forPeers = (index: number) =>
    Object.fromEntries(servers.filter((peer) => peer !== server).map((peer) => [peer, index]));
  const state = {
    currentTerm: 0,
    votedFor: null,
    role: 'follower',
    commitIndex: 0,
    votesGranted: [],
    log: [],
    ...told,
    nextIndex: { ...forPeers(1), ...told?.nextIndex },
    matchIndex: { ...forPeers(0), ...told?.matchIndex },
  } as const;
  const { currentTerm, votedFor, log } = state;
  return { ...state, disk: { currentTerm, votedFor, log }, pending: [] };
}
