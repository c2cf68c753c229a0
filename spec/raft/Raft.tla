-------------------------------- MODULE Raft --------------------------------
(***************************************************************************)
(* The Raft consensus algorithm.  Read State first, then Election,         *)
(* Replication and Persistence; this module puts them together.            *)
(*                                                                         *)
(* The spec is permissive: timers, batching, retries and flow control are  *)
(* policies of implementations and not in it.  Bounds live in the models.  *)
(***************************************************************************)
EXTENDS Replication

Init ==
    /\ InitState
    /\ InitPersistence
    /\ network = NoMessages

\* A server acts of its own accord.
ServerStep(s) ==
    \/ Timeout(s)
    \/ \E p \in Peers(s) : RequestVote(s, p)
    \/ BecomeLeader(s)
    \/ \E c \in Command : ClientRequest(s, c)
    \/ AppendNoOp(s)
    \/ \E p \in Peers(s) : \E c \in AppendEntriesChoices(s, p) : AppendEntries(s, p, c[1], c[2], c[3], c[4])
    \/ \E i \in (commitIndex[s] + 1)..LastIndex(log[s]) : AdvanceCommitIndex(s, i)

\* A server receives a message.  Receiving is one action: the step to a
\* higher term and the creation of the reply are part of it.
ReceiveStep(m) ==
    \/ HandleRequestVoteRequest(m.to, m)
    \/ HandleRequestVoteResponse(m.to, m)
    \/ HandleAppendEntriesRequest(m.to, m)
    \/ m.type = "AppendEntriesResponse"
         /\ \E next \in NextIndexChoices(m.to, m) : HandleAppendEntriesResponse(m.to, m, next)

\* The environment acts: storage, crashes and the network.
StorageStep(s) == \E n \in 1..Len(pending[s]) : Persist(s, n)
CrashStep(s)   == \E c \in RestartChoices(s) : Restart(s, c[1], c[2], c[3])
NetworkStep(m) == DropMessage(m) \/ DuplicateMessage(m)

Next ==
    \/ \E s \in Server : ServerStep(s) \/ StorageStep(s) \/ CrashStep(s)
    \/ \E m \in BagToSet(network) : ReceiveStep(m) \/ NetworkStep(m)

Spec == Init /\ [][Next]_variables
=============================================================================
