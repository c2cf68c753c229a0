import type { RecordedEvent } from '../../traces/recording.ts';
import type {
  AdvanceCommitIndexEvent,
  AppendEntriesEvent,
  AppendEntriesRequest,
  AppendNoOpEvent,
  ClientRequestEvent,
  Entry,
  HandleAppendEntriesRequestEvent,
  HandleAppendEntriesResponseEvent,
  Index,
} from '../../traces/trace-format.ts';
import { isAppendEntriesRequest, isAppendEntriesResponse } from './append-entries-messages.ts';
import type { Cluster } from './cluster.ts';
import { countVoters, isQuorum } from './configuration.ts';
import { isToPeer, stepDown } from './election.ts';
import { isMessage } from './network.ts';
import { sees } from './observation.ts';
import { append, handOverWrite, isDurable, setTermAndVote, truncate } from './persistence.ts';
import { becomeFollower, forgetVotes, setCommitIndex } from './roles.ts';
import { lastIndex, lastNode, nodeAt, type ServerState, VARIABLE_BITS } from './state.ts';
import { roleForbids, type Violation } from './violation.ts';

const { nextIndex: NEXT, matchIndex: MATCH } = VARIABLE_BITS;

/** `ClientRequest`: "the leader appends the command to its log as a new entry" (section 5.3). */
export function clientRequest(
  cluster: Cluster,
  server: ServerState,
  event: ClientRequestEvent,
): Violation | undefined {
  if (server.role !== 'leader') {
    return roleForbids(server, 'ClientRequest', 'ClientRequest.guard.role', 'leader');
  }
  const { args } = event;
  const term = server.currentTerm;
  appendToLog(
    cluster,
    server,
    event.seq,
    'command' in args ? { term, command: args.command } : { term, hash: args.hash },
  );
  return undefined;
}

/** `AppendNoOp`: an entry without a command, so that those of earlier terms commit without waiting (thesis 6.4). */
export function appendNoOp(
  cluster: Cluster,
  server: ServerState,
  event: AppendNoOpEvent,
): Violation | undefined {
  if (server.role !== 'leader') {
    return roleForbids(server, 'AppendNoOp', 'AppendNoOp.guard.role', 'leader');
  }
  appendToLog(cluster, server, event.seq, { term: server.currentTerm, noop: true });
  return undefined;
}

function appendToLog(cluster: Cluster, server: ServerState, seq: number, entry: Entry): void {
  appendEntry(cluster, server, entry);
  handOverWrite(cluster, server, seq, undefined);
}

function appendEntry(cluster: Cluster, server: ServerState, entry: Entry): void {
  const node = cluster.tree.extend(lastNode(server), entry);
  append(cluster, server, node);
  cluster.history.appended(cluster, server, node);
}

/** `NextIndexAfter` in RaftTrace.tla: the recorded choice, or the largest where the event does not tell it. */
function nextIndexAfter(
  cluster: Cluster,
  server: ServerState,
  event: AppendEntriesEvent | HandleAppendEntriesResponseEvent,
  peer: ServerState,
): Index {
  if (!sees(cluster, event, 'nextIndex')) return lastIndex(server) + 1;
  return event.state?.nextIndex?.[peer.name] ?? server.nextIndex[peer.number] ?? 1;
}

/** The guard of both actions that move nextIndex: `NextIndexes` in Replication.tla. */
function moveNextIndex(
  cluster: Cluster,
  server: ServerState,
  peer: ServerState,
  match: Index,
  next: Index,
  conjunct: 'AppendEntries.guard.next' | 'HandleAppendEntriesResponse.guard.next',
): Violation | undefined {
  if (next <= match || next > lastIndex(server) + 1) {
    return {
      code: 'RC2009',
      conjunct,
      message: `nextIndex of ${peer.name} at ${server.name} is ${next}`,
      variable: `nextIndex[${peer.name}]`,
      recorded: next,
      allowed: `${match + 1} to ${lastIndex(server) + 1}: matchIndex is ${match}`,
    };
  }
  if (server.nextIndex[peer.number] !== next) {
    server.nextIndex[peer.number] = next;
    cluster.changed |= NEXT;
  }
  return undefined;
}

/** `AppendEntries`: any contiguous part of the log, from any previous entry; or a heartbeat. */
export function appendEntries(
  cluster: Cluster,
  server: ServerState,
  event: AppendEntriesEvent,
): Violation | undefined {
  const request = event.sends[0];
  if (server.role !== 'leader') {
    return roleForbids(server, 'AppendEntries', 'AppendEntries.guard.role', 'leader');
  }
  const violation =
    isToPeer(server, request, 'AppendEntries.guard.peer') ?? isAppendEntriesRequest(server, request);
  if (violation !== undefined) return violation;
  const peer = cluster.server(request.to);
  const match = server.matchIndex[peer.number] ?? 0;
  const next = nextIndexAfter(cluster, server, event, peer);
  return moveNextIndex(cluster, server, peer, match, next, 'AppendEntries.guard.next');
}

/** `HasPrevious`: whether the log has an entry at prevLogIndex of the term prevLogTerm. */
function hasPrevious(server: ServerState, { prevLogIndex, prevLogTerm }: AppendEntriesRequest): boolean {
  if (prevLogIndex === 0) return true;
  return prevLogIndex <= lastIndex(server) && nodeAt(server, prevLogIndex).term === prevLogTerm;
}

/** `HandleAppendEntriesRequest`: a success promises that the entries are durable; a refusal promises nothing. */
export function handleAppendEntriesRequest(
  cluster: Cluster,
  server: ServerState,
  event: HandleAppendEntriesRequestEvent,
  origin: RecordedEvent['origin'],
): Violation | undefined {
  const { message } = event;
  const undeliverable = isMessage(cluster, server, message, origin);
  if (undeliverable !== undefined) return undeliverable;
  if (origin === 'environment') cluster.history.heardOfLeader(cluster.server(message.from), message);
  const { currentTerm } = server;
  if (server.role === 'leader' && message.term === currentTerm) {
    return {
      code: 'RC2019',
      conjunct: 'HandleAppendEntriesRequest.guard.role',
      message: `${server.name} leads term ${currentTerm}, and ${message.from} sends it AppendEntries of that term${
        origin === 'environment' ? ', which nobody recorded: the fault may lie there' : ''
      }`,
      variable: 'message.term',
      recorded: message.term,
    };
  }
  const accepts = message.term >= currentTerm && hasPrevious(server, message);
  const response = event.sends[0];
  const violation = isAppendEntriesResponse(server, message, response, accepts);
  if (violation !== undefined) return violation;
  if (message.term > currentTerm) {
    setTermAndVote(cluster, server, message.term, null);
    stepDown(cluster, server);
  } else if (message.term === currentTerm) {
    becomeFollower(cluster, server);
    forgetVotes(cluster, server);
  }
  if (accepts) takeEntries(cluster, server, message);
  if (accepts && origin === 'environment') cluster.history.showedItsLog(server, message);
  handOverWrite(cluster, server, event.seq, accepts ? response : undefined);
  if (accepts) learnCommit(cluster, server, message);
  return undefined;
}

/**
 * `TakeEntries`: "if an existing entry conflicts with a new one, delete the existing entry and all that follow it;
 * append any new entries not already in the log" (Figure 2). Without a conflict nothing is deleted.
 */
function takeEntries(
  cluster: Cluster,
  server: ServerState,
  { prevLogIndex, entries }: AppendEntriesRequest,
): void {
  let index = prevLogIndex;
  for (const entry of entries) {
    index += 1;
    if (index <= lastIndex(server)) {
      if (nodeAt(server, index).term === entry.term) continue;
      cluster.history.truncates(server, index - 1);
      truncate(cluster, server, index - 1);
    }
    appendEntry(cluster, server, entry);
  }
}

/** `CommitIndexAfter`: beyond the last entry of the request nothing is known to match (Figure 2). */
function learnCommit(cluster: Cluster, server: ServerState, message: AppendEntriesRequest): void {
  const known = Math.min(message.leaderCommit, message.prevLogIndex + message.entries.length);
  if (known <= server.commitIndex) return;
  setCommitIndex(cluster, server, known);
  cluster.history.learnedCommit(server, message.term);
}

/** `HandleAppendEntriesResponse`: within the leadership matchIndex never goes back. */
export function handleAppendEntriesResponse(
  cluster: Cluster,
  server: ServerState,
  event: HandleAppendEntriesResponseEvent,
  origin: RecordedEvent['origin'],
): Violation | undefined {
  const { message } = event;
  const undeliverable = isMessage(cluster, server, message, origin);
  if (undeliverable !== undefined) return undeliverable;
  if (message.term > server.currentTerm) {
    setTermAndVote(cluster, server, message.term, null);
    stepDown(cluster, server);
    handOverWrite(cluster, server, event.seq, undefined);
    return undefined;
  }
  if (server.role !== 'leader' || message.term !== server.currentTerm) return undefined;
  const peer = cluster.server(message.from);
  const before = server.matchIndex[peer.number] ?? 0;
  const match = message.success ? Math.max(before, message.matchIndex) : before;
  const next = nextIndexAfter(cluster, server, event, peer);
  const violation =
    matchesItsLog(server, peer, match) ??
    neverGoesBack(cluster, server, event, peer) ??
    moveNextIndex(cluster, server, peer, match, next, 'HandleAppendEntriesResponse.guard.next');
  if (violation !== undefined || match === before) return violation;
  server.matchIndex[peer.number] = match;
  cluster.changed |= MATCH;
  cluster.history.matched(server, peer);
  return undefined;
}

function matchesItsLog(server: ServerState, peer: ServerState, match: Index): Violation | undefined {
  const last = lastIndex(server);
  if (match <= last) return undefined;
  return {
    code: 'RC2030',
    conjunct: 'HandleAppendEntriesResponse.guard.match',
    message: `${peer.name} says that it matches up to entry ${match}, and the log of ${server.name} ends at ${last}`,
    variable: 'message.matchIndex',
    recorded: match,
    allowed: last === 0 ? '0' : `0 to ${last}`,
  };
}

/**
 * A recorded matchIndex that goes back is the fault, also where the recorded nextIndex went back with it and the spec
 * forbids that first.
 */
function neverGoesBack(
  cluster: Cluster,
  server: ServerState,
  event: HandleAppendEntriesResponseEvent,
  peer: ServerState,
): Violation | undefined {
  const before = server.matchIndex[peer.number] ?? 0;
  const recorded = sees(cluster, event, 'matchIndex') ? event.state?.matchIndex?.[peer.name] : undefined;
  if (recorded === undefined || recorded >= before) return undefined;
  return {
    code: 'RC2026',
    conjunct: 'HandleAppendEntriesResponse.matchIndex',
    message: `matchIndex of ${peer.name} at ${server.name} goes back from ${before} to ${recorded}`,
    variable: `matchIndex[${peer.name}]`,
    recorded,
    allowed: `${before} or more: within a leadership it never goes back`,
  };
}

/** `AdvanceCommitIndex`: only an entry of the current term is committed by counting (section 5.4.2). */
export function advanceCommitIndex(
  cluster: Cluster,
  server: ServerState,
  event: AdvanceCommitIndexEvent,
): Violation | undefined {
  if (server.role !== 'leader') {
    return roleForbids(server, 'AdvanceCommitIndex', 'AdvanceCommitIndex.guard.role', 'leader');
  }
  const { commitIndex, currentTerm } = server;
  const index = event.state?.commitIndex ?? event.args?.commitIndex ?? commitIndex;
  if (index <= commitIndex || index > lastIndex(server)) {
    return {
      code: 'RC2010',
      conjunct: 'AdvanceCommitIndex.guard.range',
      message: `${server.name} advances commitIndex from ${commitIndex} to ${index}`,
      variable: 'commitIndex',
      recorded: index,
      allowed:
        commitIndex < lastIndex(server)
          ? `${commitIndex + 1} to ${lastIndex(server)}`
          : 'nothing: all of the log is committed',
    };
  }
  const { term } = nodeAt(server, index);
  if (term !== currentTerm) {
    return {
      code: 'RC2011',
      conjunct: 'AdvanceCommitIndex.guard.term',
      message: `${server.name} commits entry ${index} of term ${term} by counting replicas, in term ${currentTerm}`,
      variable: `log[${index}].term`,
      expected: currentTerm,
      recorded: term,
    };
  }
  return hasQuorum(cluster, server, index) ?? commitByCounting(cluster, server, index);
}

/** `HoldersOf` and the quorum of them. */
function hasQuorum(cluster: Cluster, server: ServerState, index: Index): Violation | undefined {
  const holdsEntry = (voter: ServerState) =>
    voter === server ? isDurable(server, index) : (server.matchIndex[voter.number] ?? 0) >= index;
  if (isQuorum(cluster, holdsEntry)) return undefined;
  return {
    code: 'RC2012',
    conjunct: 'AdvanceCommitIndex.guard.quorum',
    message: `${server.name} commits entry ${index}, which ${countVoters(cluster, holdsEntry)} of ${cluster.voters.length} voters are known to hold durably`,
    variable: 'commitIndex',
    recorded: index,
    allowed: `to commit what ${Math.floor(cluster.voters.length / 2) + 1} voters hold`,
  };
}

function commitByCounting(cluster: Cluster, server: ServerState, index: Index): undefined {
  setCommitIndex(cluster, server, index);
  cluster.history.advancedCommit(server);
  cluster.history.committed(cluster, server);
  return undefined;
}
