------------------------------- MODULE MCWarm -------------------------------
(***************************************************************************)
(* Models that start just after the first election: FirstLeader leads term *)
(* 1 with the votes of all, the logs are empty, everything is durable.     *)
(* That saves the steps of the election, on which replication does not     *)
(* depend.                                                                 *)
(***************************************************************************)
EXTENDS MCRaft

CONSTANT FirstLeader

InitWarm ==
    /\ currentTerm  = [s \in Server |-> 1]
    /\ votedFor     = [s \in Server |-> FirstLeader]
    /\ log          = [s \in Server |-> <<>>]
    /\ role         = [s \in Server |-> IF s = FirstLeader THEN Leader ELSE Follower]
    /\ commitIndex  = [s \in Server |-> 0]
    /\ votesGranted = [s \in Server |-> NoVotes]
    /\ nextIndex    = [s \in Server |-> NoNextIndex(s)]
    /\ matchIndex   = [s \in Server |-> NoMatchIndex(s)]
    /\ disk         = [s \in Server |-> Written(1, FirstLeader, <<>>)]
    /\ pending      = [s \in Server |-> <<>>]
    /\ network      = NoMessages
    /\ elections    = {[term |-> 1, leader |-> FirstLeader, log |-> <<>>]}
    /\ commits      = {}
    /\ restarts     = 0

SpecWarm == InitWarm /\ [][NextWithHistory]_allVariables
=============================================================================
