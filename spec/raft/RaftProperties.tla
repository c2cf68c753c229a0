--------------------------- MODULE RaftProperties ---------------------------
(***************************************************************************)
(* What Raft promises: the five properties of Figure 3, and local ones     *)
(* that a bug breaks many steps before it breaks those five.               *)
(*                                                                         *)
(* Two of the five speak of the past.  The variables below remember it;    *)
(* the protocol never reads them and a trace never carries them.           *)
(***************************************************************************)
EXTENDS Raft

VARIABLES
    elections,  \* each election won: its term, the leader, the log it had
    commits,    \* each entry committed: its index, the entry, in which term
    restarts    \* how many restarts there were, for models to bound

history      == <<elections, commits, restarts>>
allVariables == <<variables, history>>

InitHistory == elections = {} /\ commits = {} /\ restarts = 0

\* A server that steps down may learn a higher commitIndex in the same step:
\* then it is no longer the leader that commits.
Elected(s)  == role[s] # Leader /\ role'[s] = Leader
Advanced(s) == role[s] = Leader /\ role'[s] = Leader /\ commitIndex'[s] > commitIndex[s]

Election(s) == [term |-> currentTerm[s], leader |-> s, log |-> log[s]]
NewCommits(s) ==
    {[index |-> i, entry |-> log[s][i], term |-> currentTerm[s]] : i \in (commitIndex[s] + 1)..commitIndex'[s]}

Remember(crashes) ==
    /\ elections' = elections \cup {Election(s) : s \in {s \in Server : Elected(s)}}
    /\ commits' = commits \cup UNION {NewCommits(s) : s \in {s \in Server : Advanced(s)}}
    /\ restarts' = restarts + crashes

\* What is added to every step.  Models add their bounds.
Also(crashes) == Remember(crashes)

(***************************************************************************)
(* The steps of Next, each with its memory.  Each is a definition of its   *)
(* own, because TLC names a step of a counterexample after the definition  *)
(* in which it stands.                                                     *)
(***************************************************************************)
TimeoutStep            == \E s \in Server : Timeout(s) /\ Also(0)
RequestVoteStep        == \E s \in Server : \E p \in Peers(s) : RequestVote(s, p) /\ Also(0)
BecomeLeaderStep       == \E s \in Server : BecomeLeader(s) /\ Also(0)
ClientRequestStep      == \E s \in Server : \E c \in Command : ClientRequest(s, c) /\ Also(0)
AppendNoOpStep         == \E s \in Server : AppendNoOp(s) /\ Also(0)
AppendEntriesStep      == \E s \in Server : \E p \in Peers(s) :
                            /\ \E c \in AppendEntriesChoices(s, p) : AppendEntries(s, p, c[1], c[2], c[3], c[4])
                            /\ Also(0)
AdvanceCommitIndexStep == \E s \in Server :
                            /\ \E i \in (commitIndex[s] + 1)..LastIndex(log[s]) : AdvanceCommitIndex(s, i)
                            /\ Also(0)
HandleRequestVoteRequestStep  ==
    \E m \in BagToSet(network) : HandleRequestVoteRequest(m.to, m) /\ Also(0)
HandleRequestVoteResponseStep ==
    \E m \in BagToSet(network) : HandleRequestVoteResponse(m.to, m) /\ Also(0)
HandleAppendEntriesRequestStep  ==
    \E m \in BagToSet(network) : HandleAppendEntriesRequest(m.to, m) /\ Also(0)
HandleAppendEntriesResponseStep ==
    \E m \in BagToSet(network) :
        /\ m.type = "AppendEntriesResponse"
        /\ \E next \in NextIndexChoices(m.to, m) : HandleAppendEntriesResponse(m.to, m, next)
        /\ Also(0)
PersistStep            == \E s \in Server : StorageStep(s) /\ Also(0)
RestartStep            == \E s \in Server : CrashStep(s) /\ Also(1)
DropMessageStep        == \E m \in BagToSet(network) : DropMessage(m) /\ Also(0)
DuplicateMessageStep   == \E m \in BagToSet(network) : DuplicateMessage(m) /\ Also(0)

NextWithHistory ==
    \/ TimeoutStep \/ RequestVoteStep \/ HandleRequestVoteRequestStep \/ HandleRequestVoteResponseStep
    \/ BecomeLeaderStep
    \/ ClientRequestStep \/ AppendNoOpStep
    \/ AppendEntriesStep \/ HandleAppendEntriesRequestStep \/ HandleAppendEntriesResponseStep
    \/ AdvanceCommitIndexStep
    \/ PersistStep \/ RestartStep
    \/ DropMessageStep \/ DuplicateMessageStep

InitWithHistory == Init /\ InitHistory
SpecWithHistory == InitWithHistory /\ [][NextWithHistory]_allVariables

-----------------------------------------------------------------------------
(* Types.                                                                  *)

Entry == [term : Nat, command : Command] \cup [term : Nat, noop : {TRUE}]

IsLog(l) == \A i \in 1..Len(l) : l[i] \in Entry

IsWritten(w) ==
    /\ w.currentTerm \in Nat
    /\ w.votedFor \in Server \cup {Nil}
    /\ IsLog(w.log)

IsMessageContent(m) ==
    /\ m.from \in Server /\ m.to \in Server \ {m.from} /\ m.term \in Nat \ {0}
    /\ CASE m.type = "RequestVoteRequest"    -> m.lastLogIndex \in Nat /\ m.lastLogTerm \in Nat
         [] m.type = "RequestVoteResponse"   -> m.voteGranted \in BOOLEAN
         [] m.type = "AppendEntriesRequest"  -> /\ m.prevLogIndex \in Nat /\ m.prevLogTerm \in Nat
                                                /\ IsLog(m.entries) /\ m.leaderCommit \in Nat
         [] m.type = "AppendEntriesResponse" -> m.success \in BOOLEAN /\ m.matchIndex \in Nat

TypeOK ==
    /\ currentTerm \in [Server -> Nat]
    /\ votedFor \in [Server -> Server \cup {Nil}]
    /\ \A s \in Server : IsLog(log[s])
    /\ role \in [Server -> {Follower, Candidate, Leader}]
    /\ commitIndex \in [Server -> Nat]
    /\ \A s \in Server :
         /\ votesGranted[s] \subseteq Peers(s)
         /\ nextIndex[s] \in [Peers(s) -> Nat \ {0}]
         /\ matchIndex[s] \in [Peers(s) -> Nat]
         /\ role[s] # Candidate => votesGranted[s] = NoVotes
         /\ role[s] # Leader => nextIndex[s] = NoNextIndex(s) /\ matchIndex[s] = NoMatchIndex(s)
         /\ IsWritten(disk[s])
         /\ \A n \in 1..Len(pending[s]) : IsWritten(pending[s][n].write)
    /\ \A m \in BagToSet(network) : IsMessageContent(m)

-----------------------------------------------------------------------------
(* Figure 3.                                                               *)

\* "At most one leader can be elected in a given term" (5.2).
ElectionSafety ==
    \A a, b \in elections : a.term = b.term => a.leader = b.leader

\* "A leader never overwrites or deletes entries in its log; it only appends
\* new entries" (5.3).
LeaderAppendOnly ==
    [][\A s \in Server :
         role[s] = Leader /\ role'[s] = Leader =>
           /\ Len(log[s]) <= Len(log'[s])
           /\ SubSeq(log'[s], 1, Len(log[s])) = log[s]]_allVariables

\* "If two logs contain an entry with the same index and term, then the logs
\* are identical in all entries up through the given index" (5.3).
LogMatching ==
    \A s, p \in Server :
      \A i \in 1..Min(Len(log[s]), Len(log[p])) :
        log[s][i].term = log[p][i].term => SubSeq(log[s], 1, i) = SubSeq(log[p], 1, i)

\* "If a log entry is committed in a given term, then that entry will be
\* present in the logs of the leaders for all higher-numbered terms" (5.4).
LeaderCompleteness ==
    \A c \in commits : \A e \in elections :
      e.term > c.term => c.index <= Len(e.log) /\ e.log[c.index] = c.entry

\* "If a server has applied a log entry at a given index to its state
\* machine, no other server will ever apply a different log entry for the
\* same index" (5.4.3).  What is up to commitIndex counts as applied.
StateMachineSafety ==
    /\ \A s, p \in Server :
         \A i \in 1..Min(commitIndex[s], commitIndex[p]) : log[s][i] = log[p][i]
    /\ \A c, d \in commits : c.index = d.index => c.entry = d.entry
    /\ \A s \in Server : \A c \in commits :
         c.index <= commitIndex[s] => log[s][c.index] = c.entry

-----------------------------------------------------------------------------
(* Local properties of states.                                             *)

\* A server knows as committed only what is in its log.
CommitIndexInLog == \A s \in Server : commitIndex[s] <= Len(log[s])

\* No log holds an entry of a term that its server has not seen.
LogTermsSeen == \A s \in Server : LastTerm(log[s]) <= currentTerm[s]

\* Terms never fall along a log.
LogTermsMonotone ==
    \A s \in Server : \A i \in 1..(Len(log[s]) - 1) : log[s][i].term <= log[s][i + 1].term

\* 0 <= matchIndex < nextIndex, and a leader cannot match what it lacks.
MatchIndexBelowNextIndex ==
    \A s \in Server : \A p \in Peers(s) :
      role[s] = Leader => matchIndex[s][p] < nextIndex[s][p] /\ matchIndex[s][p] <= Len(log[s])

\* A vote that was granted survives a crash of the voter (5.2).
GrantedVoteIsDurable ==
    \A m \in BagToSet(network) :
      m.type = "RequestVoteResponse" /\ m.voteGranted =>
        \/ disk[m.from].currentTerm > m.term
        \/ disk[m.from].currentTerm = m.term /\ disk[m.from].votedFor = m.to

\* So does the vote of a candidate for itself, once it asks for others'.
CandidateVoteIsDurable ==
    \A m \in BagToSet(network) :
      m.type = "RequestVoteRequest" =>
        \/ disk[m.from].currentTerm > m.term
        \/ disk[m.from].currentTerm = m.term /\ disk[m.from].votedFor = m.from

\* An entry that was acknowledged survives a crash of the server, as long as
\* no leader of a later term may have replaced it.
AcknowledgedIsDurable ==
    \A m \in BagToSet(network) :
      m.type = "AppendEntriesResponse" /\ m.success /\ m.term = currentTerm[m.from] =>
        IsDurable(m.from, m.matchIndex)

\* What a leader takes as matching is durable on the follower.
MatchedIsDurable ==
    \A s \in Server : \A p \in Peers(s) :
      role[s] = Leader /\ currentTerm[p] = currentTerm[s] =>
        SamePrefix(disk[p].log, log[s], matchIndex[s][p])

\* A committed entry is durable on a quorum, so no minority of crashes and
\* no election can lose it.
CommittedIsDurableOnQuorum ==
    \A c \in commits :
      IsQuorum({s \in Server : c.index <= Len(disk[s].log) /\ disk[s].log[c.index] = c.entry}, InitialConfiguration)

\* The disk is never ahead of the server in term.
DiskTermSeen == \A s \in Server : disk[s].currentTerm <= currentTerm[s]

-----------------------------------------------------------------------------
(* Local properties of steps.                                              *)

Restarted(s) == \E c \in AllowedRestarts(s) : Restart(s, c[1], c[2], c[3])

\* The commit rule of section 5.4.2; Figure 8 shows what happens without it.
CommitsOnlyCurrentTerm ==
    [][\A s \in Server : Advanced(s) => log[s][commitIndex'[s]].term = currentTerm[s]]_allVariables

\* A server may forget how far the log is committed only in a crash.
CommitIndexMonotone ==
    [][\A s \in Server : commitIndex'[s] >= commitIndex[s] \/ Restarted(s)]_allVariables

\* Within one leadership no follower's log goes back.
MatchIndexMonotone ==
    [][\A s \in Server :
         role[s] = Leader /\ role'[s] = Leader /\ currentTerm'[s] = currentTerm[s] =>
           \A p \in Peers(s) : matchIndex'[s][p] >= matchIndex[s][p]]_allVariables

\* Terms never fall: not in memory while a server runs, not on disk ever.
TermMonotone ==
    [][\A s \in Server :
         /\ currentTerm'[s] >= currentTerm[s] \/ Restarted(s)
         /\ disk'[s].currentTerm >= disk[s].currentTerm]_allVariables

\* Within one term a vote, once durable, stays.
DurableVoteStays ==
    [][\A s \in Server :
         disk'[s].currentTerm = disk[s].currentTerm /\ disk[s].votedFor # Nil =>
           disk'[s].votedFor = disk[s].votedFor]_allVariables

\* A running server never deletes an entry that it knows to be committed.
CommittedNeverTruncated ==
    [][\A s \in Server :
         \/ /\ commitIndex[s] <= Len(log'[s])
            /\ SubSeq(log'[s], 1, commitIndex[s]) = SubSeq(log[s], 1, commitIndex[s])
         \/ Restarted(s)]_allVariables
=============================================================================
