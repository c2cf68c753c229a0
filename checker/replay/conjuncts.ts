import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';
import type { Conjunct } from '../verdict.ts';

type Place = Omit<Conjunct, 'line'>;

function inModule(module: string, definition: string) {
  return (text: string): Place => ({ module, definition, text });
}

const timeout = inModule('Election', 'Timeout');
const requestVote = inModule('Election', 'RequestVote');
const handleRequestVoteRequest = inModule('Election', 'HandleRequestVoteRequest');
const handleRequestVoteResponse = inModule('Election', 'HandleRequestVoteResponse');
const becomeLeader = inModule('Election', 'BecomeLeader');
const isMessage = inModule('Election', 'IsMessage');
const requestVoteRequest = inModule('Election', 'RequestVoteRequest');
const requestVoteResponse = inModule('Election', 'RequestVoteResponse');
const appendToLog = inModule('Replication', 'AppendToLog');
const appendEntriesRequest = inModule('Replication', 'AppendEntriesRequest');
const appendEntries = inModule('Replication', 'AppendEntries');
const handleAppendEntriesRequest = inModule('Replication', 'HandleAppendEntriesRequest');
const appendEntriesResponse = inModule('Replication', 'AppendEntriesResponse');
const handleAppendEntriesResponse = inModule('Replication', 'HandleAppendEntriesResponse');
const advanceCommitIndex = inModule('Replication', 'AdvanceCommitIndex');
const persist = inModule('Persistence', 'Persist');
const restart = inModule('Persistence', 'Restart');
const update = inModule('Persistence', 'Update');
const dropMessage = inModule('Network', 'DropMessage');
const duplicateMessage = inModule('Network', 'DuplicateMessage');

const UNCHANGED_BY_UPDATE = update("/\\ currentTerm' = [currentTerm EXCEPT ![s] = change.currentTerm]");

/**
 * Each guard and each effect of the spec that a recorded event can miss, by a label: its text is found in its
 * definition exactly once. Effects bear the label `Action.variable`.
 */
export const CONJUNCTS = {
  isMessageTo: isMessage('m.to = s'),
  isMessageInFlight: isMessage('InFlight(m)'),

  'Timeout.guard.role': timeout('role[s] # Leader'),
  'Timeout.guard.voter': timeout('s \\in ConfigurationOf(s).voters'),
  'Timeout.currentTerm': timeout('!.currentTerm = @ + 1'),
  'Timeout.votedFor': timeout('!.votedFor = s'),
  'Timeout.role': timeout("role' = [role EXCEPT ![s] = Candidate]"),
  'Timeout.votesGranted': timeout("votesGranted' = [votesGranted EXCEPT ![s] = NoVotes]"),
  'Timeout.commitIndex': timeout('UNCHANGED <<commitIndex, leaderVariables>>'),
  'Timeout.matchIndex': timeout('UNCHANGED <<commitIndex, leaderVariables>>'),
  'Timeout.nextIndex': timeout('UNCHANGED <<commitIndex, leaderVariables>>'),
  'Timeout.log': timeout('/\\ Update(s, [NoChange(s)'),

  'RequestVote.guard.role': requestVote('role[s] = Candidate'),
  'RequestVote.guard.peer': requestVote('p \\in Peers(s)'),
  'RequestVote.sends.from': requestVoteRequest('from |-> s'),
  'RequestVote.sends.term': requestVoteRequest('term |-> currentTerm[s]'),
  'RequestVote.sends.lastLogIndex': requestVoteRequest('lastLogIndex |-> LastIndex(log[s])'),
  'RequestVote.sends.lastLogTerm': requestVoteRequest('lastLogTerm |-> LastTerm(log[s])'),
  'RequestVote.currentTerm': requestVote('NoChange(s)'),
  'RequestVote.votedFor': requestVote('NoChange(s)'),
  'RequestVote.log': requestVote('NoChange(s)'),
  'RequestVote.role': requestVote('UNCHANGED volatileVariables'),
  'RequestVote.commitIndex': requestVote('UNCHANGED volatileVariables'),
  'RequestVote.votesGranted': requestVote('UNCHANGED volatileVariables'),
  'RequestVote.matchIndex': requestVote('UNCHANGED volatileVariables'),
  'RequestVote.nextIndex': requestVote('UNCHANGED volatileVariables'),

  'HandleRequestVoteRequest.sends.from': requestVoteResponse('from |-> s'),
  'HandleRequestVoteRequest.sends.to': requestVoteResponse('to |-> m.from'),
  'HandleRequestVoteRequest.sends.term': requestVoteResponse('term |-> Max(m.term, currentTerm[s])'),
  'HandleRequestVoteRequest.sends.voteGranted': requestVoteResponse('voteGranted |-> GrantsVote(s, m)'),
  'HandleRequestVoteRequest.currentTerm': handleRequestVoteRequest('change == AdoptTerm(s, m)'),
  'HandleRequestVoteRequest.votedFor': handleRequestVoteRequest(
    'IF grants THEN [change EXCEPT !.votedFor = m.from]',
  ),
  'HandleRequestVoteRequest.log': handleRequestVoteRequest('change == AdoptTerm(s, m)'),
  'HandleRequestVoteRequest.role': handleRequestVoteRequest('StepDownIf(s, IsNewer(s, m))'),
  'HandleRequestVoteRequest.commitIndex': handleRequestVoteRequest('UNCHANGED commitIndex'),
  'HandleRequestVoteRequest.votesGranted': handleRequestVoteRequest('ForgetVotesIf(s, IsNewer(s, m))'),
  'HandleRequestVoteRequest.matchIndex': handleRequestVoteRequest('ForgetFollowersIf(s, IsNewer(s, m))'),
  'HandleRequestVoteRequest.nextIndex': handleRequestVoteRequest('ForgetFollowersIf(s, IsNewer(s, m))'),

  'HandleRequestVoteResponse.currentTerm': handleRequestVoteResponse('AdoptTerm(s, m)'),
  'HandleRequestVoteResponse.votedFor': handleRequestVoteResponse('AdoptTerm(s, m)'),
  'HandleRequestVoteResponse.log': handleRequestVoteResponse('AdoptTerm(s, m)'),
  'HandleRequestVoteResponse.role': handleRequestVoteResponse('StepDownIf(s, IsNewer(s, m))'),
  'HandleRequestVoteResponse.commitIndex': handleRequestVoteResponse('UNCHANGED commitIndex'),
  'HandleRequestVoteResponse.votesGranted': handleRequestVoteResponse(
    'CountsVote(s, m) THEN [votesGranted EXCEPT ![s] = @ \\cup {m.from}]',
  ),
  'HandleRequestVoteResponse.matchIndex': handleRequestVoteResponse('ForgetFollowersIf(s, IsNewer(s, m))'),
  'HandleRequestVoteResponse.nextIndex': handleRequestVoteResponse('ForgetFollowersIf(s, IsNewer(s, m))'),

  'BecomeLeader.guard.role': becomeLeader('role[s] = Candidate'),
  'BecomeLeader.guard.ownVote': becomeLeader('OwnVoteIsDurable(s)'),
  'BecomeLeader.guard.quorum': becomeLeader('IsQuorum(votesGranted[s] \\cup {s}, ConfigurationOf(s))'),
  'BecomeLeader.currentTerm': becomeLeader('UNCHANGED <<persistentVariables, commitIndex'),
  'BecomeLeader.votedFor': becomeLeader('UNCHANGED <<persistentVariables, commitIndex'),
  'BecomeLeader.log': becomeLeader('UNCHANGED <<persistentVariables, commitIndex'),
  'BecomeLeader.commitIndex': becomeLeader('UNCHANGED <<persistentVariables, commitIndex'),
  'BecomeLeader.role': becomeLeader("role' = [role EXCEPT ![s] = Leader]"),
  'BecomeLeader.votesGranted': becomeLeader("votesGranted' = [votesGranted EXCEPT ![s] = NoVotes]"),
  'BecomeLeader.nextIndex': becomeLeader('[p \\in Peers(s) |-> LastIndex(log[s]) + 1]'),
  'BecomeLeader.matchIndex': becomeLeader("matchIndex' = [matchIndex EXCEPT ![s] = NoMatchIndex(s)]"),

  'ClientRequest.guard.role': appendToLog('role[s] = Leader'),
  'ClientRequest.log': inModule('Replication', 'ClientRequest')('CommandEntry(currentTerm[s], command)'),
  'ClientRequest.currentTerm': UNCHANGED_BY_UPDATE,
  'ClientRequest.votedFor': appendToLog('[NoChange(s) EXCEPT !.append = <<entry>>]'),
  'ClientRequest.role': appendToLog('UNCHANGED volatileVariables'),
  'ClientRequest.commitIndex': appendToLog('UNCHANGED volatileVariables'),
  'ClientRequest.votesGranted': appendToLog('UNCHANGED volatileVariables'),
  'ClientRequest.matchIndex': appendToLog('UNCHANGED volatileVariables'),
  'ClientRequest.nextIndex': appendToLog('UNCHANGED volatileVariables'),

  'AppendNoOp.guard.role': appendToLog('role[s] = Leader'),
  'AppendNoOp.log': inModule('Replication', 'AppendNoOp')('NoOpEntry(currentTerm[s])'),
  'AppendNoOp.currentTerm': UNCHANGED_BY_UPDATE,
  'AppendNoOp.votedFor': appendToLog('[NoChange(s) EXCEPT !.append = <<entry>>]'),
  'AppendNoOp.role': appendToLog('UNCHANGED volatileVariables'),
  'AppendNoOp.commitIndex': appendToLog('UNCHANGED volatileVariables'),
  'AppendNoOp.votesGranted': appendToLog('UNCHANGED volatileVariables'),
  'AppendNoOp.matchIndex': appendToLog('UNCHANGED volatileVariables'),
  'AppendNoOp.nextIndex': appendToLog('UNCHANGED volatileVariables'),

  'AppendEntries.guard.role': appendEntries('role[s] = Leader'),
  'AppendEntries.guard.peer': appendEntries('p \\in Peers(s)'),
  'AppendEntries.guard.entries': appendEntries('prev + count <= LastIndex(log[s])'),
  'AppendEntries.guard.commit': appendEntries('commit <= commitIndex[s]'),
  'AppendEntries.guard.next': appendEntries('next \\in NextIndexes(s, p, matchIndex[s][p])'),
  'AppendEntries.sends.from': appendEntriesRequest('from |-> s'),
  'AppendEntries.sends.term': appendEntriesRequest('term |-> currentTerm[s]'),
  'AppendEntries.sends.prevLogTerm': appendEntriesRequest('prevLogTerm |-> TermAt(log[s], prev)'),
  'AppendEntries.sends.entries': appendEntriesRequest('entries |-> SubSeq(log[s], prev + 1, prev + count)'),
  'AppendEntries.nextIndex': appendEntries("nextIndex' = [nextIndex EXCEPT ![s][p] = next]"),
  'AppendEntries.currentTerm': appendEntries('UNCHANGED <<persistentVariables, role'),
  'AppendEntries.votedFor': appendEntries('UNCHANGED <<persistentVariables, role'),
  'AppendEntries.log': appendEntries('UNCHANGED <<persistentVariables, role'),
  'AppendEntries.role': appendEntries('UNCHANGED <<persistentVariables, role'),
  'AppendEntries.commitIndex': appendEntries('UNCHANGED <<persistentVariables, role'),
  'AppendEntries.votesGranted': appendEntries('UNCHANGED <<persistentVariables, role'),
  'AppendEntries.matchIndex': appendEntries('UNCHANGED <<persistentVariables, role'),

  'HandleAppendEntriesRequest.guard.role': handleAppendEntriesRequest(
    '~(role[s] = Leader /\\ m.term = currentTerm[s])',
  ),
  'HandleAppendEntriesRequest.sends.from': appendEntriesResponse('from |-> s'),
  'HandleAppendEntriesRequest.sends.to': appendEntriesResponse('to |-> m.from'),
  'HandleAppendEntriesRequest.sends.term': appendEntriesResponse('term |-> Max(m.term, currentTerm[s])'),
  'HandleAppendEntriesRequest.sends.success': appendEntriesResponse('success |-> AcceptsEntries(s, m)'),
  'HandleAppendEntriesRequest.sends.matchIndex': appendEntriesResponse('THEN LastNewIndex(m) ELSE 0'),
  'HandleAppendEntriesRequest.currentTerm': inModule('Replication', 'TakeEntries')('[AdoptTerm(s, m) EXCEPT'),
  'HandleAppendEntriesRequest.votedFor': inModule('Replication', 'TakeEntries')('[AdoptTerm(s, m) EXCEPT'),
  'HandleAppendEntriesRequest.log': handleAppendEntriesRequest('IF accepts THEN TakeEntries(s, m)'),
  'HandleAppendEntriesRequest.role': handleAppendEntriesRequest('StepDownIf(s, obeys)'),
  'HandleAppendEntriesRequest.votesGranted': handleAppendEntriesRequest('ForgetVotesIf(s, obeys)'),
  'HandleAppendEntriesRequest.matchIndex': handleAppendEntriesRequest('ForgetFollowersIf(s, IsNewer(s, m))'),
  'HandleAppendEntriesRequest.nextIndex': handleAppendEntriesRequest('ForgetFollowersIf(s, IsNewer(s, m))'),
  'HandleAppendEntriesRequest.commitIndex': handleAppendEntriesRequest('![s] = CommitIndexAfter(s, m)]'),

  'HandleAppendEntriesResponse.guard.match': inModule(
    'RaftTrace',
    'RecordedHandleAppendEntriesResponse',
  )('m.success => m.matchIndex <= LastIndex(log[s])'),
  'HandleAppendEntriesResponse.guard.next': handleAppendEntriesResponse(
    'next \\in NextIndexes(s, m.from, MatchIndexAfter(s, m))',
  ),
  'HandleAppendEntriesResponse.currentTerm': handleAppendEntriesResponse('AdoptTerm(s, m)'),
  'HandleAppendEntriesResponse.votedFor': handleAppendEntriesResponse('AdoptTerm(s, m)'),
  'HandleAppendEntriesResponse.log': handleAppendEntriesResponse('AdoptTerm(s, m)'),
  'HandleAppendEntriesResponse.role': handleAppendEntriesResponse('StepDownIf(s, IsNewer(s, m))'),
  'HandleAppendEntriesResponse.votesGranted': handleAppendEntriesResponse('ForgetVotesIf(s, IsNewer(s, m))'),
  'HandleAppendEntriesResponse.matchIndex': handleAppendEntriesResponse(
    '![s][m.from] = MatchIndexAfter(s, m)]',
  ),
  'HandleAppendEntriesResponse.nextIndex': handleAppendEntriesResponse('![s][m.from] = next]'),
  'HandleAppendEntriesResponse.commitIndex': handleAppendEntriesResponse('UNCHANGED commitIndex'),

  'AdvanceCommitIndex.guard.role': advanceCommitIndex('role[s] = Leader'),
  'AdvanceCommitIndex.guard.range': advanceCommitIndex('i \\in (commitIndex[s] + 1)..LastIndex(log[s])'),
  'AdvanceCommitIndex.guard.term': advanceCommitIndex('log[s][i].term = currentTerm[s]'),
  'AdvanceCommitIndex.guard.quorum': advanceCommitIndex('IsQuorum(HoldersOf(s, i), ConfigurationOf(s))'),
  'AdvanceCommitIndex.commitIndex': advanceCommitIndex("commitIndex' = [commitIndex EXCEPT ![s] = i]"),
  'AdvanceCommitIndex.currentTerm': advanceCommitIndex('UNCHANGED <<persistentVariables, role'),
  'AdvanceCommitIndex.votedFor': advanceCommitIndex('UNCHANGED <<persistentVariables, role'),
  'AdvanceCommitIndex.log': advanceCommitIndex('UNCHANGED <<persistentVariables, role'),
  'AdvanceCommitIndex.role': advanceCommitIndex('UNCHANGED <<persistentVariables, role'),
  'AdvanceCommitIndex.votesGranted': advanceCommitIndex('UNCHANGED <<persistentVariables, role'),
  'AdvanceCommitIndex.matchIndex': advanceCommitIndex('UNCHANGED <<persistentVariables, role'),
  'AdvanceCommitIndex.nextIndex': advanceCommitIndex('UNCHANGED <<persistentVariables, role'),

  'Persist.guard.writes': persist('n \\in 1..Len(pending[s])'),
  'Persist.releases': persist("network' = network (+) Promised(s, n)"),
  'Persist.currentTerm': persist('UNCHANGED <<persistentVariables, volatileVariables>>'),
  'Persist.votedFor': persist('UNCHANGED <<persistentVariables, volatileVariables>>'),
  'Persist.log': persist('UNCHANGED <<persistentVariables, volatileVariables>>'),
  'Persist.role': persist('UNCHANGED <<persistentVariables, volatileVariables>>'),
  'Persist.commitIndex': persist('UNCHANGED <<persistentVariables, volatileVariables>>'),
  'Persist.votesGranted': persist('UNCHANGED <<persistentVariables, volatileVariables>>'),
  'Persist.matchIndex': persist('UNCHANGED <<persistentVariables, volatileVariables>>'),
  'Persist.nextIndex': persist('UNCHANGED <<persistentVariables, volatileVariables>>'),

  'Restart.guard.writes': restart('n \\in 0..Len(pending[s])'),
  'Restart.guard.length': restart('length \\in TornLengths(s, n)'),
  'Restart.guard.commit': restart('commit <= commitIndex[s]'),
  'Restart.guard.covered': restart('SamePrefix(kept.log, log[s], commit)'),
  'Restart.currentTerm': restart("currentTerm' = [currentTerm EXCEPT ![s] = kept.currentTerm]"),
  'Restart.votedFor': restart("votedFor' = [votedFor EXCEPT ![s] = kept.votedFor]"),
  'Restart.log': restart("log' = [log EXCEPT ![s] = kept.log]"),
  'Restart.role': restart("role' = [role EXCEPT ![s] = Follower]"),
  'Restart.commitIndex': restart("commitIndex' = [commitIndex EXCEPT ![s] = commit]"),
  'Restart.votesGranted': restart("votesGranted' = [votesGranted EXCEPT ![s] = NoVotes]"),
  'Restart.matchIndex': restart("matchIndex' = [matchIndex EXCEPT ![s] = NoMatchIndex(s)]"),
  'Restart.nextIndex': restart("nextIndex' = [nextIndex EXCEPT ![s] = NoNextIndex(s)]"),

  'DropMessage.guard.inFlight': dropMessage('InFlight(m)'),
  'DuplicateMessage.guard.inFlight': duplicateMessage('InFlight(m)'),

  ElectionSafety: inModule('RaftProperties', 'ElectionSafety')('a.leader = b.leader'),
  LogMatching: inModule('RaftProperties', 'LogMatching')('SubSeq(log[s], 1, i) = SubSeq(log[p], 1, i)'),
  LeaderCompleteness: inModule('RaftProperties', 'LeaderCompleteness')('e.log[c.index] = c.entry'),
  StateMachineSafety: inModule('RaftProperties', 'StateMachineSafety')('log[s][i] = log[p][i]'),
  LogTermsSeen: inModule('RaftProperties', 'LogTermsSeen')('LastTerm(log[s]) <= currentTerm[s]'),
  LogTermsMonotone: inModule('RaftProperties', 'LogTermsMonotone')('log[s][i].term <= log[s][i + 1].term'),
  MatchedIsDurable: inModule(
    'RaftProperties',
    'MatchedIsDurable',
  )('SamePrefix(disk[p].log, log[s], matchIndex[s][p])'),
  CommittedIsDurableOnQuorum: inModule(
    'RaftProperties',
    'CommittedIsDurableOnQuorum',
  )('disk[s].log[c.index] = c.entry'),
  CommittedNeverTruncated: inModule(
    'RaftProperties',
    'CommittedNeverTruncated',
  )("commitIndex[s] <= Len(log'[s])"),
} as const satisfies Record<string, Place>;

export type ConjunctLabel = keyof typeof CONJUNCTS;

/** The lines, from 1, at which a conjunct's text stands inside its definition: exactly one, as a test asserts. */
export function linesOf({ module, definition, text }: Place): readonly number[] {
  const lines = readFileSync(join(packageRoot(), 'spec/raft', `${module}.tla`), 'utf8').split('\n');
  const start = lines.findIndex((line) => new RegExp(`^${definition}(\\(.*\\))? ==`).test(line));
  if (start === -1) return [];
  const length = lines
    .slice(start + 1)
    .findIndex((line) => /^([A-Za-z]\w*(\(.*\))? ==|\(\*|\\\*|---|===|RECURSIVE|VARIABLES)/.test(line));
  const end = length === -1 ? lines.length : start + 1 + length;
  return lines.flatMap((line, at) => (at >= start && at < end && line.includes(text) ? [at + 1] : []));
}

/** The conjunct with its line in the spec as it is now. Reads the spec's file: only for what is reported. */
export function conjunctOf(label: ConjunctLabel): Conjunct {
  const place = CONJUNCTS[label];
  return { ...place, line: linesOf(place)[0] ?? 1 };
}
