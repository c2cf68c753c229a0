------------------------------ MODULE Election ------------------------------
(***************************************************************************)
(* Leader election (sections 5.1, 5.2 and 5.4.1).                          *)
(***************************************************************************)
EXTENDS Persistence, Configuration

(***************************************************************************)
(* "If RPC request or response contains term T > currentTerm: set          *)
(* currentTerm = T, convert to follower" (5.1).  The vote belongs to the   *)
(* term: it is forgotten with a newer term, and with nothing else.         *)
(* ongardie/raft.tla makes this an action of its own; here it is a part of *)
(* receiving the message, as in every implementation.                      *)
(***************************************************************************)
IsNewer(s, m) == m.term > currentTerm[s]

AdoptTerm(s, m) ==
    IF IsNewer(s, m)
    THEN [NoChange(s) EXCEPT !.currentTerm = m.term, !.votedFor = Nil]
    ELSE NoChange(s)

StepDownIf(s, condition) ==
    role' = IF condition THEN [role EXCEPT ![s] = Follower] ELSE role

ForgetVotesIf(s, condition) ==
    votesGranted' = IF condition THEN [votesGranted EXCEPT ![s] = NoVotes] ELSE votesGranted

ForgetFollowersIf(s, condition) ==
    /\ nextIndex' = IF condition THEN [nextIndex EXCEPT ![s] = NoNextIndex(s)] ELSE nextIndex
    /\ matchIndex' = IF condition THEN [matchIndex EXCEPT ![s] = NoMatchIndex(s)] ELSE matchIndex

IsMessage(s, m, type) == m.type = type /\ m.to = s /\ InFlight(m)

-----------------------------------------------------------------------------
\* The election timeout elapses: a new term, and a vote for oneself (5.2).
\* The own vote counts once it is durable, see BecomeLeader.
Timeout(s) ==
    /\ role[s] # Leader
    /\ s \in ConfigurationOf(s).voters
    /\ Update(s, [NoChange(s) EXCEPT !.currentTerm = @ + 1, !.votedFor = s],
              network, NoMessages, NoMessages)
    /\ role' = [role EXCEPT ![s] = Candidate]
    /\ votesGranted' = [votesGranted EXCEPT ![s] = NoVotes]
    /\ UNCHANGED <<commitIndex, leaderVariables>>

RequestVoteRequest(s, p) ==
    [type |-> "RequestVoteRequest", from |-> s, to |-> p, term |-> currentTerm[s],
     lastLogIndex |-> LastIndex(log[s]), lastLogTerm |-> LastTerm(log[s])]

\* A candidate asks a peer for its vote; it may ask again.  The request
\* promises the candidate's vote for itself, so it waits for that (5.2).
RequestVote(s, p) ==
    /\ role[s] = Candidate
    /\ p \in Peers(s)
    /\ Update(s, NoChange(s), network, NoMessages, Just(RequestVoteRequest(s, p)))
    /\ UNCHANGED volatileVariables

\* "The voter denies its vote if its own log is more up-to-date" (5.4.1).
IsUpToDate(s, m) ==
    \/ m.lastLogTerm > LastTerm(log[s])
    \/ m.lastLogTerm = LastTerm(log[s]) /\ m.lastLogIndex >= LastIndex(log[s])

\* The term of the request is not stale, the vote is free or the candidate's
\* already, and the candidate's log is up to date (Figure 2, RequestVote RPC).
GrantsVote(s, m) ==
    /\ m.term >= currentTerm[s]
    /\ IsNewer(s, m) \/ votedFor[s] \in {Nil, m.from}
    /\ IsUpToDate(s, m)

RequestVoteResponse(s, m) ==
    [type |-> "RequestVoteResponse", from |-> s, to |-> m.from,
     term |-> Max(m.term, currentTerm[s]), voteGranted |-> GrantsVote(s, m)]

\* A granted vote is a promise and waits for durability; a refusal is none.
HandleRequestVoteRequest(s, m) ==
    LET grants == GrantsVote(s, m)
        reply  == Just(RequestVoteResponse(s, m))
        change == AdoptTerm(s, m)
    IN  /\ IsMessage(s, m, "RequestVoteRequest")
        /\ Update(s, IF grants THEN [change EXCEPT !.votedFor = m.from] ELSE change, NetworkLess(m),
                  IF grants THEN NoMessages ELSE reply,
                  IF grants THEN reply ELSE NoMessages)
        /\ StepDownIf(s, IsNewer(s, m))
        /\ ForgetVotesIf(s, IsNewer(s, m))
        /\ ForgetFollowersIf(s, IsNewer(s, m))
        /\ UNCHANGED commitIndex

\* Votes are a set: a vote that arrives twice counts once.  A vote of another
\* term does not count, nor one that comes after the election is decided.
CountsVote(s, m) ==
    m.voteGranted /\ m.term = currentTerm[s] /\ role[s] = Candidate

HandleRequestVoteResponse(s, m) ==
    /\ IsMessage(s, m, "RequestVoteResponse")
    /\ Update(s, AdoptTerm(s, m), NetworkLess(m), NoMessages, NoMessages)
    /\ StepDownIf(s, IsNewer(s, m))
    /\ votesGranted' =
         IF IsNewer(s, m) THEN [votesGranted EXCEPT ![s] = NoVotes]
         ELSE IF CountsVote(s, m) THEN [votesGranted EXCEPT ![s] = @ \cup {m.from}]
         ELSE votesGranted
    /\ ForgetFollowersIf(s, IsNewer(s, m))
    /\ UNCHANGED commitIndex

\* "A candidate wins an election if it receives votes from a majority of the
\* servers" (5.2), its own included, which must be durable as theirs are.
BecomeLeader(s) ==
    /\ role[s] = Candidate
    /\ OwnVoteIsDurable(s)
    /\ IsQuorum(votesGranted[s] \cup {s}, ConfigurationOf(s))
    /\ role' = [role EXCEPT ![s] = Leader]
    /\ votesGranted' = [votesGranted EXCEPT ![s] = NoVotes]
    /\ nextIndex' = [nextIndex EXCEPT ![s] = [p \in Peers(s) |-> LastIndex(log[s]) + 1]]
    /\ matchIndex' = [matchIndex EXCEPT ![s] = NoMatchIndex(s)]
    /\ UNCHANGED <<persistentVariables, commitIndex, storageVariables, network>>
=============================================================================
