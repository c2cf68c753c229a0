import { expect, test } from 'vitest';
import { HEADER } from './election-trace.fixture.ts';
import { MessageBook } from './message-book.ts';
import { REMEMBERED_EVENTS } from './sent-messages.ts';
import type { Header, RequestVoteRequest, TraceEvent } from './trace-format.ts';

const place = { file: 'a.ndjson', line: 1 };

function request(seq: number, term = 1): RequestVoteRequest {
  const envelope = { id: `s1:${seq}.0`, from: 's1', to: 's2', term } as const;
  return { ...envelope, type: 'RequestVoteRequest', lastLogIndex: 0, lastLogTerm: 0 };
}

function send(seq: number): TraceEvent {
  return { server: 's1', seq, action: 'RequestVote', sends: [request(seq)] };
}

function receive(message: RequestVoteRequest, seq = 1): TraceEvent {
  const envelope = { id: `s2:${seq}.0`, from: 's2', to: 's1', term: 1 };
  return {
    server: 's2',
    seq,
    action: 'HandleRequestVoteRequest',
    message,
    sends: [{ ...envelope, type: 'RequestVoteResponse', voteGranted: false }],
  };
}

function persist(seq: number, releases: readonly string[]): TraceEvent {
  return { server: 's1', seq, action: 'Persist', args: { writes: 1 }, releases };
}

function duplicate(id: string): TraceEvent {
  return { action: 'DuplicateMessage', args: { id } };
}

/** The origins of all events, or the code of the first fault. */
function originsOf(events: readonly TraceEvent[], header: Partial<Header> = {}): unknown {
  const book = new MessageBook({ ...HEADER, ...header });
  try {
    return events.map((event) => book.record(event, place));
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}

test('a receive is sent the first time, repeated afterwards', () => {
  const events = [send(1), receive(request(1)), receive(request(1), 2), receive(request(1), 3)];
  expect(originsOf(events)).toEqual(['none', 'sent', 'repeated', 'repeated']);
});

test('a recorded duplication stands for one more receive', () => {
  const copies = [receive(request(1)), receive(request(1), 2), receive(request(1), 3)];
  expect(originsOf([send(1), duplicate('s1:1.0'), ...copies])).toEqual([
    'none',
    'none',
    'sent',
    'sent',
    'repeated',
  ]);
});

test('a recorded duplication that is lost again stands for none', () => {
  const receives = [receive(request(1)), receive(request(1), 2), receive(request(1), 3)];
  const lost: TraceEvent = { action: 'DropMessage', args: { id: 's1:1.0' } };
  expect(originsOf([send(1), duplicate('s1:1.0'), lost, ...receives])).toEqual([
    'none',
    'none',
    'none',
    'sent',
    'repeated',
    'repeated',
  ]);
  // Nor does the loss of the only copy make its first receive a repeated one: that is for the spec to judge.
  expect(originsOf([send(1), lost, ...receives])).toEqual(['none', 'none', 'sent', 'repeated', 'repeated']);
});

test.each([
  ['RC1022', 'never sent', [receive(request(1))]],
  ['RC1022', 'sent later', [receive(request(1)), send(1)]],
  ['RC1023', 'altered under way', [send(1), receive(request(1, 2))]],
  ['RC1023', 'altered the second time', [send(1), receive(request(1)), receive(request(1, 2), 2)]],
  ['RC1024', 'received before it is released', [send(1), receive(request(1)), persist(2, ['s1:1.0'])]],
  ['RC1025', 'released without being sent', [send(1), persist(2, ['s1:3.0'])]],
  ['RC1025', 'released twice', [send(1), persist(2, ['s1:1.0']), persist(3, ['s1:1.0'])]],
  [
    'RC1025',
    'released again after its receive',
    [send(1), persist(2, ['s1:1.0']), receive(request(1)), persist(3, ['s1:1.0'])],
  ],
  ['RC1026', 'duplicated without being sent', [duplicate('s1:1.0')]],
])('%s: a message %s', (code, _, events) => {
  expect(originsOf(events)).toBe(code);
});

test('an unrecorded server need not have sent', () => {
  const events = [receive(request(7)), receive(request(7), 2)];
  expect(originsOf(events, { unrecorded: ['s1'] })).toEqual(['environment', 'repeated']);
  expect(originsOf([receive(request(7)), receive(request(7, 2), 2)], { unrecorded: ['s1'] })).toBe('RC1023');
});

test('in mid-life, messages older than the first event of their sender come from before', () => {
  const initial = { s1: { log: [] }, s2: { log: [] }, s3: { log: [] } };
  expect(originsOf([send(8), receive(request(7))], { initial })).toEqual(['none', 'environment']);
  expect(originsOf([receive(request(7)), send(8)], { initial })).toEqual(['environment', 'none']);
  expect(originsOf([send(8), receive(request(9))], { initial })).toBe('RC1022');
  expect(originsOf([receive(request(8)), send(8)], { initial })).toBe('RC1022');
});

test('received messages are remembered long enough, and one that is forgotten is told so', () => {
  const book = new MessageBook(HEADER);
  const count = 3 * REMEMBERED_EVENTS;
  for (let seq = 1; seq <= count; seq++) {
    book.record(send(seq), place);
    book.record(receive(request(seq), seq), place);
  }
  const recent = count - REMEMBERED_EVENTS + 1;
  expect(book.record(receive(request(recent), count + 1), place)).toBe('repeated');
  expect(() => book.record(receive(request(1), count + 2), place)).toThrow(
    expect.objectContaining({ code: 'RC1027' }),
  );
});
