import { hidesNextIndex } from '../../traces/hidden-next-index.ts';
import type { ServerTraceEvent } from '../../traces/trace-format.ts';
import type { Cluster } from './cluster.ts';
import type { ServerState } from './state.ts';

/** `LearnNextIndex` in RaftTrace.tla: what the event gives whole is what was hidden, where it can be. */
export function learnNextIndex(cluster: Cluster, server: ServerState, event: ServerTraceEvent): void {
  const told = event.state?.nextIndex;
  if (told === undefined || hidesNextIndex(event)) return;
  for (const peer of server.hiddenNextIndex) {
    const next = told[cluster.servers[peer]?.name ?? ''];
    const [match = 0, most = 1] = [server.matchIndex[peer], server.nextIndex[peer]];
    if (next !== undefined && next > match && next <= most) server.nextIndex[peer] = next;
  }
}

/** `Hide` in RaftTrace.tla, after the event. */
export function hideNextIndex(cluster: Cluster, server: ServerState, event: ServerTraceEvent): void {
  const isLeader = server.role === 'leader';
  if (hidesNextIndex(event) && isLeader) {
    const moved = movedPeer(server, event);
    if (moved !== undefined) server.hiddenNextIndex.add(cluster.server(moved).number);
  } else if (!isLeader || event.state?.nextIndex !== undefined) server.hiddenNextIndex.clear();
}

/** `MovesNextIndexOf` in RaftTrace.tla, for a server that still leads its term. */
function movedPeer(server: ServerState, event: ServerTraceEvent): string | undefined {
  if (event.action === 'AppendEntries') return event.sends[0].to;
  if (event.action !== 'HandleAppendEntriesResponse') return undefined;
  return event.message.term === server.currentTerm ? event.message.from : undefined;
}
