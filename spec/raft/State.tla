------------------------------- MODULE State -------------------------------
(***************************************************************************)
(* The state of a Raft cluster: the variables of Figure 2 of the paper     *)
(* (Ongaro and Ousterhout, "In Search of an Understandable Consensus       *)
(* Algorithm", extended version), what a crash keeps, and what is under    *)
(* way.  The other modules of this folder each hold one part of the        *)
(* protocol; Raft.tla composes them.                                       *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets, Bags

CONSTANTS
    Server,                \* every server that may ever take part
    Command,               \* the commands that clients may submit
    Nil,                   \* no server: the vote that has not been given
    InitialConfiguration,  \* the configuration that the cluster starts with
    Features               \* the optional parts of the protocol that are on

\* A server's role (section 5.1).
Follower  == "follower"
Candidate == "candidate"
Leader    == "leader"

(***************************************************************************)
(* Each variable is a function of the server that owns it, but for the     *)
(* network.  A variable that belongs to a role has a fixed value outside   *)
(* that role: votesGranted is empty but for candidates, nextIndex is 1 and *)
(* matchIndex is 0 but for leaders.                                        *)
(***************************************************************************)
VARIABLES
    currentTerm,   \* the latest term that the server has seen
    votedFor,      \* the candidate that got its vote in currentTerm, or Nil
    log,           \* a sequence of entries; the first has index 1

    role,          \* follower, candidate or leader
    commitIndex,   \* the highest index that the server knows to be committed
    votesGranted,  \* candidate: the peers whose vote has arrived
    nextIndex,     \* leader: for each peer, the next index to send
    matchIndex,    \* leader: for each peer, the highest index known to match

    disk,          \* the currentTerm, votedFor and log that a crash keeps
    pending,       \* the writes handed to storage, oldest first

    network        \* the messages in flight, a bag of contents

persistentVariables == <<currentTerm, votedFor, log>>
leaderVariables     == <<nextIndex, matchIndex>>
volatileVariables   == <<role, commitIndex, votesGranted, leaderVariables>>
storageVariables    == <<disk, pending>>
variables == <<persistentVariables, volatileVariables, storageVariables, network>>

-----------------------------------------------------------------------------
(* Arithmetic and the log.                                                 *)

Max(a, b) == IF a > b THEN a ELSE b
Min(a, b) == IF a < b THEN a ELSE b

Peers(s) == Server \ {s}

\* Besides commands, a log holds no-ops, which a new leader appends so that
\* the entries of earlier terms can commit (thesis 6.4).
CommandEntry(term, command) == [term |-> term, command |-> command]
NoOpEntry(term)             == [term |-> term, noop |-> TRUE]

LastIndex(l)   == Len(l)
TermAt(l, i)   == IF i = 0 THEN 0 ELSE l[i].term
LastTerm(l)    == TermAt(l, LastIndex(l))

\* The log that keeps the first `keep` entries and continues with `append`.
Spliced(l, keep, append) ==
    IF append = <<>> /\ keep = Len(l) THEN l ELSE SubSeq(l, 1, keep) \o append

\* Logs that agree in the term at an index agree up to it (LogMatching), so
\* one comparison tells whether the first i entries of l and k are the same.
SamePrefix(l, k, i) ==
    IF i = 0 THEN TRUE ELSE i <= Len(l) /\ i <= Len(k) /\ l[i].term = k[i].term

-----------------------------------------------------------------------------
(* The values of a role's variables outside that role.                     *)

NoVotes       == {}
NoNextIndex(s)  == [p \in Peers(s) |-> 1]
NoMatchIndex(s) == [p \in Peers(s) |-> 0]

InitState ==
    /\ currentTerm  = [s \in Server |-> 0]
    /\ votedFor     = [s \in Server |-> Nil]
    /\ log          = [s \in Server |-> <<>>]
    /\ role         = [s \in Server |-> Follower]
    /\ commitIndex  = [s \in Server |-> 0]
    /\ votesGranted = [s \in Server |-> NoVotes]
    /\ nextIndex    = [s \in Server |-> NoNextIndex(s)]
    /\ matchIndex   = [s \in Server |-> NoMatchIndex(s)]
=============================================================================
