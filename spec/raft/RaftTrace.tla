------------------------------ MODULE RaftTrace ------------------------------
(***************************************************************************)
(* Is a recorded trace a behaviour of Raft?                                *)
(*                                                                         *)
(* Each step consumes one recorded event: it takes the action that the     *)
(* event names, with the choices that the event recorded, and demands that *)
(* what the action created, released and changed is what was recorded.     *)
(* Every choice of an action is in its event, so an event has at most one  *)
(* successor and the check is a walk along the trace, not a search.        *)
(***************************************************************************)
EXTENDS Raft, TLC

CONSTANTS
    Events,      \* the steps to take, see below
    Chunks,      \* the parts of Events that are walked on their own
    Observed     \* the variables that the recorder could see

(***************************************************************************)
(* An event is a record:                                                   *)
(*   at, action   its position in the recording and its action's name      *)
(*   server       whose action it is; absent for one of the network        *)
(*   state        the variables of the server that it mentions, with their *)
(*                new values; `log` as [keep, append]                      *)
(*   unobserved   the variables about which it says nothing                *)
(*   message      what it receives, loses, duplicates                      *)
(*   sends        the sequence of messages that it creates                 *)
(*   releases     Persist: the sequence of messages that it lets go        *)
(*   args         the action's other choices                               *)
(* A field that would be empty may be absent.                              *)
(*                                                                         *)
(* Besides recorded events there are steps that a recording implies: the   *)
(* network duplicates what is received twice, loses what nobody received,  *)
(* and delivers what servers without a recording have sent; and the walk   *)
(* learns what an event shows that others have hidden.  They are no events *)
(* of the trace: `inserted |-> TRUE` tells them apart, and `at` names the  *)
(* event that needs them.                                                  *)
(***************************************************************************)
Given(e, field, otherwise) == IF field \in DOMAIN e THEN e[field] ELSE otherwise

Changes(e)    == Given(e, "state", <<>>)
Sends(e)      == Given(e, "sends", <<>>)
Releases(e)   == Given(e, "releases", <<>>)
IsInserted(e) == "inserted" \in DOMAIN e

Mentions(e, variable) == variable \in DOMAIN Changes(e)
Observes(e, variable) == variable \in Observed /\ variable \notin Given(e, "unobserved", {})

-----------------------------------------------------------------------------
VARIABLES
    chunk,      \* which chunk this walk is in
    position,   \* the event to consume next
    hidden      \* the <<leader, peer>> whose nextIndex the trace has lost sight of

traceVariables == <<variables, chunk, position, hidden>>

(***************************************************************************)
(* Where a recorded value is not the spec's, TLC prints what the spec      *)
(* says, so that the difference can be reported.                           *)
(***************************************************************************)
Explained(e, what, agrees, specified) ==
    IF agrees THEN TRUE ELSE PrintT(<<"differs", chunk, e.at, what, ToString(specified)>>) /\ FALSE

Agrees(e, what, recorded, specified) == Explained(e, what, recorded = specified, specified)

-----------------------------------------------------------------------------
(***************************************************************************)
(* nextIndex is the one variable whose new value is a free choice.  Where  *)
(* the event does not tell it the walk takes the largest, for no guard of  *)
(* the spec depends on it.  An event that exempts nextIndex hides the      *)
(* value of the peer that its action moves it for, until an event gives    *)
(* nextIndex whole again or the leadership ends: till then it may be any   *)
(* that is above matchIndex and not above the one the walk took.           *)
(***************************************************************************)
NextIndexAfter(e, p, match) ==
    IF ~Observes(e, "nextIndex") THEN LastIndex(log[e.server]) + 1
    ELSE IF Mentions(e, "nextIndex") /\ p \in DOMAIN e.state.nextIndex THEN e.state.nextIndex[p]
    ELSE nextIndex[e.server][p]

MovesNextIndexOf(e, p) ==
    CASE e.action = "AppendEntries"               -> p = e.sends[1].to
      [] e.action = "HandleAppendEntriesResponse" -> p = e.message.from /\ IsForLeadership(e.server, e.message)
      [] OTHER                                    -> FALSE

Hides(e) == "nextIndex" \in Given(e, "unobserved", {})

Hide(e) ==
    hidden' =
        IF Hides(e) /\ role'[e.server] = Leader
        THEN hidden \cup {<<e.server, p>> : p \in {q \in Peers(e.server) : MovesNextIndexOf(e, q)}}
        ELSE IF role'[e.server] = Leader /\ ~Mentions(e, "nextIndex") THEN hidden
        ELSE {pair \in hidden : pair[1] # e.server}

\* What nextIndex was before the event, if it says that it did not change.  Who
\* is no leader any more has forgotten it, so what is hidden may have been 1.
NextIndexBefore(e) ==
    LET s == e.server
    IN  IF hidden = {} \/ role'[s] = Leader THEN nextIndex[s]
        ELSE [p \in Peers(s) |->
                 IF <<s, p>> \in hidden /\ matchIndex[s][p] = 0 THEN 1 ELSE nextIndex[s][p]]

\* The event at hand gives nextIndex whole: so that is what was hidden, where
\* it can be.  What cannot be is left to the event, which will then differ.
LearnNextIndex(s, told) ==
    /\ nextIndex' =
         [nextIndex EXCEPT ![s] =
             [p \in Peers(s) |->
                 IF /\ <<s, p>> \in hidden
                    /\ p \in DOMAIN told
                    /\ told[p] > matchIndex[s][p]
                    /\ told[p] <= nextIndex[s][p]
                 THEN told[p]
                 ELSE nextIndex[s][p]]]
    /\ UNCHANGED <<persistentVariables, role, commitIndex, votesGranted, matchIndex, storageVariables,
                   network, hidden>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* The recorded action with its recorded choices.  The action comes first: *)
(* what is compared after it may then rely on its guards, so that no       *)
(* record, however corrupt, makes TLC apply a function outside its domain. *)
(***************************************************************************)
CreatesOne(e, type) == Len(Sends(e)) = 1 /\ e.sends[1].type = type

Creates(e, message) == Agrees(e, "sends", Sends(e), <<message>>)

RecordedRequestVote(e) ==
    /\ CreatesOne(e, "RequestVoteRequest")
    /\ RequestVote(e.server, e.sends[1].to)
    /\ Creates(e, RequestVoteRequest(e.server, e.sends[1].to))

RecordedHandleRequestVoteRequest(e) ==
    /\ HandleRequestVoteRequest(e.server, e.message)
    /\ Creates(e, RequestVoteResponse(e.server, e.message))

\* The first three conjuncts keep TLC's arithmetic and functions in bounds.
RecordedAppendEntries(e) ==
    /\ CreatesOne(e, "AppendEntriesRequest")
    /\ LET s == e.server
           m == e.sends[1]
       IN  /\ m.to \in Peers(s)
           /\ m.prevLogIndex <= LastIndex(log[s])
           /\ AppendEntries(s, m.to, m.prevLogIndex, Len(m.entries), m.leaderCommit,
                            NextIndexAfter(e, m.to, matchIndex[s][m.to]))
           /\ Creates(e, AppendEntriesRequest(s, m.to, m.prevLogIndex, Len(m.entries), m.leaderCommit))

RecordedHandleAppendEntriesRequest(e) ==
    /\ HandleAppendEntriesRequest(e.server, e.message)
    /\ Creates(e, AppendEntriesResponse(e.server, e.message))

\* Only within the leadership does the response move nextIndex.
RecordedHandleAppendEntriesResponse(e) ==
    LET s == e.server
        m == e.message
    IN  /\ IsMessage(s, m, "AppendEntriesResponse")
        /\ IF IsForLeadership(s, m)
           THEN /\ m.success => m.matchIndex <= LastIndex(log[s])
                /\ HandleAppendEntriesResponse(s, m, NextIndexAfter(e, m.from, MatchIndexAfter(s, m)))
           ELSE HandleAppendEntriesResponse(s, m, 1)

\* commitIndex after the event, also where the recorder cannot see it.
RecordedCommitIndex(e) ==
    IF Mentions(e, "commitIndex") THEN e.state.commitIndex
    ELSE Given(Given(e, "args", <<>>), "commitIndex", commitIndex[e.server])

RECURSIVE BagOf(_)
BagOf(messages) ==
    IF messages = <<>> THEN NoMessages ELSE Just(Head(messages)) (+) BagOf(Tail(messages))

RecordedPersist(e) ==
    /\ Persist(e.server, e.args.writes)
    /\ Agrees(e, "releases", BagOf(Releases(e)), Promised(e.server, e.args.writes))

RecordedRestart(e) ==
    Restart(e.server, e.args.writes, e.args.length, RecordedCommitIndex(e))

ServerEvent(e) ==
    CASE e.action = "Timeout"                     -> Timeout(e.server)
      [] e.action = "RequestVote"                 -> RecordedRequestVote(e)
      [] e.action = "HandleRequestVoteRequest"    -> RecordedHandleRequestVoteRequest(e)
      [] e.action = "HandleRequestVoteResponse"   -> HandleRequestVoteResponse(e.server, e.message)
      [] e.action = "BecomeLeader"                -> BecomeLeader(e.server)
      [] e.action = "ClientRequest"               -> ClientRequest(e.server, e.args.command)
      [] e.action = "AppendNoOp"                  -> AppendNoOp(e.server)
      [] e.action = "AppendEntries"               -> RecordedAppendEntries(e)
      [] e.action = "HandleAppendEntriesRequest"  -> RecordedHandleAppendEntriesRequest(e)
      [] e.action = "HandleAppendEntriesResponse" -> RecordedHandleAppendEntriesResponse(e)
      [] e.action = "AdvanceCommitIndex"          -> AdvanceCommitIndex(e.server, RecordedCommitIndex(e))
      [] e.action = "Persist"                     -> RecordedPersist(e)
      [] e.action = "Restart"                     -> RecordedRestart(e)
      [] OTHER                                    -> FALSE

-----------------------------------------------------------------------------
(***************************************************************************)
(* The state after the event.  A variable that the event mentions has the  *)
(* recorded value; one that it does not mention has kept its own; one that *)
(* was not observed has whatever the spec gives it.                        *)
(*                                                                         *)
(* Only the variables of the event's server are compared: no action of     *)
(* Raft changes those of two servers, so the others' are what they were.   *)
(***************************************************************************)
Shows(e, variable, before, after) ==
    IF ~Observes(e, variable) THEN TRUE
    ELSE Agrees(e, variable, IF Mentions(e, variable) THEN e.state[variable] ELSE before, after)

\* The log is recorded as what stays of it and what is appended there.
ShowsLog(e) ==
    LET before == log[e.server]
        after  == log'[e.server]
        keep   == IF Mentions(e, "log") THEN e.state.log.keep ELSE Len(before)
        append == IF Mentions(e, "log") THEN e.state.log.append ELSE <<>>
        stays  == Min(keep, Min(Len(before), Len(after)))
    IN  IF ~Observes(e, "log") THEN TRUE
        ELSE Explained(e, "log", keep <= Len(before) /\ after = Spliced(before, keep, append),
                       [keep |-> stays, append |-> SubSeq(after, stays + 1, Len(after))])

ShowsState(e) ==
    LET s == e.server
    IN  /\ Shows(e, "currentTerm", currentTerm[s], currentTerm'[s])
        /\ Shows(e, "votedFor", votedFor[s], votedFor'[s])
        /\ Shows(e, "role", role[s], role'[s])
        /\ Shows(e, "commitIndex", commitIndex[s], commitIndex'[s])
        /\ Shows(e, "votesGranted", votesGranted[s], votesGranted'[s])
        /\ Shows(e, "matchIndex", matchIndex[s], matchIndex'[s])
        /\ Shows(e, "nextIndex", NextIndexBefore(e), nextIndex'[s])
        /\ ShowsLog(e)

-----------------------------------------------------------------------------
(***************************************************************************)
(* The steps of the network.  What no later event receives, loses or       *)
(* duplicates is lost as soon as it leaves or was touched last, which      *)
(* keeps the network small.  A promise that no event releases may wait for *)
(* its sender's disk for ever: then there is nothing to lose.              *)
(***************************************************************************)
EnvironmentSends(m) ==
    /\ m.to \in Server
    /\ m.from \in Peers(m.to)
    /\ network' = network (+) Just(m)
    /\ UNCHANGED <<persistentVariables, volatileVariables, storageVariables>>

LoseMessage(m) == IF InFlight(m) THEN DropMessage(m) ELSE UNCHANGED variables

NetworkEvent(e) ==
    CASE e.action = "DropMessage"      -> DropMessage(e.message)
      [] e.action = "DuplicateMessage" -> DuplicateMessage(e.message)
      [] e.action = "LoseMessage"      -> LoseMessage(e.message)
      [] e.action = "EnvironmentSends" -> EnvironmentSends(e.message)
      [] OTHER                         -> FALSE

Consume(e) ==
    IF "server" \in DOMAIN e THEN ServerEvent(e) /\ ShowsState(e) /\ Hide(e)
    ELSE IF e.action = "LearnNextIndex" THEN LearnNextIndex(e.leader, e.nextIndex)
    ELSE NetworkEvent(e) /\ UNCHANGED hidden

-----------------------------------------------------------------------------
(***************************************************************************)
(* A chunk is a record [first, last, start, end]: the events from first to *)
(* last, the state before them and the state after them.  Without `start`  *)
(* it begins as Raft does, without `end` it may end anywhere.  If each     *)
(* chunk's end is the next one's start and every chunk is consumed, then   *)
(* by induction so is the whole trace, whoever supplied those states.      *)
(***************************************************************************)
ServersAre(state) ==
    /\ currentTerm  = state.currentTerm
    /\ votedFor     = state.votedFor
    /\ log          = state.log
    /\ role         = state.role
    /\ commitIndex  = state.commitIndex
    /\ votesGranted = state.votesGranted
    /\ nextIndex    = state.nextIndex
    /\ matchIndex   = state.matchIndex
    /\ disk         = state.disk
    /\ pending      = state.pending

Starts(c) ==
    IF "start" \in DOMAIN c THEN ServersAre(c.start) /\ network = c.start.network ELSE Init

\* More may be in flight than the next chunk starts with: it could be lost.
EndsAsDemanded(c) ==
    IF "end" \in DOMAIN c THEN ServersAre(c.end) /\ c.end.network \sqsubseteq network ELSE TRUE

TraceInit ==
    /\ chunk \in DOMAIN Chunks
    /\ position = Chunks[chunk].first
    /\ hidden = {}
    /\ Starts(Chunks[chunk])

(***************************************************************************)
(* What is printed is the evidence: without a line for each chunk the      *)
(* trace is not accepted, however TLC ends.  The line for each event tells *)
(* how far the walk came.                                                  *)
(***************************************************************************)
TraceNext ==
    LET c == Chunks[chunk]
        e == Events[position]
    IN  /\ position <= c.last
        /\ Consume(e)
        /\ position' = position + 1
        /\ UNCHANGED chunk
        /\ IF IsInserted(e) THEN TRUE ELSE PrintT(<<"matched", chunk, e.at>>)
        /\ IF position = c.last THEN EndsAsDemanded(c)' /\ PrintT(<<"consumed", chunk>>) ELSE TRUE

TraceSpec == TraceInit /\ [][TraceNext]_traceVariables

\* As each event has at most one successor, a chunk and a position determine
\* the state.  So they may stand for it, and a fingerprint costs nothing.
Place == <<chunk, position>>
=============================================================================
