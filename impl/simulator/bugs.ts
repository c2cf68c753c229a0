import type { AppendEntriesRequest, AppendEntriesResponse } from '../../traces/trace-format.ts';
import { isQuorum } from '../raft/configuration.ts';
import { adoptTerm, isNewer, stepDown } from '../raft/election.ts';
import { update } from '../raft/persistence.ts';
import { ACTIONS, type Actions } from '../raft/raft-server.ts';
import { hasPrevious, holdersOf, lastNewIndex } from '../raft/replication.ts';
import { lastIndex, type ServerState } from '../raft/state.ts';
import { perform } from '../raft/trace-step.ts';
import type { Survivor } from './simulated-disk.ts';

/** A bug that real implementations had, to be planted into a simulated cluster. */
export interface Bug {
  /** One sentence: what goes wrong. */
  readonly description: string;
  /** Where it was seen. */
  readonly seenIn: string;
  /** A seed whose run of three servers and 2,000 events, with all faults, shows it: of some, few do. */
  readonly seed: number;
  readonly actions?: Actions;
  readonly damage?: (survivor: Survivor) => Survivor;
}

/** How a follower's handling of AppendEntries is bent. */
interface Bend {
  readonly acknowledgesEarly?: boolean;
  readonly truncatesAlways?: boolean;
  readonly commitsToLastLog?: boolean;
  readonly skipsPrevious?: boolean;
}

function handleAppendEntriesBent(state: ServerState, request: AppendEntriesRequest, bend: Bend): void {
  const obeys = request.term >= state.currentTerm;
  const success = obeys && (bend.skipsPrevious === true || hasPrevious(state, request));
  if (!success || request.prevLogIndex > lastIndex(state)) {
    ACTIONS.handleAppendEntriesRequest(state, request);
    return;
  }
  const response: AppendEntriesResponse = {
    id: state.nextMessageId(),
    type: 'AppendEntriesResponse',
    from: state.setup.server,
    to: request.from,
    term: request.term,
    success,
    matchIndex: lastNewIndex(request),
  };
  perform(
    state,
    () => {
      const { prevLogIndex, entries, leaderCommit } = request;
      const adopted = adoptTerm(state, request);
      const known = entries.findIndex(
        (entry, offset) => state.log[prevLogIndex + offset]?.term !== entry.term,
      );
      const keepsRest = bend.truncatesAlways !== true || lastIndex(state) <= lastNewIndex(request);
      const firstNew = known === -1 ? entries.length : known;
      const change =
        known === -1 && keepsRest
          ? adopted
          : { ...adopted, keep: prevLogIndex + firstNew, append: entries.slice(firstNew) };
      stepDown(state);
      const lastLog = change.keep + change.append.length;
      const end = bend.commitsToLastLog === true ? lastLog : lastNewIndex(request);
      state.commitIndex = Math.max(state.commitIndex, Math.min(leaderCommit, end));
      return update(state, change, {
        kind: bend.acknowledgesEarly === true ? 'sent' : 'promised',
        message: response,
      });
    },
    (base) => ({ ...base, action: 'HandleAppendEntriesRequest', message: request, sends: [response] }),
  );
}

function bent(bend: Bend): Actions {
  return {
    ...ACTIONS,
    handleAppendEntriesRequest: (state, request) => handleAppendEntriesBent(state, request, bend),
  };
}

/** Figure 8: the highest index that a quorum holds, of whatever term; and no entry of the own term to wait for. */
const commitOldTerm: Actions = {
  ...ACTIONS,
  appendNoOp: () => undefined,
  committableIndex: (state) => {
    if (state.role !== 'leader') return undefined;
    for (let index = lastIndex(state); index > state.commitIndex; index -= 1) {
      if (isQuorum(holdersOf(state, index), state.setup.configuration)) return index;
    }
    return undefined;
  },
};

const countStaleVotes: Actions = {
  ...ACTIONS,
  handleRequestVoteResponse: (state, response) => {
    if (state.role !== 'candidate' || isNewer(state, response) || !response.voteGranted) {
      ACTIONS.handleRequestVoteResponse(state, response);
      return;
    }
    perform(
      state,
      () => {
        state.votesGranted = new Set([...state.votesGranted, response.from]);
        return undefined;
      },
      (base) => ({ ...base, action: 'HandleRequestVoteResponse', message: response }),
    );
  },
};

const assignMatchIndex: Actions = {
  ...ACTIONS,
  handleAppendEntriesResponse: (state, response) => {
    const isOurs = state.role === 'leader' && response.term === state.currentTerm && response.success;
    if (!isOurs) {
      ACTIONS.handleAppendEntriesResponse(state, response);
      return;
    }
    perform(
      state,
      () => {
        state.matchIndex = new Map(state.matchIndex).set(response.from, response.matchIndex);
        state.nextIndex = new Map(state.nextIndex).set(response.from, response.matchIndex + 1);
        return undefined;
      },
      (base) => ({ ...base, action: 'HandleAppendEntriesResponse', message: response }),
    );
  },
};

/** The bugs that can be planted, by name. */
export const BUGS = {
  'commit-old-term': {
    description: 'a leader commits entries of earlier terms by counting who holds them (Figure 8)',
    seenIn: 'PySyncObj#169, logcabin#44',
    seed: 3,
    actions: commitOldTerm,
  },
  'vote-not-persisted': {
    description: 'a restarted server has forgotten its vote, and may vote twice in one term',
    seenIn: 'raft-java#57, cornerstone#65',
    seed: 1,
    damage: (survivor) => ({ ...survivor, votedFor: null }),
  },
  'term-not-persisted': {
    description: 'a restarted server has forgotten its term',
    seenIn: 'raft-java#57, NodeDB#161',
    seed: 1,
    damage: (survivor) => ({ ...survivor, currentTerm: 0, votedFor: null }),
  },
  'ack-before-persist': {
    description: 'a follower acknowledges entries before they are on its disk',
    seenIn: 'tikv#994, openraft ee460f37',
    seed: 1,
    actions: bent({ acknowledgesEarly: true }),
  },
  'stale-append-truncates': {
    description: 'an old AppendEntries request cuts off entries that it does not conflict with',
    seenIn: 'RaftOS#26, hashicorp/raft#113',
    seed: 1,
    actions: bent({ truncatesAlways: true }),
  },
  'commit-min-last-log': {
    description: 'a follower commits up to its last entry, though the request does not vouch for it',
    seenIn: 'copycat#265, scylla#9965',
    seed: 45,
    actions: bent({ commitsToLastLog: true }),
  },
  'no-previous-check': {
    description: 'a follower takes entries without comparing the entry before them',
    seenIn: 'bug family of section 5.3',
    seed: 60,
    actions: bent({ skipsPrevious: true }),
  },
  'count-stale-votes': {
    description: 'a candidate counts votes that were given in an earlier term',
    seenIn: 'Xraft#33, akka-raft#47',
    seed: 64,
    actions: countStaleVotes,
  },
  'match-index-assigned': {
    description: 'a late response takes matchIndex back',
    seenIn: 'RaftOS#25, etcd#1761',
    seed: 1,
    actions: assignMatchIndex,
  },
} as const satisfies Record<string, Bug>;

export type BugName = keyof typeof BUGS;
