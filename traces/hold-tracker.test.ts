import { expect, test } from 'vitest';
import { streamSource } from './byte-source.ts';
import { HEADER, traceText } from './election-trace.fixture.ts';
import { HoldTracker } from './hold-tracker.ts';
import { mergeFiles } from './merge.ts';
import { TraceFile } from './trace-file.ts';
import type { Header, Message, Server, ServerTraceEvent } from './trace-format.ts';

function request(from: Server, seq: number, to: Server) {
  return {
    id: `${from}:${seq}.0`,
    from,
    to,
    type: 'RequestVoteRequest',
    term: 1,
    lastLogIndex: 0,
    lastLogTerm: 0,
  } as const;
}

function reply(from: Server, seq: number, to: Server, voteGranted: boolean) {
  return { id: `${from}:${seq}.0`, from, to, type: 'RequestVoteResponse', term: 1, voteGranted } as const;
}

const TIMEOUT: ServerTraceEvent = {
  server: 's1',
  seq: 1,
  action: 'Timeout',
  state: { currentTerm: 1, votedFor: 's1' },
};
const ASK: ServerTraceEvent = {
  server: 's1',
  seq: 2,
  action: 'RequestVote',
  sends: [request('s1', 2, 's2')],
};
const PERSIST: ServerTraceEvent = { server: 's1', seq: 3, action: 'Persist', args: { writes: 1 } };
const RESTART: ServerTraceEvent = { server: 's1', seq: 3, action: 'Restart', args: { writes: 0, length: 0 } };

function answer(seq: number, voteGranted: boolean): ServerTraceEvent {
  const message = request('s2', 9, 's1');
  return {
    server: 's1',
    seq,
    action: 'HandleRequestVoteRequest',
    message,
    sends: [reply('s1', seq, 's2', voteGranted)],
  };
}

/** The seqs of s1's messages that are held after these events. */
function heldAfter(events: readonly ServerTraceEvent[], header: Header = HEADER): readonly number[] {
  const holds = new HoldTracker(header);
  for (const event of events) holds.record(event);
  return [1, 2, 3, 4, 5].filter((seq) => holds.isHeld('s1', `s1:${seq}.0`));
}

test('a promise waits while a write is pending, a refusal never', () => {
  expect(heldAfter([TIMEOUT, ASK])).toEqual([2]);
  expect(heldAfter([TIMEOUT, PERSIST, answer(4, true)])).toEqual([]);
  expect(heldAfter([TIMEOUT, answer(2, true), answer(3, false)])).toEqual([2]);
  const append: Message = {
    id: 's1:2.0',
    from: 's1',
    to: 's2',
    type: 'AppendEntriesRequest',
    term: 1,
    prevLogIndex: 0,
    prevLogTerm: 0,
    entries: [],
    leaderCommit: 0,
  };
  expect(heldAfter([TIMEOUT, { server: 's1', seq: 2, action: 'AppendEntries', sends: [append] }])).toEqual(
    [],
  );
});

test('a release lets go, a restart loses both the messages and the writes', () => {
  expect(heldAfter([TIMEOUT, ASK, { ...PERSIST, releases: ['s1:2.0'] }])).toEqual([]);
  expect(heldAfter([TIMEOUT, ASK, RESTART])).toEqual([]);
  expect(heldAfter([TIMEOUT, RESTART, answer(4, true)])).toEqual([]);
});

test('a variable that is mentioned but did not change is no write', () => {
  const mentions: ServerTraceEvent = {
    ...answer(2, true),
    state: { currentTerm: 0, votedFor: null },
    log: { keep: 0, append: [] },
  };
  expect(heldAfter([mentions])).toEqual([]);
});

test('where writes are not observed, every promise may be held; with atomic persistence none is', () => {
  const observed = HEADER.observed.filter((variable) => variable !== 'votedFor');
  expect(heldAfter([ASK], { ...HEADER, observed })).toEqual([2]);
  expect(heldAfter([{ ...TIMEOUT, state: {}, unobserved: ['votedFor'] }, ASK])).toEqual([2]);
  expect(heldAfter([TIMEOUT, ASK], { ...HEADER, features: ['atomicPersistence'] })).toEqual([]);
});

async function* bytesOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

test('where it is unknown what is held, the merge puts a receive behind a release further on', async () => {
  const header: Header = { ...HEADER, observed: ['role'] };
  const ask = (server: Server, seq: number, to: Server) => ({
    server,
    seq,
    action: 'RequestVote',
    sends: [request(server, seq, to)],
  });
  const receive = (server: Server, seq: number, from: Server, sent: number) => ({
    server,
    seq,
    action: 'HandleRequestVoteRequest',
    message: request(from, sent, server),
    sends: [reply(server, seq, from, false)],
  });
  const lives = {
    s1: [ask('s1', 1, 's2'), receive('s1', 2, 's3', 1)],
    s2: [receive('s2', 1, 's1', 1), ask('s2', 2, 's3')],
    s3: [
      ask('s3', 1, 's1'),
      receive('s3', 2, 's2', 2),
      { server: 's3', seq: 3, action: 'Persist', args: { writes: 1 }, releases: ['s3:1.0'] },
    ],
  };
  const files: TraceFile[] = [];
  for (const [server, events] of Object.entries(lives)) {
    files.push(await TraceFile.open(streamSource(server, bytesOf(traceText({ ...header, server }, events)))));
  }
  const order: string[] = [];
  for await (const batch of mergeFiles(files, header)) {
    for (const { event } of batch) if ('server' in event) order.push(`${event.server}:${event.seq}`);
  }
  expect(order).toHaveLength(7);
  expect(order.indexOf('s3:3')).toBeLessThan(order.indexOf('s1:2'));
});
