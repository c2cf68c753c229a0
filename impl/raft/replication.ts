import type {
  AppendEntriesRequest,
  AppendEntriesResponse,
  Entry,
  Index,
  Server,
} from '../../traces/trace-format.ts';
import { isQuorum } from './configuration.ts';
import { adoptTerm, isNewer, stepDown } from './election.ts';
import { isDurable, noChange, update } from './persistence.ts';
import { lastIndex, type ServerState, termAt, type Write } from './state.ts';
import { perform } from './trace-step.ts';

/** "The leader appends the command to its log as a new entry" (section 5.3). */
export function clientRequest(state: ServerState, command: string): void {
  perform(
    state,
    () => appendToLog(state, { term: state.currentTerm, command }),
    (base) => ({ ...base, action: 'ClientRequest', args: { command } }),
  );
}

/** An entry without a command, so that the entries of earlier terms commit without waiting for a client (thesis 6.4). */
export function appendNoOp(state: ServerState): void {
  perform(
    state,
    () => appendToLog(state, { term: state.currentTerm, noop: true }),
    (base) => ({ ...base, action: 'AppendNoOp' }),
  );
}

function appendToLog(state: ServerState, entry: Entry) {
  return update(state, { ...noChange(state), append: [entry] });
}

/** What a leader sends to one peer: `count` entries after index `prev`, and where it goes on. */
export interface AppendEntriesChoice {
  readonly prev: Index;
  readonly count: number;
  readonly next: Index;
}

/** A leader sends entries, or a heartbeat. It may leave before the own disk has the entries (thesis 10.2.1). */
export function appendEntries(state: ServerState, peer: Server, choice: AppendEntriesChoice): void {
  const { prev, count, next } = choice;
  const request: AppendEntriesRequest = {
    id: state.nextMessageId(),
    type: 'AppendEntriesRequest',
    from: state.setup.server,
    to: peer,
    term: state.currentTerm,
    prevLogIndex: prev,
    prevLogTerm: termAt(state, prev),
    entries: state.log.slice(prev, prev + count),
    leaderCommit: state.commitIndex,
  };
  perform(
    state,
    () => {
      state.nextIndex = withIndex(state.nextIndex, peer, next);
      state.sends.push(request);
      return undefined;
    },
    (base) => ({ ...base, action: 'AppendEntries', sends: [request] }),
  );
}

/** "Reply false if log doesn't contain an entry at prevLogIndex whose term matches prevLogTerm" (Figure 2). */
export function hasPrevious(state: ServerState, request: AppendEntriesRequest): boolean {
  const { prevLogIndex, prevLogTerm } = request;
  return (
    prevLogIndex === 0 || (prevLogIndex <= lastIndex(state) && termAt(state, prevLogIndex) === prevLogTerm)
  );
}

/** The index of the last entry that the request speaks of. */
export function lastNewIndex(request: AppendEntriesRequest): Index {
  return request.prevLogIndex + request.entries.length;
}

/**
 * "If an existing entry conflicts with a new one, delete the existing entry and all that follow it; append any new
 * entries not already in the log" (Figure 2). Without a conflict nothing is deleted: the request may be an old one
 * (bug: RaftOS#26, hashicorp/raft#113).
 */
export function takeEntries(state: ServerState, request: AppendEntriesRequest): Write {
  const { prevLogIndex, entries } = request;
  const adopted = adoptTerm(state, request);
  for (const [offset, entry] of entries.entries()) {
    const index = prevLogIndex + offset + 1;
    const isNew = index > lastIndex(state) || termAt(state, index) !== entry.term;
    if (isNew) return { ...adopted, keep: index - 1, append: entries.slice(offset) };
  }
  return adopted;
}

/** "Set commitIndex = min(leaderCommit, index of last new entry)": entries beyond that are not known to match. */
export function commitIndexAfter(state: ServerState, request: AppendEntriesRequest): Index {
  return Math.max(state.commitIndex, Math.min(request.leaderCommit, lastNewIndex(request)));
}

/** A success promises that the entries are durable; a refusal promises nothing. */
export function handleAppendEntriesRequest(state: ServerState, request: AppendEntriesRequest): void {
  const obeys = request.term >= state.currentTerm;
  const success = obeys && hasPrevious(state, request);
  const response: AppendEntriesResponse = {
    id: state.nextMessageId(),
    type: 'AppendEntriesResponse',
    from: state.setup.server,
    to: request.from,
    term: Math.max(request.term, state.currentTerm),
    success,
    matchIndex: success ? lastNewIndex(request) : 0,
  };
  perform(
    state,
    () => {
      const change = success ? takeEntries(state, request) : adoptTerm(state, request);
      if (obeys) stepDown(state);
      if (success) state.commitIndex = commitIndexAfter(state, request);
      return update(state, change, { kind: success ? 'promised' : 'sent', message: response });
    },
    (base) => ({ ...base, action: 'HandleAppendEntriesRequest', message: request, sends: [response] }),
  );
}

/** Whether the response belongs to the leadership that is still going on. */
export function isForLeadership(state: ServerState, response: AppendEntriesResponse): boolean {
  return state.role === 'leader' && response.term === state.currentTerm;
}

/** matchIndex never goes back: an old response may come late (bug: RaftOS#25, etcd#1761). */
export function matchIndexAfter(state: ServerState, response: AppendEntriesResponse): Index {
  const match = state.matchIndex.get(response.from) ?? 0;
  return response.success ? Math.max(match, response.matchIndex) : match;
}

/**
 * nextIndex is a guess and its new value the leader's policy: after a success it never lies below what matches;
 * after a refusal it halves the distance to what is known to match, so that a long difference is found in
 * logarithmically many rounds (section 5.3 steps back one at a time).
 */
export function nextIndexAfter(state: ServerState, response: AppendEntriesResponse): Index {
  const match = matchIndexAfter(state, response);
  const next = state.nextIndex.get(response.from) ?? 1;
  if (response.success) return Math.max(next, match + 1);
  return Math.max(match + 1, Math.floor((match + next) / 2));
}

/** What a follower has answered moves matchIndex and nextIndex, within the leadership that it answers. */
export function handleAppendEntriesResponse(state: ServerState, response: AppendEntriesResponse): void {
  perform(
    state,
    () => {
      const change = adoptTerm(state, response);
      if (isNewer(state, response)) stepDown(state);
      else if (isForLeadership(state, response)) {
        const match = matchIndexAfter(state, response);
        const next = nextIndexAfter(state, response);
        state.matchIndex = withIndex(state.matchIndex, response.from, match);
        state.nextIndex = withIndex(state.nextIndex, response.from, next);
      }
      return update(state, change);
    },
    (base) => ({ ...base, action: 'HandleAppendEntriesResponse', message: response }),
  );
}

function withIndex(
  indexes: ReadonlyMap<Server, Index>,
  peer: Server,
  index: Index,
): ReadonlyMap<Server, Index> {
  return indexes.get(peer) === index ? indexes : new Map(indexes).set(peer, index);
}

/** The servers known to hold an entry durably, the leader included once its own disk has it (thesis 10.2.1). */
export function holdersOf(state: ServerState, index: Index): ReadonlySet<Server> {
  const holders = state.peers.filter((peer) => (state.matchIndex.get(peer) ?? 0) >= index);
  return new Set(isDurable(state, index) ? [...holders, state.setup.server] : holders);
}

/**
 * The highest index that may be committed now: held by a quorum, and of the current term, for "only log entries
 * from the leader's current term are committed by counting replicas" (section 5.4.2, Figure 8).
 *
 * @returns undefined if commitIndex cannot move
 */
export function committableIndex(state: ServerState): Index | undefined {
  if (state.role !== 'leader') return undefined;
  // A quorum holds an index only up to where some server's log ends: so few of them need be asked, however long the log.
  const ends = [state.durableLength, ...state.matchIndex.values()].sort((a, b) => b - a);
  const held = ends.find((index) => isQuorum(holdersOf(state, index), state.setup.configuration)) ?? 0;
  return held > state.commitIndex && termAt(state, held) === state.currentTerm ? held : undefined;
}

/** The entries up to this index are committed, those of earlier terms with it. */
export function advanceCommitIndex(state: ServerState, index: Index): void {
  perform(
    state,
    () => {
      state.commitIndex = index;
      return undefined;
    },
    (base) => ({ ...base, action: 'AdvanceCommitIndex' }),
  );
}
