import type { Message, RequestVoteRequest, RequestVoteResponse, Server } from '../../traces/trace-format.ts';
import { isQuorum } from './configuration.ts';
import { noChange, ownVoteIsDurable, update } from './persistence.ts';
import { lastIndex, lastTerm, NO_VOTES, type ServerState, type Write } from './state.ts';
import { perform } from './trace-step.ts';

/** Whether the message is of a term that the server has not seen. */
export function isNewer(state: ServerState, message: Message): boolean {
  return message.term > state.currentTerm;
}

/**
 * "If RPC request or response contains term T > currentTerm: set currentTerm = T, convert to follower" (section
 * 5.1). The vote is forgotten with a newer term, and with nothing else (bug: akka-raft#56, CCF#5891).
 */
export function adoptTerm(state: ServerState, message: Message): Write {
  const change = noChange(state);
  return isNewer(state, message) ? { ...change, currentTerm: message.term, votedFor: null } : change;
}

/** Becomes a follower: what belongs to the other roles is forgotten. */
export function stepDown(state: ServerState): void {
  state.role = 'follower';
  state.votesGranted = NO_VOTES;
  state.nextIndex = state.noNextIndex;
  state.matchIndex = state.noMatchIndex;
}

/** The election timeout elapses: a new term, and a vote for oneself (section 5.2). */
export function timeout(state: ServerState): void {
  perform(
    state,
    () => {
      const change = {
        ...noChange(state),
        currentTerm: state.currentTerm + 1,
        votedFor: state.setup.server,
      };
      state.role = 'candidate';
      state.votesGranted = NO_VOTES;
      return update(state, change);
    },
    (base) => ({ ...base, action: 'Timeout' }),
  );
}

/** A candidate asks a peer for its vote. The request promises the own vote, so it waits for that to be durable. */
export function requestVote(state: ServerState, peer: Server): void {
  const request = requestVoteRequest(state, peer);
  perform(
    state,
    () => update(state, noChange(state), { kind: 'promised', message: request }),
    (base) => ({ ...base, action: 'RequestVote', sends: [request] }),
  );
}

function requestVoteRequest(state: ServerState, peer: Server): RequestVoteRequest {
  return {
    id: state.nextMessageId(),
    type: 'RequestVoteRequest',
    from: state.setup.server,
    to: peer,
    term: state.currentTerm,
    lastLogIndex: lastIndex(state),
    lastLogTerm: lastTerm(state),
  };
}

/** "The voter denies its vote if its own log is more up-to-date" (section 5.4.1): terms first, then lengths. */
export function isUpToDate(state: ServerState, request: RequestVoteRequest): boolean {
  const ownTerm = lastTerm(state);
  return (
    request.lastLogTerm > ownTerm ||
    (request.lastLogTerm === ownTerm && request.lastLogIndex >= lastIndex(state))
  );
}

/** Whether the request gets this server's vote (Figure 2, RequestVote RPC). */
export function grantsVote(state: ServerState, request: RequestVoteRequest): boolean {
  const voteIsFree = isNewer(state, request) || state.votedFor === null || state.votedFor === request.from;
  return request.term >= state.currentTerm && voteIsFree && isUpToDate(state, request);
}

/** A vote that is granted is a promise and waits for durability; a refusal promises nothing. */
export function handleRequestVoteRequest(state: ServerState, request: RequestVoteRequest): void {
  const voteGranted = grantsVote(state, request);
  const response: RequestVoteResponse = {
    id: state.nextMessageId(),
    type: 'RequestVoteResponse',
    from: state.setup.server,
    to: request.from,
    term: Math.max(request.term, state.currentTerm),
    voteGranted,
  };
  perform(
    state,
    () => {
      const adopted = adoptTerm(state, request);
      if (isNewer(state, request)) stepDown(state);
      return update(state, voteGranted ? { ...adopted, votedFor: request.from } : adopted, {
        kind: voteGranted ? 'promised' : 'sent',
        message: response,
      });
    },
    (base) => ({ ...base, action: 'HandleRequestVoteRequest', message: request, sends: [response] }),
  );
}

/** Whether a response is a vote in the election that is going on: not of an earlier one (bug: Xraft#33). */
export function countsVote(state: ServerState, response: RequestVoteResponse): boolean {
  return response.voteGranted && response.term === state.currentTerm && state.role === 'candidate';
}

/** Votes are a set: one that arrives twice counts once (bug: Xraft#27). */
export function handleRequestVoteResponse(state: ServerState, response: RequestVoteResponse): void {
  perform(
    state,
    () => {
      const change = adoptTerm(state, response);
      if (isNewer(state, response)) stepDown(state);
      else if (countsVote(state, response)) {
        state.votesGranted = new Set([...state.votesGranted, response.from]);
      }
      return update(state, change);
    },
    (base) => ({ ...base, action: 'HandleRequestVoteResponse', message: response }),
  );
}

/** "A candidate wins an election if it receives votes from a majority of the servers" (section 5.2). */
export function hasWonElection(state: ServerState): boolean {
  return (
    state.role === 'candidate' &&
    ownVoteIsDurable(state) &&
    isQuorum(new Set([...state.votesGranted, state.setup.server]), state.setup.configuration)
  );
}

/** The candidate that has won becomes leader; it takes every follower's log to be as long as its own. */
export function becomeLeader(state: ServerState): void {
  perform(
    state,
    () => {
      const next = lastIndex(state) + 1;
      state.role = 'leader';
      state.votesGranted = NO_VOTES;
      state.nextIndex = new Map(state.peers.map((peer) => [peer, next]));
      state.matchIndex = state.noMatchIndex;
      return undefined;
    },
    (base) => ({ ...base, action: 'BecomeLeader' }),
  );
}
