---------------------------- MODULE Persistence ----------------------------
(***************************************************************************)
(* Durability: "updated on stable storage before responding to RPCs"       *)
(* (Figure 2).  ongardie/raft.tla takes every change as durable at once.   *)
(* Here a change of currentTerm, votedFor or log is a write handed to      *)
(* storage, and the messages that promise it wait until it is durable.     *)
(*                                                                         *)
(* Synchronous storage persists after each handler, group commit persists  *)
(* several writes at once, asynchronous storage persists late: all three   *)
(* are the one action Persist.                                             *)
(***************************************************************************)
EXTENDS Network

\* With this feature every write is durable at once: small models stay small.
AtomicPersistence == "atomicPersistence" \in Features

\* disk[s] and each pending write hold what Figure 2 calls persistent state.
Written(term, vote, l) == [currentTerm |-> term, votedFor |-> vote, log |-> l]

InitPersistence ==
    /\ disk    = [s \in Server |-> Written(0, Nil, <<>>)]
    /\ pending = [s \in Server |-> <<>>]

(***************************************************************************)
(* A change says what becomes of a server's persistent state: its new term *)
(* and vote, up to which index the log stays, and what is appended there.  *)
(***************************************************************************)
NoChange(s) == [currentTerm |-> currentTerm[s], votedFor |-> votedFor[s],
                keep |-> Len(log[s]), append |-> <<>>]

IsChange(s, change) ==
    \/ change.currentTerm # currentTerm[s]
    \/ change.votedFor # votedFor[s]
    \/ change.keep # Len(log[s])
    \/ change.append # <<>>

(***************************************************************************)
(* The only place where currentTerm, votedFor and log change, and where a  *)
(* message is made to wait.  `rest` is the network less what the server    *)
(* has received, `sent` leaves at once (it promises nothing), `promised`   *)
(* leaves when all that the server has written so far is durable.          *)
(***************************************************************************)
Update(s, change, rest, sent, promised) ==
    LET changed  == IsChange(s, change)
        newLog   == Spliced(log[s], change.keep, change.append)
        write    == Written(change.currentTerm, change.votedFor, newLog)
        last     == Len(pending[s])
        durable  == AtomicPersistence \/ (last = 0 /\ ~changed)
    IN  /\ currentTerm' = [currentTerm EXCEPT ![s] = change.currentTerm]
        /\ votedFor' = [votedFor EXCEPT ![s] = change.votedFor]
        /\ log' = [log EXCEPT ![s] = newLog]
        /\ disk' = IF AtomicPersistence THEN [disk EXCEPT ![s] = write] ELSE disk
        /\ pending' =
             IF durable THEN pending
             ELSE IF changed
                  THEN [pending EXCEPT ![s] = Append(@, [write |-> write, promised |-> promised])]
                  ELSE [pending EXCEPT ![s][last].promised = @ (+) promised]
        /\ network' = IF durable THEN rest (+) sent (+) promised ELSE rest (+) sent

\* The promises that ride on the first n pending writes of server s.
RECURSIVE Promised(_, _)
Promised(s, n) == IF n = 0 THEN NoMessages ELSE Promised(s, n - 1) (+) pending[s][n].promised

\* The first n pending writes are durable: what rides on them leaves.
Persist(s, n) ==
    /\ n \in 1..Len(pending[s])
    /\ disk' = [disk EXCEPT ![s] = pending[s][n].write]
    /\ pending' = [pending EXCEPT ![s] = SubSeq(@, n + 1, Len(@))]
    /\ network' = network (+) Promised(s, n)
    /\ UNCHANGED <<persistentVariables, volatileVariables>>

\* Entry i of server s's log survives a crash.
IsDurable(s, i) == SamePrefix(disk[s].log, log[s], i)

\* So does its vote for itself in its current term.
OwnVoteIsDurable(s) ==
    disk[s].currentTerm = currentTerm[s] /\ disk[s].votedFor = s

-----------------------------------------------------------------------------
(***************************************************************************)
(* A crash and the restart after it.  At least the disk survives, and at   *)
(* most the pending writes: any prefix of them, for after the kill of a    *)
(* process the page cache lives on.  The log of the last one may be torn.  *)
(***************************************************************************)
WriteBefore(s, n) == IF n = 1 THEN disk[s] ELSE pending[s][n - 1].write

\* How many leading entries two logs share.  The cheap conjunct comes first:
\* it holds of few n, so the search is linear in the length of the logs.
CommonLength(l, k) ==
    CHOOSE n \in 0..Min(Len(l), Len(k)) :
        /\ n < Min(Len(l), Len(k)) => l[n + 1] # k[n + 1]
        /\ \A i \in 1..n : l[i] = k[i]

\* The log lengths at which write n of server s may be torn.
TornLengths(s, n) ==
    IF n = 0 THEN {Len(disk[s].log)}
    ELSE CommonLength(WriteBefore(s, n).log, pending[s][n].write.log)..Len(pending[s][n].write.log)

\* What is there after the crash: n pending writes, the log cut at `length`.
Survivor(s, n, length) ==
    LET whole == IF n = 0 THEN disk[s] ELSE pending[s][n].write
    IN  [whole EXCEPT !.log = SubSeq(@, 1, length)]

\* commitIndex is volatile in Figure 2, but an implementation may keep it:
\* after a restart it is anything that the surviving log still covers.
Restart(s, n, length, commit) ==
    /\ n \in 0..Len(pending[s])
    /\ length \in TornLengths(s, n)
    /\ LET kept == Survivor(s, n, length)
       IN  /\ commit <= commitIndex[s]
           /\ SamePrefix(kept.log, log[s], commit)
           /\ currentTerm' = [currentTerm EXCEPT ![s] = kept.currentTerm]
           /\ votedFor' = [votedFor EXCEPT ![s] = kept.votedFor]
           /\ log' = [log EXCEPT ![s] = kept.log]
           /\ disk' = [disk EXCEPT ![s] = kept]
    /\ pending' = [pending EXCEPT ![s] = <<>>]
    /\ role' = [role EXCEPT ![s] = Follower]
    /\ commitIndex' = [commitIndex EXCEPT ![s] = commit]
    /\ votesGranted' = [votesGranted EXCEPT ![s] = NoVotes]
    /\ nextIndex' = [nextIndex EXCEPT ![s] = NoNextIndex(s)]
    /\ matchIndex' = [matchIndex EXCEPT ![s] = NoMatchIndex(s)]
    /\ UNCHANGED network

\* Every <<n, length, commit>> that Restart allows, or nearly so.
AllowedRestarts(s) ==
    UNION {{n} \X TornLengths(s, n) \X (0..commitIndex[s]) : n \in 0..Len(pending[s])}

\* Those that a behaviour may take: all.  Models narrow this.
RestartChoices(s) == AllowedRestarts(s)
=============================================================================
