import type { CodeTable } from './code-table.ts';

/** RC2xxx: the replay engine rejects a trace. */
export const REPLAY_CODES = {
  RC2001: {
    title: 'the role does not allow the action',
    explanation:
      'The action belongs to another role: only a candidate asks for votes and wins, only a leader appends, replicates ' +
      'and commits, and a leader does not time out.',
  },
  RC2002: {
    title: 'an election by a server that is no voter',
    explanation: 'Only a voter of the configuration stands for election (section 6).',
  },
  RC2003: {
    title: 'a message to or from the wrong server',
    explanation:
      'A server receives what is addressed to it, sends under its own name, and only to one of its peers.',
  },
  RC2004: {
    title: 'a message that never left its sender',
    explanation:
      'The message is a promise (a request for a vote, a granted vote, a success). It waits until its sender has made ' +
      'durable what it promises, so nobody can receive it before the Persist that releases it; if the sender crashes ' +
      'first, nobody ever can. A recorder that names other ids in `releases` than those that left causes this too.',
  },
  RC2005: {
    title: 'elected before its own vote was durable',
    explanation: 'A candidate counts its own vote once its disk has it (section 5.2): Persist comes first.',
  },
  RC2006: {
    title: 'elected without a majority',
    explanation:
      'The votes that arrived in this term, the own one included, are no majority of the voters (section 5.2). A vote ' +
      'counts once, and only in the term in which it was asked for.',
  },
  RC2007: {
    title: 'sends entries that its log does not have',
    explanation: 'The request names entries, or a previous entry, beyond the end of the leader’s log.',
  },
  RC2008: {
    title: 'leaderCommit above commitIndex',
    explanation: 'A leader tells at most what it knows itself to be committed.',
  },
  RC2009: {
    title: 'nextIndex out of range',
    explanation:
      'nextIndex may have any value above matchIndex, up to one after the last entry of the leader’s log. An event that ' +
      'does not mention nextIndex says that it did not change: not even where matchIndex has reached it.',
  },
  RC2010: {
    title: 'commitIndex advanced out of range',
    explanation: 'commitIndex moves forward, and not beyond the last entry of the log.',
  },
  RC2011: {
    title: 'an entry of an earlier term committed by counting',
    explanation:
      '"Only log entries from the leader’s current term are committed by counting replicas" (section 5.4.2); Figure 8 ' +
      'shows how such an entry is lost. Those before it are committed with the first one of the current term.',
  },
  RC2012: {
    title: 'committed without a majority',
    explanation:
      'No majority of the voters is known to hold the entry durably: the leader counts a follower by its matchIndex, ' +
      'and itself once its own disk has the entry.',
  },
  RC2013: {
    title: 'more writes made durable than were pending',
    explanation:
      'Each event that changes currentTerm, votedFor or log hands storage one write. Persist completes at least one and ' +
      'at most all that are pending; with the feature atomicPersistence there is nothing to complete.',
  },
  RC2014: {
    title: 'other messages released than those that waited',
    explanation:
      'Persist releases exactly the messages that ride on the writes which it completes: promises made since the oldest ' +
      'of them was handed over.',
  },
  RC2015: {
    title: 'more writes survived than were pending',
    explanation: 'A crash leaves the disk and at most the pending writes, some first ones of them.',
  },
  RC2016: {
    title: 'a log of this length cannot have survived',
    explanation:
      'The log that survives is the disk’s, or that of the last pending write which survived: whole, or torn somewhere in ' +
      'what that write appended.',
  },
  RC2017: {
    title: 'commitIndex higher after a restart',
    explanation: 'A crash may make a server forget how far the log is committed; it teaches it nothing.',
  },
  RC2018: {
    title: 'commitIndex beyond what survived',
    explanation: 'After a restart the log still holds every entry that the server takes as committed.',
  },
  RC2019: {
    title: 'two leaders in one term',
    explanation:
      'A leader received AppendEntries of its own term. There is at most one leader in a term (ElectionSafety, section 5.2).',
  },
  RC2020: {
    title: 'another message created than the spec’s',
    explanation:
      'The event creates a message whose contents are not those that the state and the action determine: a term, a vote, ' +
      'a success, an index, the entries.',
  },
  RC2021: {
    title: 'currentTerm is not what the action makes it',
    explanation:
      'An event lists what changed with its new value, and says of each observed variable that it does not list that it ' +
      'stayed the same.',
  },
  RC2022: {
    title: 'votedFor is not what the action makes it',
    explanation:
      'A vote belongs to a term: it is given once, kept for the rest of the term (over a restart, too), and forgotten with ' +
      'a newer term.',
  },
  RC2023: {
    title: 'role is not what the action makes it',
    explanation:
      'A newer term makes every server a follower, and so does AppendEntries of the current term for a candidate; a timeout ' +
      'makes a candidate, an election won a leader, a restart a follower.',
  },
  RC2024: {
    title: 'commitIndex is not what the action makes it',
    explanation:
      'A leader advances it by counting, a follower to the lesser of leaderCommit and the index of the last entry in the ' +
      'request, and it never goes back.',
  },
  RC2025: {
    title: 'votesGranted is not what the action makes it',
    explanation:
      'It holds the peers whose vote has arrived in this election, and is empty but for a candidate; the own vote is not in it.',
  },
  RC2026: {
    title: 'matchIndex is not what the action makes it',
    explanation:
      'It rises with a success to the index that the response names, never falls within a leadership, and is 0 for every ' +
      'peer but for a leader.',
  },
  RC2027: {
    title: 'nextIndex is not what the action makes it',
    explanation:
      'An election won sets it to one after the last entry for every peer; after that an event moves that of one peer. It is ' +
      '1 for every peer but for a leader.',
  },
  RC2028: {
    title: 'log is not what the action makes it',
    explanation:
      'A leader only appends. A follower deletes from the first entry whose term conflicts with the request’s, and appends ' +
      'what it does not have: without a conflict nothing is deleted (section 5.3).',
  },
  RC2029: {
    title: 'a message that is not in flight lost or duplicated',
    explanation: 'The network can lose or duplicate only what has left its sender.',
  },
  RC2030: {
    title: 'a success beyond the leader’s log',
    explanation:
      'The response says that the follower matches the leader up to an entry that the leader does not have. A leader’s log ' +
      'only grows, so no request of its term can have had that entry.',
  },
  RC2041: {
    title: 'ElectionSafety violated',
    explanation: '"At most one leader can be elected in a given term" (section 5.2).',
  },
  RC2042: {
    title: 'LogMatching violated',
    explanation:
      '"If two logs contain an entry with the same index and term, then the logs are identical in all entries up through ' +
      'the given index" (section 5.3).',
  },
  RC2043: {
    title: 'LeaderCompleteness violated',
    explanation:
      '"If a log entry is committed in a given term, then that entry will be present in the logs of the leaders for all ' +
      'higher-numbered terms" (section 5.4).',
  },
  RC2044: {
    title: 'StateMachineSafety violated',
    explanation:
      '"If a server has applied a log entry at a given index to its state machine, no other server will ever apply a ' +
      'different log entry for the same index" (section 5.4.3). What is up to commitIndex counts as applied.',
  },
  RC2045: {
    title: 'LogTermsSeen violated',
    explanation: 'No log holds an entry of a term that its server has not seen.',
  },
  RC2046: {
    title: 'LogTermsMonotone violated',
    explanation: 'Terms never fall along a log.',
  },
  RC2047: {
    title: 'MatchedIsDurable violated',
    explanation: 'What a leader takes as matching is durable on the follower.',
  },
  RC2048: {
    title: 'CommittedIsDurableOnQuorum violated',
    explanation: 'A committed entry is on the disks of a majority of the voters.',
  },
  RC2049: {
    title: 'CommittedNeverTruncated violated',
    explanation: 'A running server never deletes an entry that it knows to be committed.',
  },
} as const satisfies CodeTable;
