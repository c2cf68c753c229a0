import type { REPLAY_CODES } from '../diagnostics/replay-codes.ts';
import type { ConjunctLabel } from './conjuncts.ts';

/** How replay sees to a property of RaftProperties.tla. */
export type PropertyCheck =
  | { readonly kind: 'checked'; readonly code: keyof typeof REPLAY_CODES }
  /** What violates it is rejected already, by these conjuncts; so it is not checked twice. */
  | { readonly kind: 'implied'; readonly by: readonly ConjunctLabel[]; readonly reason: string };

/** Every property of RaftProperties.tla, as a test holds against the module. */
export const RAFT_PROPERTIES: Readonly<Record<string, PropertyCheck>> = {
  TypeOK: {
    kind: 'implied',
    by: [],
    reason:
      'the reader accepts nothing else; the role decides what its variables are, see the effects on role',
  },
  ElectionSafety: { kind: 'checked', code: 'RC2041' },
  LeaderAppendOnly: {
    kind: 'implied',
    by: ['HandleAppendEntriesRequest.guard.role', 'ClientRequest.log'],
    reason:
      'a leader’s log changes in AppendToLog only: it takes no entries of its own term, and steps down for a newer one',
  },
  LogMatching: { kind: 'checked', code: 'RC2042' },
  LeaderCompleteness: { kind: 'checked', code: 'RC2043' },
  StateMachineSafety: { kind: 'checked', code: 'RC2044' },
  CommitIndexInLog: {
    kind: 'implied',
    by: ['AdvanceCommitIndex.guard.range', 'HandleAppendEntriesRequest.commitIndex', 'Restart.guard.covered'],
    reason:
      'commitIndex moves within the log only; that the log does not shrink below it is CommittedNeverTruncated',
  },
  LogTermsSeen: { kind: 'checked', code: 'RC2045' },
  LogTermsMonotone: { kind: 'checked', code: 'RC2046' },
  MatchIndexBelowNextIndex: {
    kind: 'implied',
    by: ['AppendEntries.guard.next', 'HandleAppendEntriesResponse.guard.next'],
    reason:
      'both actions that move one of them demand it; no nextIndex is allowed for a match beyond the log',
  },
  GrantedVoteIsDurable: {
    kind: 'implied',
    by: ['isMessageInFlight', 'Persist.releases'],
    reason: 'a granted vote leaves with the Persist of the write that holds it',
  },
  CandidateVoteIsDurable: {
    kind: 'implied',
    by: ['isMessageInFlight', 'Persist.releases'],
    reason: 'a request for a vote leaves with the Persist of the candidate’s own vote',
  },
  AcknowledgedIsDurable: {
    kind: 'implied',
    by: ['isMessageInFlight', 'Persist.releases'],
    reason: 'a success leaves with the Persist of the entries; one leader a term never has them deleted',
  },
  MatchedIsDurable: { kind: 'checked', code: 'RC2047' },
  CommittedIsDurableOnQuorum: { kind: 'checked', code: 'RC2048' },
  DiskTermSeen: {
    kind: 'implied',
    by: ['Persist.guard.writes', 'Timeout.currentTerm', 'HandleRequestVoteRequest.currentTerm'],
    reason: 'the disk takes pending writes in order, each with the term that the server had then',
  },
  CommitsOnlyCurrentTerm: {
    kind: 'implied',
    by: ['AdvanceCommitIndex.guard.term'],
    reason: 'it is a guard of AdvanceCommitIndex, the one action with which a leader commits',
  },
  CommitIndexMonotone: {
    kind: 'implied',
    by: ['AdvanceCommitIndex.guard.range', 'HandleAppendEntriesRequest.commitIndex'],
    reason: 'both actions that move it but Restart only raise it',
  },
  MatchIndexMonotone: {
    kind: 'implied',
    by: ['HandleAppendEntriesResponse.matchIndex'],
    reason: 'the one action that moves it takes the maximum',
  },
  TermMonotone: {
    kind: 'implied',
    by: ['Timeout.currentTerm', 'HandleRequestVoteRequest.currentTerm', 'Restart.currentTerm'],
    reason: 'a term is raised by Timeout, adopted if newer, and after a restart it is the disk’s at least',
  },
  DurableVoteStays: {
    kind: 'implied',
    by: [
      'HandleRequestVoteRequest.sends.voteGranted',
      'HandleRequestVoteRequest.votedFor',
      'Restart.votedFor',
    ],
    reason: 'a vote of the term goes to nobody else, and a restart keeps what is durable',
  },
  CommittedNeverTruncated: { kind: 'checked', code: 'RC2049' },
};

/** The conjuncts on which implied properties rest: a test rejects a trace for each. */
export const COVERED_GUARDS: readonly ConjunctLabel[] = Object.values(RAFT_PROPERTIES).flatMap((check) =>
  check.kind === 'implied' ? check.by : [],
);
