import type {
  Entry,
  Header,
  InitialState,
  Message,
  ObservedState,
  Server,
} from '../../traces/trace-format.ts';

/** What storage holds, or is asked to hold: `Written` in Persistence.tla. */
export interface BorderWrite {
  readonly currentTerm: number;
  readonly votedFor: Server | null;
  readonly log: readonly Entry[];
}

/** All variables of one server, what a crash would keep included. */
export interface BorderServer extends ObservedState {
  readonly log: readonly Entry[];
  readonly disk: BorderWrite;
  /** Oldest first. */
  readonly pending: readonly { readonly write: BorderWrite; readonly promised: readonly Message[] }[];
}

/**
 * The state of all servers between two events: where a chunk ends and the next one starts. Nobody needs to trust it,
 * for TLC demands that the chunk before ends in it. What is in flight there follows from the recording itself.
 */
export interface Border {
  /** How many events of the recording lie before it: the position of the next one. */
  readonly position: number;
  readonly servers: Readonly<Record<Server, BorderServer>>;
}

/** The state that a recording in mid-life starts from; undefined if it starts as Raft does. */
export function initialBorder(header: Header): Border | undefined {
  const { initial, servers } = header;
  if (initial === undefined) return undefined;
  return {
    position: 0,
    servers: Object.fromEntries(
      servers.map((server) => [server, initialServer(initial[server], servers, server)]),
    ),
  };
}

/** What is not told has its initial value; what is told is taken as durable. */
function initialServer(
  told: InitialState | undefined,
  servers: readonly Server[],
  server: Server,
): BorderServer {
  const forPeers = (index: number) =>
    Object.fromEntries(servers.filter((peer) => peer !== server).map((peer) => [peer, index]));
  const state = {
    currentTerm: 0,
    votedFor: null,
    role: 'follower',
    commitIndex: 0,
    votesGranted: [],
    nextIndex: forPeers(1),
    matchIndex: forPeers(0),
    log: [],
    ...told,
  } as const;
  const { currentTerm, votedFor, log } = state;
  return { ...state, disk: { currentTerm, votedFor, log }, pending: [] };
}
