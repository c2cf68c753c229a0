------------------------------- MODULE MCRaft -------------------------------
(***************************************************************************)
(* The spec with bounds: what every model of this folder shares.  A model  *)
(* is one cfg, which sets the bounds and names what must hold.             *)
(***************************************************************************)
EXTENDS RaftProperties

CONSTANTS
    MaxTerm,      \* the highest term
    MaxLog,       \* the longest log
    MaxMessages,  \* the most messages in flight, held back ones included
    MaxCopies,    \* the most copies of one message in flight
    MaxPending,   \* the most writes under way on one server
    MaxRestarts   \* the most restarts in one behaviour

AllServersVote == [voters |-> Server]

HeldBack(s) == BagCardinality(Promised(s, Len(pending[s])))

RECURSIVE SumHeldBack(_)
SumHeldBack(servers) ==
    IF servers = {} THEN 0
    ELSE LET s == CHOOSE s \in servers : TRUE IN HeldBack(s) + SumHeldBack(servers \ {s})

Bounded ==
    /\ \A s \in Server :
         /\ currentTerm[s] <= MaxTerm
         /\ Len(log[s]) <= MaxLog
         /\ Len(pending[s]) <= MaxPending
    /\ BagCardinality(network) + SumHeldBack(Server) <= MaxMessages
    /\ \A m \in BagToSet(network) : CopiesIn(m, network) <= MaxCopies
    /\ restarts <= MaxRestarts

(***************************************************************************)
(* Tight policies, as a plain implementation has them: one entry a         *)
(* message, sent from nextIndex, which moves as Figure 2 says.             *)
(***************************************************************************)
OneEntryFromNextIndex(s, p) ==
    LET next == nextIndex[s][p]
    IN  {<<next - 1, count, commitIndex[s], next>> :
            count \in {IF next <= LastIndex(log[s]) THEN 1 ELSE 0}}

\* As above, and empty heartbeats too.
OneEntryOrHeartbeat(s, p) ==
    LET next == nextIndex[s][p]
    IN  {<<next - 1, count, commitIndex[s], next>> :
            count \in 0..Min(1, LastIndex(log[s]) + 1 - next)}

AsFigure2(s, m) ==
    IF IsForLeadership(s, m)
    THEN {Max(MatchIndexAfter(s, m) + 1,
              IF m.success THEN nextIndex[s][m.from] ELSE nextIndex[s][m.from] - 1)}
    ELSE {1}

\* A restarted server has forgotten commitIndex, as in Figure 2.
CommitIndexForgotten(s) == {c \in AllowedRestarts(s) : c[3] = 0}

NoRestarts(s) == {}
=============================================================================
