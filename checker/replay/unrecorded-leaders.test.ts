import { describe, expect, it } from 'vitest';
import type {
  AppendEntriesRequest,
  Entry,
  Header,
  Server,
  ServerTraceEvent,
  TraceEvent,
} from '../../traces/trace-format.ts';
import { HEADER, recordedEvents } from '../tlc/recorded-run.fixture.ts';
import { ReplayEngine } from './replay-engine.ts';

/** Nobody recorded s3 and s4: what they send is the environment's. */
const SERVERS: readonly Server[] = ['s1', 's2', 's3', 's4', 's5'];
const SILENT: Header = {
  ...HEADER,
  observed: HEADER.observed.filter((variable) => variable !== 'nextIndex'),
  servers: SERVERS,
  configuration: { voters: SERVERS },
  features: ['atomicPersistence'],
  unrecorded: ['s3', 's4'],
};

const A: Entry = { term: 1, command: 'a' };
const B: Entry = { term: 2, command: 'b' };

/** Takes the events, which are all steps of the spec, and says what it found and at which of them. */
function findingOf(header: Header, events: readonly TraceEvent[]) {
  const engine = new ReplayEngine(header);
  for (const recorded of recordedEvents(events)) expect(engine.step(recorded)).toBeUndefined();
  const { finding } = engine;
  return finding && { code: finding.code, position: finding.position };
}

/** A server becomes leader of a term from the one before, by the votes of s3 and s4. */
function election(server: Server, term: number, firstSeq: number, from = term - 1): readonly TraceEvent[] {
  const vote = (voter: Server, seq: number, votesGranted: readonly Server[]): TraceEvent => ({
    server,
    seq,
    action: 'HandleRequestVoteResponse',
    message: {
      id: `${voter}:${100 + term}${server.slice(1)}.0`,
      from: voter,
      to: server,
      type: 'RequestVoteResponse',
      term,
      voteGranted: true,
    },
    state: { votesGranted },
  });
  const timeouts = Array.from(
    { length: term - from },
    (_, at): TraceEvent => ({
      server,
      seq: firstSeq + at,
      action: 'Timeout',
      state: { currentTerm: from + at + 1, ...(at === 0 ? { votedFor: server, role: 'candidate' } : {}) },
    }),
  );
  const seq = firstSeq + timeouts.length;
  return [
    ...timeouts,
    vote('s3', seq, ['s3']),
    vote('s4', seq + 1, ['s3', 's4']),
    { server, seq: seq + 2, action: 'BecomeLeader', state: { role: 'leader', votesGranted: [] } },
  ];
}

interface Heard {
  readonly server: Server;
  readonly seq: number;
  readonly from: Server;
  readonly term: number;
  readonly prev?: Entry;
  readonly entries?: readonly Entry[];
  readonly leaderCommit?: number;
  readonly success?: boolean;
  readonly replyTerm?: number;
  readonly change?: Pick<ServerTraceEvent, 'state' | 'log'>;
}

/** A server hears of a leader, at the start of its log or after one entry. */
function hears(heard: Heard): TraceEvent {
  const { server, seq, from, term, prev, entries = [], success = true, change = {} } = heard;
  const prevLogIndex = prev === undefined ? 0 : 1;
  const message: AppendEntriesRequest = {
    id: `${from}:${term}${seq}${server.slice(1)}.0`,
    from,
    to: server,
    type: 'AppendEntriesRequest',
    term,
    prevLogIndex,
    prevLogTerm: prev?.term ?? 0,
    entries,
    leaderCommit: heard.leaderCommit ?? 0,
  };
  return {
    server,
    seq,
    action: 'HandleAppendEntriesRequest',
    message,
    sends: [
      {
        id: `${server}:${seq}.0`,
        from: server,
        to: from,
        type: 'AppendEntriesResponse',
        term: heard.replyTerm ?? term,
        success,
        matchIndex: success ? prevLogIndex + entries.length : 0,
      },
    ],
    ...change,
  };
}

/** s2 takes A of s3 in term 1, and learns that it is committed. */
const LEARNS_COMMIT = hears({
  server: 's2',
  seq: 1,
  from: 's3',
  term: 1,
  entries: [A],
  leaderCommit: 1,
  change: { state: { currentTerm: 1, commitIndex: 1 }, log: { keep: 0, append: [A] } },
});

const LATER_LEADER_SENDS_B = hears({
  server: 's1',
  seq: 1,
  from: 's4',
  term: 2,
  entries: [B],
  change: { state: { currentTerm: 2 }, log: { keep: 0, append: [B] } },
});

const ADOPTS = { state: { currentTerm: 1 } };

describe('a leader whose election nobody recorded', () => {
  it.each<{ what: string; events: readonly TraceEvent[]; code: string }>([
    {
      what: 'sends in a term that a recorded server leads',
      events: [...election('s1', 1, 1), hears({ server: 's2', seq: 1, from: 's3', term: 1, change: ADOPTS })],
      code: 'RC2041',
    },
    {
      what: 'sends in a term that a recorded server comes to lead',
      events: [hears({ server: 's2', seq: 1, from: 's3', term: 1, change: ADOPTS }), ...election('s1', 1, 1)],
      code: 'RC2041',
    },
    {
      what: 'sends in a term in which another such one sends',
      events: [
        hears({ server: 's2', seq: 1, from: 's3', term: 1, change: ADOPTS }),
        hears({ server: 's2', seq: 2, from: 's4', term: 1 }),
      ],
      code: 'RC2041',
    },
    {
      what: 'sends late, in a term that is over',
      events: [
        ...election('s1', 1, 1),
        ...election('s2', 2, 1, 0),
        hears({ server: 's2', seq: 6, from: 's3', term: 1, success: false, replyTerm: 2 }),
      ],
      code: 'RC2041',
    },
    {
      what: 'has committed what a later leader lacks',
      events: [LEARNS_COMMIT, ...election('s1', 2, 1, 0)],
      code: 'RC2043',
    },
    {
      what: 'turns out to have committed what a later leader lacks',
      events: [...election('s1', 2, 1, 0), LEARNS_COMMIT],
      code: 'RC2043',
    },
    {
      what: 'sends another entry than was committed before its term',
      events: [LEARNS_COMMIT, LATER_LEADER_SENDS_B],
      code: 'RC2043',
    },
    {
      what: 'has sent another entry than turns out to have been committed before its term',
      events: [LATER_LEADER_SENDS_B, LEARNS_COMMIT],
      code: 'RC2043',
    },
    {
      what: 'has another entry before what it sends than was committed before its term',
      events: [
        LEARNS_COMMIT,
        hears({
          server: 's1',
          seq: 1,
          from: 's4',
          term: 3,
          prev: B,
          success: false,
          change: { state: { currentTerm: 3 } },
        }),
      ],
      code: 'RC2043',
    },
  ])('$what', ({ events, code }) => {
    expect(findingOf(SILENT, events)).toEqual({ code, position: events.length - 1 });
    expect(findingOf(SILENT, events.slice(0, -1))).toBeUndefined();
  });

  it('sends in the term in which a server led where the recording begins', () => {
    const initial = { s1: { currentTerm: 1, votedFor: 's1', role: 'leader', log: [] } } as const;
    const events = [hears({ server: 's2', seq: 1, from: 's3', term: 1, change: ADOPTS })];
    expect(findingOf({ ...SILENT, initial }, events)).toEqual({ code: 'RC2041', position: 0 });
  });
});

it('may be at fault where the leader of the term is to take its entries, which no step of the spec does', () => {
  const events = [...election('s1', 1, 1), hears({ server: 's1', seq: 5, from: 's3', term: 1 })];
  const engine = new ReplayEngine(SILENT);
  const rejections = recordedEvents(events).map((recorded) => engine.step(recorded));
  expect(rejections.at(-1)).toMatchObject({
    code: 'RC2019',
    message:
      's1 leads term 1, and s3 sends it AppendEntries of that term, which nobody recorded: the fault may lie there',
  });
});

describe('no leader is missed where', () => {
  it.each<{ what: string; events: readonly TraceEvent[] }>([
    {
      what: 'one sends in several terms, and another between them',
      events: [
        hears({ server: 's2', seq: 1, from: 's3', term: 1, change: ADOPTS }),
        hears({ server: 's2', seq: 2, from: 's4', term: 2, change: { state: { currentTerm: 2 } } }),
        hears({ server: 's2', seq: 3, from: 's3', term: 3, change: { state: { currentTerm: 3 } } }),
        hears({ server: 's2', seq: 4, from: 's4', term: 2, success: false, replyTerm: 3 }),
        hears({ server: 's1', seq: 1, from: 's3', term: 1, change: ADOPTS }),
      ],
    },
    {
      what: 'a later leader has what was committed',
      events: [
        LEARNS_COMMIT,
        hears({
          server: 's1',
          seq: 1,
          from: 's4',
          term: 2,
          entries: [A, B],
          change: { state: { currentTerm: 2 }, log: { keep: 0, append: [A, B] } },
        }),
        ...election('s1', 3, 2, 2),
      ],
    },
    {
      what: 'what an earlier leader sent was not committed',
      events: [
        hears({
          server: 's1',
          seq: 1,
          from: 's4',
          term: 2,
          entries: [B],
          leaderCommit: 1,
          change: { state: { currentTerm: 2, commitIndex: 1 }, log: { keep: 0, append: [B] } },
        }),
        hears({
          server: 's2',
          seq: 1,
          from: 's3',
          term: 1,
          entries: [A],
          change: { state: { currentTerm: 1 }, log: { keep: 0, append: [A] } },
        }),
      ],
    },
  ])('$what', ({ events }) => {
    expect(findingOf(SILENT, events)).toBeUndefined();
  });
});
