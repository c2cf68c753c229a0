----------------------------- MODULE MCFigure8 ------------------------------
(***************************************************************************)
(* Figure 8 of the paper (section 5.4.2): why a leader must not commit the *)
(* entries of earlier terms by counting replicas.  The numbers in the logs *)
(* are terms.                                                              *)
(*                                                                         *)
(*          (a)       (b)       (c)         (d)       (e)                  *)
(*    S1   1 2 *     1 2       1 2 4 *     1 3       1 2 4 *               *)
(*    S2   1 2       1 2       1 2         1 3       1 2 4                 *)
(*    S3   1         1         1 2         1 3       1 2 4                 *)
(*    S4   1         1         1           1 3       1                     *)
(*    S5   1         1 3 *     1 3         1 3 *     1 3       * leads     *)
(*                                                                         *)
(* (a) S1 leads term 2 and its entry reaches S2.  (b) S1 crashes, S5 is    *)
(* elected in term 3 by S3 and S4 and appends an entry of its own.  (c) S5 *)
(* crashes, S1 is elected in term 4 and goes on replicating: its entry of  *)
(* term 2 is on a majority.  If that committed it, (d) would lose it: S5   *)
(* is elected by S2, S3 and S4, whose logs are older than its own, and     *)
(* overwrites it.  (e) Once an entry of term 4 is on a majority, S5 cannot *)
(* win, and both entries are committed.                                    *)
(*                                                                         *)
(* Three servers are enough: here S2 is the paper's S3, whose vote and log *)
(* decide, and S3 the paper's S5.  The model starts in (b), with the first *)
(* leader's request to S2 still under way and its entry on no server else. *)
(***************************************************************************)
EXTENDS MCRaft, TLC

CONSTANTS S1, S2, S3

EntryOf(term) == CommandEntry(term, CHOOSE c \in Command : TRUE)

LogInB == S1 :> <<EntryOf(1), EntryOf(2)>> @@ S2 :> <<EntryOf(1)>> @@ S3 :> <<EntryOf(1), EntryOf(3)>>

LateRequest ==
    [type |-> "AppendEntriesRequest", from |-> S1, to |-> S2, term |-> 2,
     prevLogIndex |-> 1, prevLogTerm |-> 1, entries |-> <<EntryOf(2)>>, leaderCommit |-> 1]

InitFigure8 ==
    /\ currentTerm  = (S1 :> 2 @@ S2 :> 3 @@ S3 :> 3)
    /\ votedFor     = (S1 :> S1 @@ S2 :> S3 @@ S3 :> S3)
    /\ log          = LogInB
    /\ role         = (S1 :> Follower @@ S2 :> Follower @@ S3 :> Leader)
    /\ commitIndex  = [s \in Server |-> 1]
    /\ votesGranted = [s \in Server |-> NoVotes]
    /\ nextIndex    = [s \in Server |-> IF s = S3 THEN [p \in Peers(s) |-> 2] ELSE NoNextIndex(s)]
    /\ matchIndex   = [s \in Server |-> NoMatchIndex(s)]
    /\ disk         = [s \in Server |-> Written(currentTerm[s], votedFor[s], log[s])]
    /\ pending      = [s \in Server |-> <<>>]
    /\ network      = Just(LateRequest)
    /\ elections    = {[term |-> 2, leader |-> S1, log |-> <<EntryOf(1)>>],
                       [term |-> 3, leader |-> S3, log |-> <<EntryOf(1)>>]}
    /\ commits      = {[index |-> 1, entry |-> EntryOf(1), term |-> 1]}
    /\ restarts     = 0

SpecFigure8 == InitFigure8 /\ [][NextWithHistory]_allVariables

\* For MoreBounds: as in the figure, a leader appends one entry.
OneEntryATerm == \A s \in Server : \A i \in 2..Len(log[s]) : log[s][i - 1].term # log[s][i].term

\* On the way to (c): S1 has won term 4 with the vote of S2 and has sent
\* nothing yet; the other servers of (b) know nothing of it.
InitFigure8C ==
    /\ currentTerm  = (S1 :> 4 @@ S2 :> 4 @@ S3 :> 3)
    /\ votedFor     = (S1 :> S1 @@ S2 :> S1 @@ S3 :> S3)
    /\ log          = LogInB
    /\ role         = (S1 :> Leader @@ S2 :> Follower @@ S3 :> Follower)
    /\ commitIndex  = [s \in Server |-> 1]
    /\ votesGranted = [s \in Server |-> NoVotes]
    /\ nextIndex    = [s \in Server |-> IF s = S1 THEN [p \in Peers(s) |-> 2] ELSE NoNextIndex(s)]
    /\ matchIndex   = [s \in Server |-> NoMatchIndex(s)]
    /\ disk         = [s \in Server |-> Written(currentTerm[s], votedFor[s], log[s])]
    /\ pending      = [s \in Server |-> <<>>]
    /\ network      = NoMessages
    /\ elections    = {[term |-> 2, leader |-> S1, log |-> <<EntryOf(1)>>],
                       [term |-> 3, leader |-> S3, log |-> <<EntryOf(1)>>],
                       [term |-> 4, leader |-> S1, log |-> <<EntryOf(1), EntryOf(2)>>]}
    /\ commits      = {[index |-> 1, entry |-> EntryOf(1), term |-> 1]}
    /\ restarts     = 0

SpecFigure8C == InitFigure8C /\ [][NextWithHistory]_allVariables

-----------------------------------------------------------------------------
(* What the model must reach: the last column of the figure, both ways.    *)

OnMajority(term) ==
    IsQuorum({s \in Server : Len(log[s]) >= 2 /\ log[s][2].term = term}, InitialConfiguration)

\* (c) The entry of term 2 is on a majority, and not committed.
NeverC == []~(OnMajority(2) /\ role[S1] = Leader /\ commitIndex[S1] = 1)

\* (d) It was on a majority and is overwritten.
NeverD == [][OnMajority(2) => OnMajority(2)']_allVariables

\* (e) It is committed, with one of term 4.
NeverE == [](\A c \in commits : c.term # 4)
=============================================================================
