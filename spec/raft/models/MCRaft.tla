------------------------------- MODULE MCRaft -------------------------------
(***************************************************************************)
(* The spec with bounds: what every model of this folder shares.  A model  *)
(* is one cfg, which sets the bounds, picks policies and names what must   *)
(* hold.  Models that do not start in Init extend this module.             *)
(***************************************************************************)
EXTENDS RaftProperties

CONSTANTS
    MaxTerm,      \* the highest term
    MaxLog,       \* the longest log
    MaxMessages,  \* the most messages in flight, and held back on one server
    MaxCopies,    \* the most copies of one message in flight
    MaxPending,   \* the most writes under way on one server
    MaxRestarts,  \* the most restarts in one behaviour
    MayLead       \* the servers whose election timeout may elapse

AllServersVote == [voters |-> Server]

HeldBack(s) == BagCardinality(Promised(s, Len(pending[s])))

Bounded ==
    /\ \A s \in Server :
         /\ currentTerm[s] <= MaxTerm
         /\ Len(log[s]) <= MaxLog
         /\ Len(pending[s]) <= MaxPending
         /\ HeldBack(s) <= MaxMessages
         /\ role[s] = Candidate => s \in MayLead
    /\ BagCardinality(network) <= MaxMessages
    /\ \A m \in BagToSet(network) : network[m] <= MaxCopies
    /\ restarts <= MaxRestarts

\* What a model demands besides.
MoreBounds == TRUE

\* For Also: the bounds are part of the step and not a CONSTRAINT of TLC, which
\* would generate and check what is just outside them, too: most of all states.
RememberWithinBounds(crashes) == Remember(crashes) /\ Bounded' /\ MoreBounds'

-----------------------------------------------------------------------------
(* Policies, which replace the choices that the spec leaves open.          *)

\* One entry a message, sent from nextIndex, which moves as Figure 2 says: a
\* plain implementation without heartbeats.
OneEntry(s, p) ==
    LET next == nextIndex[s][p]
    IN  IF next <= LastIndex(log[s]) THEN {<<next - 1, 1, commitIndex[s], next>>} ELSE {}

\* At most one entry a message: heartbeats, too, from nextIndex.
OneEntryOrHeartbeat(s, p) ==
    LET next == nextIndex[s][p]
    IN  {<<next - 1, count, commitIndex[s], next>> :
            count \in 0..Min(1, LastIndex(log[s]) + 1 - next)}

\* Any number of entries from nextIndex on, a heartbeat among them.
AnyEntries(s, p) ==
    LET next == nextIndex[s][p]
    IN  {<<next - 1, count, commitIndex[s], next>> : count \in 0..(LastIndex(log[s]) + 1 - next)}

\* All entries from nextIndex on, or a heartbeat where there are none.
AllEntries(s, p) ==
    LET next == nextIndex[s][p]
    IN  {<<next - 1, LastIndex(log[s]) + 1 - next, commitIndex[s], next>>}

\* One entry a message, sent before those before it are acknowledged:
\* nextIndex moves as the message leaves (thesis 10.2.1).
Pipelined(s, p) ==
    LET next == nextIndex[s][p]
    IN  IF next <= LastIndex(log[s])
        THEN {<<next - 1, 1, commitIndex[s], next + 1>>}
        ELSE {<<next - 1, 0, commitIndex[s], next>>}

\* nextIndex after a response: the entry after the ones that match, or one
\* step back (section 5.3).
AsFigure2(s, m) ==
    IF IsForLeadership(s, m)
    THEN {Max(MatchIndexAfter(s, m) + 1,
              IF m.success THEN nextIndex[s][m.from] ELSE nextIndex[s][m.from] - 1)}
    ELSE {1}

\* A restarted server has forgotten commitIndex, as in Figure 2.
CommitIndexForgotten(s) == {c \in AllowedRestarts(s) : c[3] = 0}

\* For actions that a model leaves out.
Never(x) == FALSE

-----------------------------------------------------------------------------
(* What a model must reach, or it has shown nothing: TLC is to find each   *)
(* of these violated (`witnesses` in manifest.json).                       *)

NeverElected                == [](elections = {})
NeverElectedTwice           == [](\A a, b \in elections : a.term = b.term)
NeverElectedBesideRestart   == [](restarts = 0 \/ elections = {})
NeverCommitted              == [](commits = {})
NeverCommittedTwice         == [](\A c, d \in commits : c.term = d.term)
NeverCommittedBesideRestart == [](restarts = 0 \/ commits = {})
NeverLearned                == [](\A s \in Server : role[s] = Leader \/ commitIndex[s] = 0)
NeverDuplicated             == [](\A m \in BagToSet(network) : network[m] = 1)
NeverGroupCommit            == [](\A s \in Server : Len(pending[s]) < 2)

NeverTruncated ==
    [][\A s \in Server :
         \/ SubSeq(log'[s], 1, Len(log[s])) = log[s]
         \/ Restarted(s)]_allVariables

NeverTorn ==
    [][\A s \in Server :
         \/ disk'[s] = disk[s]
         \/ \E n \in 1..Len(pending[s]) : disk'[s] = pending[s][n].write]_allVariables
=============================================================================
