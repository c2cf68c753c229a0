import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Entry, Header, Server, TraceEvent } from '../../traces/trace-format.ts';
import { packageRoot } from '../package-root.ts';
import { HEADER, recordedEvents } from '../tlc/recorded-run.fixture.ts';
import { RAFT_PROPERTIES } from './properties-table.ts';
import { ReplayEngine } from './replay-engine.ts';

/** s3 recorded nothing: what it says is the environment's, and here it says whatever breaks a property. */
const SILENT: Header = { ...HEADER, unrecorded: ['s3'] };

/** Takes the events; each must be a step of the spec. */
function findingOf(header: Header, events: readonly TraceEvent[]) {
  const engine = new ReplayEngine(header);
  for (const recorded of recordedEvents(events)) expect(engine.step(recorded)).toBeUndefined();
  return engine.finding;
}

function election(server: Server, term: number, firstSeq: number): readonly TraceEvent[] {
  const timeouts = Array.from(
    { length: term },
    (_, at): TraceEvent => ({
      server,
      seq: firstSeq + at,
      action: 'Timeout',
      state: {
        currentTerm: at + 1,
        ...(at === 0 ? { votedFor: server, role: 'candidate' } : {}),
      },
    }),
  );
  const seq = firstSeq + term;
  return [
    ...timeouts,
    { server, seq, action: 'Persist', args: { writes: term } },
    {
      server,
      seq: seq + 1,
      action: 'HandleRequestVoteResponse',
      message: {
        id: `s3:${term}${server.slice(1)}.0`,
        from: 's3',
        to: server,
        type: 'RequestVoteResponse',
        term,
        voteGranted: true,
      },
      state: { votesGranted: ['s3'] },
    },
    { server, seq: seq + 2, action: 'BecomeLeader', state: { role: 'leader', votesGranted: [] } },
  ];
}

interface Taken {
  readonly server: Server;
  readonly seq: number;
  readonly term: number;
  readonly entries: readonly Entry[];
  readonly leaderCommit?: number;
  readonly state?: object;
}

/** A server takes entries from s3, at the start of its log. */
function takes({ server, seq, term, entries, leaderCommit = 0, state = {} }: Taken): TraceEvent {
  return {
    server,
    seq,
    action: 'HandleAppendEntriesRequest',
    message: {
      id: `s3:${seq}${server.slice(1)}.0`,
      from: 's3',
      to: server,
      type: 'AppendEntriesRequest',
      term,
      prevLogIndex: 0,
      prevLogTerm: 0,
      entries,
      leaderCommit,
    },
    sends: [
      {
        id: `${server}:${seq}.0`,
        from: server,
        to: 's3',
        type: 'AppendEntriesResponse',
        term,
        success: true,
        matchIndex: entries.length,
      },
    ],
    state,
    log: { keep: 0, append: entries },
  };
}

const A: Entry = { term: 1, command: 'a' };
const B: Entry = { term: 1, command: 'b' };

const VIOLATIONS: readonly {
  readonly property: string;
  readonly header: Header;
  readonly events: readonly TraceEvent[];
}[] = [
  { property: 'ElectionSafety', header: SILENT, events: [...election('s1', 1, 1), ...election('s2', 1, 1)] },
  {
    property: 'LogMatching',
    header: SILENT,
    events: [
      takes({ server: 's1', seq: 1, term: 1, entries: [A], state: { currentTerm: 1 } }),
      takes({ server: 's2', seq: 1, term: 1, entries: [B], state: { currentTerm: 1 } }),
    ],
  },
  {
    property: 'LeaderCompleteness',
    header: SILENT,
    events: [
      ...election('s1', 1, 1),
      {
        server: 's1',
        seq: 5,
        action: 'ClientRequest',
        args: { command: 'a' },
        log: { keep: 0, append: [A] },
      },
      { server: 's1', seq: 6, action: 'Persist', args: { writes: 1 } },
      {
        server: 's1',
        seq: 7,
        action: 'HandleAppendEntriesResponse',
        message: {
          id: 's3:9.0',
          from: 's3',
          to: 's1',
          type: 'AppendEntriesResponse',
          term: 1,
          success: true,
          matchIndex: 1,
        },
        state: { matchIndex: { s2: 0, s3: 1 }, nextIndex: { s2: 1, s3: 2 } },
      },
      { server: 's1', seq: 8, action: 'AdvanceCommitIndex', state: { commitIndex: 1 } },
      ...election('s2', 2, 1),
    ],
  },
  {
    property: 'StateMachineSafety',
    header: SILENT,
    events: [
      takes({
        server: 's2',
        seq: 1,
        term: 2,
        entries: [{ term: 2, command: 'a' }],
        leaderCommit: 1,
        state: { currentTerm: 2, commitIndex: 1 },
      }),
      takes({
        server: 's1',
        seq: 1,
        term: 1,
        entries: [A],
        leaderCommit: 1,
        state: { currentTerm: 1, commitIndex: 1 },
      }),
    ],
  },
  {
    property: 'LogTermsSeen',
    header: SILENT,
    events: [
      takes({ server: 's1', seq: 1, term: 1, entries: [{ term: 2, noop: true }], state: { currentTerm: 1 } }),
    ],
  },
  {
    property: 'LogTermsMonotone',
    header: SILENT,
    events: [
      takes({
        server: 's1',
        seq: 1,
        term: 2,
        entries: [{ term: 2, noop: true }, A],
        state: { currentTerm: 2 },
      }),
    ],
  },
  {
    property: 'MatchedIsDurable',
    header: {
      ...HEADER,
      initial: {
        s1: { currentTerm: 1, votedFor: 's1', role: 'leader', log: [A], nextIndex: { s2: 1, s3: 1 } },
        s2: { currentTerm: 1, log: [] },
      },
    },
    events: [
      {
        server: 's1',
        seq: 9,
        action: 'HandleAppendEntriesResponse',
        message: {
          id: 's2:3.0',
          from: 's2',
          to: 's1',
          type: 'AppendEntriesResponse',
          term: 1,
          success: true,
          matchIndex: 1,
        },
        state: { matchIndex: { s2: 1, s3: 0 }, nextIndex: { s2: 2, s3: 1 } },
      },
    ],
  },
  {
    property: 'CommittedIsDurableOnQuorum',
    header: {
      ...HEADER,
      initial: {
        s1: {
          currentTerm: 1,
          votedFor: 's1',
          role: 'leader',
          log: [A],
          nextIndex: { s2: 2, s3: 1 },
          matchIndex: { s2: 1, s3: 0 },
        },
        s2: { currentTerm: 1, log: [] },
      },
    },
    events: [{ server: 's1', seq: 9, action: 'AdvanceCommitIndex', state: { commitIndex: 1 } }],
  },
  {
    property: 'CommittedNeverTruncated',
    header: SILENT,
    events: [
      takes({
        server: 's1',
        seq: 1,
        term: 2,
        entries: [A],
        leaderCommit: 1,
        state: { currentTerm: 2, commitIndex: 1 },
      }),
      takes({ server: 's1', seq: 2, term: 2, entries: [{ term: 2, noop: true }] }),
    ],
  },
];

describe('the properties of RaftProperties.tla', () => {
  it.each(VIOLATIONS)('$property: violated by what the environment says', ({ property, header, events }) => {
    const check = RAFT_PROPERTIES[property];
    expect(findingOf(header, events)).toMatchObject({
      code: check?.kind === 'checked' ? check.code : 'implied',
      position: events.length - 1,
      conjunct: { module: 'RaftProperties', definition: property },
    });
    expect(findingOf(header, events.slice(0, -1))).toBeUndefined();
  });

  it('has a violation for each that is checked', () => {
    const checked = Object.entries(RAFT_PROPERTIES).filter(([, { kind }]) => kind === 'checked');
    expect(VIOLATIONS.map(({ property }) => property).sort()).toEqual(checked.map(([name]) => name).sort());
  });

  it('are all there, each checked or implied', () => {
    const text = readFileSync(join(packageRoot(), 'spec/raft/RaftProperties.tla'), 'utf8');
    const defined = [...text.slice(text.indexOf('TypeOK ==')).matchAll(/^(\w+) ==/gm)].map(
      ([, name]) => name,
    );
    expect(Object.keys(RAFT_PROPERTIES)).toEqual(defined);
  });
});
