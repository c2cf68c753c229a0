import type { RecordedEvent } from '../../traces/recording.ts';
import type {
  BecomeLeaderEvent,
  HandleRequestVoteRequestEvent,
  HandleRequestVoteResponseEvent,
  Message,
  RequestVoteEvent,
  RequestVoteRequest,
  TimeoutEvent,
} from '../../traces/trace-format.ts';
import type { Cluster } from './cluster.ts';
import { countVoters, isQuorum } from './configuration.ts';
import { isMessage } from './network.ts';
import { handOverWrite, ownVoteIsDurable, setTermAndVote } from './persistence.ts';
import { becomeFollower, forgetFollowers, forgetVotes, setFollowers } from './roles.ts';
import { lastIndex, lastNode, type ServerState, VARIABLE_BITS } from './state.ts';
import { createsOther, roleForbids, type Violation } from './violation.ts';

const { role: ROLE, votesGranted: VOTES } = VARIABLE_BITS;

/** `Timeout`: a new term, and a vote for oneself (section 5.2). */
export function timeout(cluster: Cluster, server: ServerState, event: TimeoutEvent): Violation | undefined {
  if (server.role === 'leader') return roleForbids(server, 'Timeout', 'Timeout.guard.role', 'follower');
  if (!server.isVoter) {
    return { code: 'RC2002', conjunct: 'Timeout.guard.voter', message: `${server.name} is no voter` };
  }
  setTermAndVote(cluster, server, server.currentTerm + 1, server.name);
  if (server.role !== 'candidate') {
    server.role = 'candidate';
    cluster.changed |= ROLE;
  }
  forgetVotes(cluster, server);
  handOverWrite(cluster, server, event.seq, undefined);
  return undefined;
}

/** `RequestVote`: the request promises the candidate's own vote, so it waits for that. */
export function requestVote(
  cluster: Cluster,
  server: ServerState,
  event: RequestVoteEvent,
): Violation | undefined {
  if (server.role !== 'candidate') {
    return roleForbids(server, 'RequestVote', 'RequestVote.guard.role', 'candidate');
  }
  const request = event.sends[0];
  const violation =
    isToPeer(server, request, 'RequestVote.guard.peer') ?? isRequestVoteRequest(server, request);
  if (violation !== undefined) return violation;
  handOverWrite(cluster, server, event.seq, request);
  return undefined;
}

/** Whether a message goes from this server to another one. */
export function isToPeer(
  server: ServerState,
  message: Message,
  conjunct: 'RequestVote.guard.peer' | 'AppendEntries.guard.peer',
): Violation | undefined {
  if (message.to !== server.name) return undefined;
  return { code: 'RC2003', conjunct, message: `${server.name} sends to itself`, variable: 'sends[0].to' };
}

function isRequestVoteRequest(server: ServerState, request: RequestVoteRequest): Violation | undefined {
  const { from, term, lastLogIndex, lastLogTerm } = request;
  if (from !== server.name) {
    return createsOther('RequestVote.sends.from', request, 'from', server.name, from);
  }
  if (term !== server.currentTerm) {
    return createsOther('RequestVote.sends.term', request, 'term', server.currentTerm, term);
  }
  if (lastLogIndex !== lastIndex(server)) {
    const label = 'RequestVote.sends.lastLogIndex';
    return createsOther(label, request, 'lastLogIndex', lastIndex(server), lastLogIndex);
  }
  const lastTerm = lastNode(server).term;
  if (lastLogTerm === lastTerm) return undefined;
  return createsOther('RequestVote.sends.lastLogTerm', request, 'lastLogTerm', lastTerm, lastLogTerm);
}

/** `IsUpToDate`: "the voter denies its vote if its own log is more up-to-date" (section 5.4.1). */
function isUpToDate(server: ServerState, { lastLogTerm, lastLogIndex }: RequestVoteRequest): boolean {
  const ownTerm = lastNode(server).term;
  return lastLogTerm > ownTerm || (lastLogTerm === ownTerm && lastLogIndex >= lastIndex(server));
}

/** `GrantsVote` (Figure 2, RequestVote RPC). */
function grantsVote(server: ServerState, request: RequestVoteRequest): boolean {
  const { term, from } = request;
  if (term < server.currentTerm) return false;
  const voteIsFree = term > server.currentTerm || server.votedFor === null || server.votedFor === from;
  return voteIsFree && isUpToDate(server, request);
}

/** What a server forgets when it sees a newer term (section 5.1). */
export function stepDown(cluster: Cluster, server: ServerState): void {
  becomeFollower(cluster, server);
  forgetVotes(cluster, server);
  forgetFollowers(cluster, server);
}

/** `HandleRequestVoteRequest`: a granted vote is a promise; a refusal is none. */
export function handleRequestVoteRequest(
  cluster: Cluster,
  server: ServerState,
  event: HandleRequestVoteRequestEvent,
  origin: RecordedEvent['origin'],
): Violation | undefined {
  const { message } = event;
  const undeliverable = isMessage(cluster, server, message, origin);
  if (undeliverable !== undefined) return undeliverable;
  const grants = grantsVote(server, message);
  const isNewer = message.term > server.currentTerm;
  const term = isNewer ? message.term : server.currentTerm;
  const response = event.sends[0];
  if (response.from !== server.name) {
    return createsOther('HandleRequestVoteRequest.sends.from', response, 'from', server.name, response.from);
  }
  if (response.to !== message.from) {
    return createsOther('HandleRequestVoteRequest.sends.to', response, 'to', message.from, response.to);
  }
  if (response.term !== term) {
    return createsOther('HandleRequestVoteRequest.sends.term', response, 'term', term, response.term);
  }
  if (response.voteGranted !== grants) {
    const label = 'HandleRequestVoteRequest.sends.voteGranted';
    return {
      ...createsOther(label, response, 'voteGranted', grants, response.voteGranted),
      allowed: whyNoVote(server, message),
    };
  }
  setTermAndVote(cluster, server, term, grants ? message.from : isNewer ? null : server.votedFor);
  if (isNewer) stepDown(cluster, server);
  handOverWrite(cluster, server, event.seq, grants ? response : undefined);
  return undefined;
}

function whyNoVote(server: ServerState, message: RequestVoteRequest): string {
  if (message.term < server.currentTerm) {
    return `to refuse: the request is of term ${message.term}, the server in term ${server.currentTerm}`;
  }
  if (!isUpToDate(server, message)) {
    return `to refuse: the voter's log ends at ${lastIndex(server)} in term ${lastNode(server).term}, the candidate's at ${message.lastLogIndex} in term ${message.lastLogTerm}`;
  }
  if (message.term === server.currentTerm && server.votedFor !== null && server.votedFor !== message.from) {
    return `to refuse: ${server.votedFor} has the vote of term ${server.currentTerm}`;
  }
  return 'to grant: the term is not stale, the vote is free and the log is up to date';
}

/** `HandleRequestVoteResponse`: votes are a set, and count only in the election that they were asked for. */
export function handleRequestVoteResponse(
  cluster: Cluster,
  server: ServerState,
  event: HandleRequestVoteResponseEvent,
  origin: RecordedEvent['origin'],
): Violation | undefined {
  const { message } = event;
  const undeliverable = isMessage(cluster, server, message, origin);
  if (undeliverable !== undefined) return undeliverable;
  if (message.term > server.currentTerm) {
    setTermAndVote(cluster, server, message.term, null);
    stepDown(cluster, server);
    handOverWrite(cluster, server, event.seq, undefined);
  } else if (message.voteGranted && message.term === server.currentTerm && server.role === 'candidate') {
    const voter = cluster.server(message.from).number;
    if (server.votesGranted[voter] !== true) {
      server.votesGranted[voter] = true;
      cluster.changed |= VOTES;
    }
  }
  return undefined;
}

/** `BecomeLeader`: votes from a majority, the own one included, which must be durable as theirs are (section 5.2). */
export function becomeLeader(
  cluster: Cluster,
  server: ServerState,
  _event: BecomeLeaderEvent,
): Violation | undefined {
  if (server.role !== 'candidate') {
    return roleForbids(server, 'BecomeLeader', 'BecomeLeader.guard.role', 'candidate');
  }
  if (!ownVoteIsDurable(server)) {
    return {
      code: 'RC2005',
      conjunct: 'BecomeLeader.guard.ownVote',
      message: `${server.name} wins term ${server.currentTerm} while its vote for itself is not durable`,
      allowed: 'to win after the Persist that completes the write of its vote',
    };
  }
  const hasVoteOf = (voter: ServerState) => voter === server || server.votesGranted[voter.number] === true;
  if (!isQuorum(cluster, hasVoteOf)) {
    const votes = countVoters(cluster, hasVoteOf);
    return {
      code: 'RC2006',
      conjunct: 'BecomeLeader.guard.quorum',
      message: `${server.name} wins term ${server.currentTerm} with ${votes} of ${cluster.voters.length} votes`,
      variable: 'votesGranted',
      recorded: cluster.servers.filter(hasVoteOf).map(({ name }) => name),
      allowed: `to win with the votes of ${Math.floor(cluster.voters.length / 2) + 1} voters`,
    };
  }
  server.role = 'leader';
  cluster.changed |= ROLE;
  forgetVotes(cluster, server);
  setFollowers(cluster, server, lastIndex(server) + 1);
  cluster.history.elected(server);
  return undefined;
}
