import { describe, expect, it } from 'vitest';
import type { AppendEntriesRequest, Entry, Message, ServerTraceEvent } from '../../traces/trace-format.ts';
import { RaftServer } from './raft-server.ts';
import type { Effects } from './state.ts';

const SERVERS = ['s1', 's2', 's3'];

function setup(trace?: (event: ServerTraceEvent) => void) {
  return {
    server: 's1',
    servers: SERVERS,
    configuration: { voters: SERVERS },
    atomicPersistence: false,
    ...(trace === undefined ? {} : { trace }),
  };
}

function entry(term: number, command = `t${term}`): Entry {
  return { term, command };
}

/** A server that came back with this log, in this term. */
function serverWith(log: readonly Entry[], currentTerm: number, votedFor: string | null = null): RaftServer {
  return RaftServer.restart(setup(), { currentTerm, votedFor, log, commitIndex: 0, writes: 0, events: 0 });
}

function receive(raft: RaftServer, message: Message): Effects {
  return raft.step({ type: 'message', message });
}

function appendEntries(fields: Partial<AppendEntriesRequest>): AppendEntriesRequest {
  return {
    id: 's2:1.0',
    type: 'AppendEntriesRequest',
    from: 's2',
    to: 's1',
    term: 2,
    prevLogIndex: 0,
    prevLogTerm: 0,
    entries: [],
    leaderCommit: 0,
    ...fields,
  };
}

function requestVote(term: number, lastLogIndex: number, lastLogTerm: number): Message {
  return { id: 's2:1.0', type: 'RequestVoteRequest', from: 's2', to: 's1', term, lastLogIndex, lastLogTerm };
}

function vote(from: string, term: number): Message {
  return { id: `${from}:1.0`, type: 'RequestVoteResponse', from, to: 's1', term, voteGranted: true };
}

/** A leader of term 1 whose no-op is on its disk. */
function leader(): RaftServer {
  const raft = new RaftServer(setup());
  raft.step({ type: 'electionTimeout' });
  raft.step({ type: 'persisted', writes: 1 });
  receive(raft, vote('s2', 1));
  raft.step({ type: 'persisted', writes: 1 });
  return raft;
}

describe('5.1: terms', () => {
  it('"If one server\'s current term is smaller than the other\'s, then it updates its current term"', () => {
    const raft = serverWith([], 1);
    receive(raft, appendEntries({ term: 5 }));
    expect(raft.state.currentTerm).toBe(5);
  });

  it('"If a candidate or leader discovers that its term is out of date, it immediately reverts to follower"', () => {
    const raft = leader();
    receive(raft, requestVote(2, 0, 0));
    expect(raft.state.role).toBe('follower');
    expect(raft.state.matchIndex.get('s2')).toBe(0);
  });

  it('"If a server receives a request with a stale term number, it rejects the request"', () => {
    const raft = serverWith([], 3);
    const { sends } = receive(raft, appendEntries({ term: 2, entries: [entry(2)] }));
    expect(sends).toMatchObject([{ success: false, term: 3 }]);
    expect(raft.state.log).toEqual([]);
  });
});

describe('5.2: leader election', () => {
  it('a candidate asks for votes only when its vote for itself is durable', () => {
    const raft = new RaftServer(setup());
    const started = raft.step({ type: 'electionTimeout' });
    expect(started.writes).toMatchObject([{ currentTerm: 1, votedFor: 's1' }]);
    expect(started.sends).toEqual([]);
    expect(raft.step({ type: 'persisted', writes: 1 }).sends).toHaveLength(2);
  });

  it('"Each server will vote for at most one candidate in a given term, on a first-come-first-served basis"', () => {
    const raft = serverWith([], 1, 's3');
    expect(receive(raft, requestVote(1, 0, 0)).sends).toMatchObject([{ voteGranted: false }]);
    expect(raft.state.votedFor).toBe('s3');
  });

  it('a vote leaves only when it is durable', () => {
    const raft = serverWith([], 1);
    expect(receive(raft, requestVote(2, 0, 0)).sends).toEqual([]);
    expect(raft.step({ type: 'persisted', writes: 1 }).sends).toMatchObject([{ voteGranted: true }]);
  });

  it('counts a vote that arrives twice once, and one of an earlier term not at all', () => {
    const raft = new RaftServer({
      ...setup(),
      servers: ['s1', 's2', 's3', 's4', 's5'],
      configuration: { voters: ['s1', 's2', 's3', 's4', 's5'] },
    });
    for (const _term of [1, 2]) {
      raft.step({ type: 'electionTimeout' });
      raft.step({ type: 'persisted', writes: 1 });
    }
    receive(raft, vote('s2', 2));
    receive(raft, vote('s2', 2));
    receive(raft, vote('s3', 1));
    expect(raft.state.role).toBe('candidate');
    receive(raft, vote('s3', 2));
    expect(raft.state.role).toBe('leader');
  });

  it('a candidate that hears from the leader of its term becomes a follower, and keeps its vote', () => {
    const raft = new RaftServer(setup());
    raft.step({ type: 'electionTimeout' });
    receive(raft, appendEntries({ term: 1 }));
    expect(raft.state).toMatchObject({ role: 'follower', votedFor: 's1' });
  });
});

describe('5.3: log replication', () => {
  it('"If the follower does not find an entry in its log with the same index and term, then it refuses"', () => {
    for (const [prevLogIndex, prevLogTerm] of [
      [2, 1],
      [1, 2],
    ] as const) {
      const raft = serverWith([entry(1)], 2);
      const { sends } = receive(raft, appendEntries({ prevLogIndex, prevLogTerm }));
      expect(sends).toMatchObject([{ success: false, matchIndex: 0 }]);
    }
  });

  it('"conflicting entries in follower logs will be overwritten with entries from the leader\'s log"', () => {
    const raft = serverWith([entry(1), entry(1), entry(1)], 2);
    const { writes } = receive(
      raft,
      appendEntries({ prevLogIndex: 1, prevLogTerm: 1, entries: [entry(2, 'new')] }),
    );
    expect(writes).toMatchObject([{ keep: 1, append: [entry(2, 'new')] }]);
    expect(raft.state.log).toEqual([entry(1), entry(2, 'new')]);
  });

  it('an old request that agrees with the log cuts nothing off', () => {
    const raft = serverWith([entry(1), entry(2)], 2);
    const { writes, sends } = receive(raft, appendEntries({ entries: [entry(1)] }));
    expect(writes).toEqual([]);
    expect(sends).toMatchObject([{ success: true, matchIndex: 1 }]);
    expect(raft.state.log).toHaveLength(2);
  });

  it('"set commitIndex = min(leaderCommit, index of last new entry)"', () => {
    const raft = serverWith([entry(1), entry(1)], 2);
    receive(raft, appendEntries({ entries: [entry(1)], leaderCommit: 2 }));
    expect(raft.state.commitIndex).toBe(1);
  });

  it('an acknowledgement leaves only when the entries are durable, a refusal at once', () => {
    const raft = serverWith([], 2);
    expect(receive(raft, appendEntries({ entries: [entry(2)] })).sends).toEqual([]);
    expect(receive(raft, appendEntries({ prevLogIndex: 9, prevLogTerm: 2 })).sends).toHaveLength(1);
    expect(raft.step({ type: 'persisted', writes: 1 }).sends).toMatchObject([
      { success: true, matchIndex: 1 },
    ]);
  });

  it('a refusal moves nextIndex back until the logs agree', () => {
    const raft = serverWith(
      Array.from({ length: 100 }, () => entry(1)),
      1,
    );
    raft.step({ type: 'electionTimeout' });
    raft.step({ type: 'persisted', writes: 1 });
    receive(raft, vote('s2', 2));
    let rounds = 0;
    for (let prev = 100; prev > 0 && rounds < 100; rounds += 1) {
      const refusal: Message = {
        id: 's2:2.0',
        type: 'AppendEntriesResponse',
        from: 's2',
        to: 's1',
        term: 2,
        success: false,
        matchIndex: 0,
      };
      const [request] = receive(raft, refusal).sends;
      prev = request?.type === 'AppendEntriesRequest' ? request.prevLogIndex : prev;
    }
    expect(rounds).toBeLessThanOrEqual(8);
  });
});

describe('what the spec leaves open', () => {
  it('a long log goes to a follower in requests of at most maxEntries', () => {
    const log = Array.from({ length: 5 }, () => entry(1));
    const raft = RaftServer.restart(
      { ...setup(), maxEntries: 2 },
      { currentTerm: 1, votedFor: null, log, commitIndex: 0, writes: 0, events: 0 },
    );
    raft.step({ type: 'electionTimeout' });
    raft.step({ type: 'persisted', writes: 1 });
    receive(raft, vote('s2', 2));
    const sizes: number[] = [];
    const answer = (success: boolean, matchIndex: number): void => {
      const { sends } = receive(raft, {
        id: 's2:2.0',
        type: 'AppendEntriesResponse',
        from: 's2',
        to: 's1',
        term: 2,
        success,
        matchIndex,
      });
      for (const sent of sends) if (sent.type === 'AppendEntriesRequest') sizes.push(sent.entries.length);
    };
    for (const _round of [1, 2, 3]) answer(false, 0);
    for (const matchIndex of [2, 4, 6]) answer(true, matchIndex);
    expect(Math.max(...sizes)).toBe(2);
    expect(raft.state.matchIndex.get('s2')).toBe(6);
  });
});

describe('5.4: safety', () => {
  it.each([
    ['a later last term', 5, 2, true],
    ['the same last term and a longer log', 3, 1, true],
    ['the same last term and the same length', 2, 1, true],
    ['the same last term and a shorter log', 1, 1, false],
    ['an earlier last term, however long the log', 9, 0, false],
  ])('5.4.1: a candidate with %s', (_name, lastLogIndex, lastLogTerm, granted) => {
    const raft = serverWith([entry(1), entry(1)], 1);
    receive(raft, requestVote(5, lastLogIndex, lastLogTerm));
    expect(raft.state.votedFor).toBe(granted ? 's2' : null);
  });

  it('5.4.2: "only log entries from the leader\'s current term are committed by counting replicas"', () => {
    const raft = serverWith([entry(1)], 1);
    raft.step({ type: 'electionTimeout' });
    raft.step({ type: 'persisted', writes: 1 });
    receive(raft, vote('s2', 2));
    raft.step({ type: 'persisted', writes: 1 });
    const acknowledge = (matchIndex: number): void => {
      receive(raft, {
        id: 's2:2.0',
        type: 'AppendEntriesResponse',
        from: 's2',
        to: 's1',
        term: 2,
        success: true,
        matchIndex,
      });
    };
    acknowledge(1);
    expect(raft.state.commitIndex).toBe(0);
    acknowledge(2);
    expect(raft.state.commitIndex).toBe(2);
  });

  it('thesis 10.2.1: a leader counts itself only when its own disk has the entry', () => {
    const raft = leader();
    raft.step({ type: 'clientRequest', command: 'x=1' });
    receive(raft, {
      id: 's2:3.0',
      type: 'AppendEntriesResponse',
      from: 's2',
      to: 's1',
      term: 1,
      success: true,
      matchIndex: 2,
    });
    // The no-op before it is on both disks.
    expect(raft.state.commitIndex).toBe(1);
    raft.step({ type: 'persisted', writes: 1 });
    expect(raft.state.commitIndex).toBe(2);
  });
});

describe('the trace of a server', () => {
  it('tells exactly what a step has changed', () => {
    const events: ServerTraceEvent[] = [];
    const raft = new RaftServer(setup((event) => events.push(event)));
    raft.step({ type: 'electionTimeout' });
    expect(events[0]).toEqual({
      server: 's1',
      seq: 1,
      action: 'Timeout',
      state: { currentTerm: 1, votedFor: 's1', role: 'candidate' },
    });
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    raft.step({ type: 'persisted', writes: 1 });
    expect(events[3]).toEqual({
      server: 's1',
      seq: 4,
      action: 'Persist',
      args: { writes: 1 },
      releases: ['s1:2.0', 's1:3.0'],
    });
  });
});
