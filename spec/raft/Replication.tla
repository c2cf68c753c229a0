---------------------------- MODULE Replication ----------------------------
(***************************************************************************)
(* Log replication and commitment (sections 5.3 and 5.4.2).                *)
(***************************************************************************)
EXTENDS Election

AppendToLog(s, entry) ==
    /\ role[s] = Leader
    /\ Update(s, [NoChange(s) EXCEPT !.append = <<entry>>], network, NoMessages, NoMessages)
    /\ UNCHANGED volatileVariables

\* "The leader appends the command to its log as a new entry" (5.3).
ClientRequest(s, command) == AppendToLog(s, CommandEntry(currentTerm[s], command))

\* A leader may append an entry without a command, so that the entries of
\* earlier terms commit without waiting for a client (thesis 6.4).
AppendNoOp(s) == AppendToLog(s, NoOpEntry(currentTerm[s]))

-----------------------------------------------------------------------------
AppendEntriesRequest(s, p, prev, count, commit) ==
    [type |-> "AppendEntriesRequest", from |-> s, to |-> p, term |-> currentTerm[s],
     prevLogIndex |-> prev, prevLogTerm |-> TermAt(log[s], prev),
     entries |-> SubSeq(log[s], prev + 1, prev + count), leaderCommit |-> commit]

\* nextIndex is a leader's guess and flow control is not in the spec: any new
\* value above matchIndex will do.
NextIndexes(s, p, match) == (match + 1)..(LastIndex(log[s]) + 1)

\* A leader sends `count` entries after index `prev`, or a heartbeat.  Which
\* ones, and how far it tells that the log is committed, is its own policy:
\* batching, pipelining and retries all map onto this action.  It may leave
\* before the leader's own disk has the entries (thesis 10.2.1).
AppendEntries(s, p, prev, count, commit, next) ==
    /\ role[s] = Leader
    /\ p \in Peers(s)
    /\ prev + count <= LastIndex(log[s])
    /\ commit <= commitIndex[s]
    /\ next \in NextIndexes(s, p, matchIndex[s][p])
    /\ nextIndex' = [nextIndex EXCEPT ![s][p] = next]
    /\ network' = network (+) Just(AppendEntriesRequest(s, p, prev, count, commit))
    /\ UNCHANGED <<persistentVariables, role, commitIndex, votesGranted, matchIndex, storageVariables>>

\* Every <<prev, count, commit, next>> that AppendEntries allows.  Models narrow this.
AppendEntriesChoices(s, p) ==
    {<<prev, count, commit, next>> \in (0..LastIndex(log[s])) \X (0..LastIndex(log[s]))
                                       \X (0..commitIndex[s]) \X NextIndexes(s, p, matchIndex[s][p]) :
        prev + count <= LastIndex(log[s])}

-----------------------------------------------------------------------------
\* "Reply false if log doesn't contain an entry at prevLogIndex whose term
\* matches prevLogTerm" (Figure 2, AppendEntries RPC).
HasPrevious(s, m) ==
    \/ m.prevLogIndex = 0
    \/ m.prevLogIndex <= LastIndex(log[s]) /\ log[s][m.prevLogIndex].term = m.prevLogTerm

AcceptsEntries(s, m) == m.term >= currentTerm[s] /\ HasPrevious(s, m)

LastNewIndex(m) == m.prevLogIndex + Len(m.entries)

\* The positions in m.entries whose entries conflict with the log: "same
\* index but different terms".
Conflicts(s, m) ==
    {k \in 1..Len(m.entries) :
        /\ m.prevLogIndex + k <= LastIndex(log[s])
        /\ log[s][m.prevLogIndex + k].term # m.entries[k].term}

\* "If an existing entry conflicts with a new one, delete the existing entry
\* and all that follow it; append any new entries not already in the log".
\* Without a conflict nothing is deleted: the request may be an old one.
TakeEntries(s, m) ==
    LET conflicts == Conflicts(s, m)
        first == IF conflicts = {}
                 THEN LastIndex(log[s]) - m.prevLogIndex + 1
                 ELSE CHOOSE k \in conflicts : \A j \in conflicts : k <= j
    IN  [AdoptTerm(s, m) EXCEPT
            !.keep = IF conflicts = {} THEN LastIndex(log[s]) ELSE m.prevLogIndex + first - 1,
            !.append = SubSeq(m.entries, first, Len(m.entries))]

AppendEntriesResponse(s, m) ==
    [type |-> "AppendEntriesResponse", from |-> s, to |-> m.from,
     term |-> Max(m.term, currentTerm[s]), success |-> AcceptsEntries(s, m),
     matchIndex |-> IF AcceptsEntries(s, m) THEN LastNewIndex(m) ELSE 0]

\* "If leaderCommit > commitIndex, set commitIndex = min(leaderCommit, index
\* of last new entry)": entries beyond that one are not known to match.
CommitIndexAfter(s, m) == Max(commitIndex[s], Min(m.leaderCommit, LastNewIndex(m)))

\* A success is a promise that the entries are durable; a refusal is none.
HandleAppendEntriesRequest(s, m) ==
    LET accepts == AcceptsEntries(s, m)
        reply   == Just(AppendEntriesResponse(s, m))
        obeys   == m.term >= currentTerm[s]
    IN  /\ IsMessage(s, m, "AppendEntriesRequest")
        /\ ~(role[s] = Leader /\ m.term = currentTerm[s])
        /\ Update(s, IF accepts THEN TakeEntries(s, m) ELSE AdoptTerm(s, m), NetworkLess(m),
                  IF accepts THEN NoMessages ELSE reply,
                  IF accepts THEN reply ELSE NoMessages)
        /\ StepDownIf(s, obeys)
        /\ ForgetVotesIf(s, obeys)
        /\ ForgetFollowersIf(s, IsNewer(s, m))
        /\ commitIndex' = IF accepts THEN [commitIndex EXCEPT ![s] = CommitIndexAfter(s, m)] ELSE commitIndex

-----------------------------------------------------------------------------
\* A response of the leadership that is still going on.
IsForLeadership(s, m) == role[s] = Leader /\ m.term = currentTerm[s]

\* matchIndex never goes back: an old response may come late.
MatchIndexAfter(s, m) ==
    IF m.success THEN Max(matchIndex[s][m.from], m.matchIndex) ELSE matchIndex[s][m.from]

HandleAppendEntriesResponse(s, m, next) ==
    /\ IsMessage(s, m, "AppendEntriesResponse")
    /\ Update(s, AdoptTerm(s, m), NetworkLess(m), NoMessages, NoMessages)
    /\ StepDownIf(s, IsNewer(s, m))
    /\ ForgetVotesIf(s, IsNewer(s, m))
    /\ IF IsForLeadership(s, m)
       THEN /\ next \in NextIndexes(s, m.from, MatchIndexAfter(s, m))
            /\ matchIndex' = [matchIndex EXCEPT ![s][m.from] = MatchIndexAfter(s, m)]
            /\ nextIndex' = [nextIndex EXCEPT ![s][m.from] = next]
       ELSE ForgetFollowersIf(s, IsNewer(s, m))
    /\ UNCHANGED commitIndex

\* The values of `next` that matter.  Models narrow this.
NextIndexChoices(s, m) ==
    IF IsForLeadership(s, m) THEN NextIndexes(s, m.from, MatchIndexAfter(s, m)) ELSE {1}

-----------------------------------------------------------------------------
\* The servers known to hold entry i durably; the leader counts itself as
\* soon as its own disk has it (thesis 10.2.1).
HoldersOf(s, i) ==
    {p \in Peers(s) : matchIndex[s][p] >= i} \cup (IF IsDurable(s, i) THEN {s} ELSE {})

\* "Only log entries from the leader's current term are committed by counting
\* replicas" (5.4.2): the entries before it are committed with it.
AdvanceCommitIndex(s, i) ==
    /\ role[s] = Leader
    /\ i \in (commitIndex[s] + 1)..LastIndex(log[s])
    /\ log[s][i].term = currentTerm[s]
    /\ IsQuorum(HoldersOf(s, i), ConfigurationOf(s))
    /\ commitIndex' = [commitIndex EXCEPT ![s] = i]
    /\ UNCHANGED <<persistentVariables, role, votesGranted, leaderVariables, storageVariables, network>>
=============================================================================
