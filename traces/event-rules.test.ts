import { expect, test } from 'vitest';
import { EVENTS, HEADER } from './election-trace.fixture.ts';
import { EventRules } from './event-rules.ts';
import type { Header, TraceEvent } from './trace-format.ts';

const place = { file: 'a.ndjson', line: 5 };

function codeOf(event: TraceEvent, header: Partial<Header> = {}): unknown {
  try {
    new EventRules({ ...HEADER, ...header }).check(event, place);
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
  return 'ok';
}

const SILENT: Partial<Header> = { unrecorded: ['s1'] };

test('the sample keeps the rules', () => {
  for (const event of EVENTS) expect(codeOf(event), event.action).toBe('ok');
});

const [timeout, ask, persist, duplicate, vote, , , count, become, , client] = EVENTS;
const take = EVENTS[13];
const advance = EVENTS[16];
const restart = EVENTS[17];
const { log: _, ...restartWithoutLog } = restart;
const { role: ___, ...restartWithoutRole } = restart.state;
const { state: __, ...advanceBlindly } = advance;

test.each<readonly [string, string, TraceEvent, Partial<Header>]>([
  ['RC1010', 'a stranger takes a step', { ...timeout, server: 's9' }, {}],
  ['RC1010', 'a vote for a stranger', { ...timeout, state: { votedFor: 's9' } }, {}],
  ['RC1010', 'a message to a stranger', { ...ask, sends: [{ ...ask.sends[0], to: 's9' }] }, {}],
  ['RC1011', 'a step in the file of another', timeout, { server: 's2' }],
  ['RC1011', 'a step of the network in the file of a server', duplicate, { server: 's1' }],
  ['RC1011', 'a step of a server that is unrecorded', timeout, { unrecorded: ['s1'] }],
  ['RC1014', 'a variable that is not observed', timeout, { observed: ['role', 'votedFor'] }],
  ['RC1014', 'a log that is not observed', client, { observed: ['role'] }],
  ['RC1014', 'a variable that the event exempts', { ...timeout, unobserved: ['role'] }, {}],
  ['RC1015', 'a peer is missing', { ...become, state: { nextIndex: { s2: 1 } } }, {}],
  ['RC1015', 'the server is its own peer', { ...become, state: { nextIndex: { s1: 1, s2: 1, s3: 1 } } }, {}],
  ['RC1015', 'votes out of order', { ...count, state: { votesGranted: ['s3', 's2'] } }, {}],
  ['RC1015', 'the own vote', { ...count, state: { votesGranted: ['s1'] } }, {}],
  ['RC1017', 'a restart without its log', restartWithoutLog, {}],
  ['RC1017', 'a restart without its role', { ...restart, state: restartWithoutRole }, {}],
  ['RC1017', 'a restart whose log is a change', { ...restart, log: { keep: 1, append: [] } }, {}],
  ['RC1017', 'an unseen commitIndex without args', advanceBlindly, { observed: ['role'] }],
  [
    'ok',
    'an unseen commitIndex with args',
    { ...advanceBlindly, args: { commitIndex: 2 } },
    { observed: ['role'] },
  ],
  ['RC1033', 'two values of commitIndex', { ...advance, args: { commitIndex: 7 } }, {}],
  ['ok', 'the same commitIndex twice', { ...advance, args: { commitIndex: 2 } }, {}],
  ['RC1033', 'two values of it in a restart', { ...restart, args: { ...restart.args, commitIndex: 9 } }, {}],
  ['RC1034', 'an unrecorded message of term 0', { ...vote, message: { ...vote.message, term: 0 } }, SILENT],
  [
    'ok',
    'a recorded one, which is rejected where it is sent',
    { ...vote, message: { ...vote.message, term: 0 } },
    {},
  ],
  ['RC1034', 'the term of no entry', { ...vote, message: { ...vote.message, lastLogTerm: 7 } }, SILENT],
  ['RC1034', 'an entry of no term', { ...vote, message: { ...vote.message, lastLogIndex: 7 } }, SILENT],
  [
    'RC1034',
    'the term of no entry before',
    { ...take, message: { ...take.message, prevLogTerm: 7 } },
    SILENT,
  ],
  ['ok', 'an unrecorded message', take, SILENT],
  ['RC1020', 'a message to another server', { ...vote, server: 's3' }, {}],
  ['RC1020', 'a message in the name of another', { ...ask, sends: [{ ...ask.sends[0], from: 's3' }] }, {}],
  ['RC1020', 'a message to itself', { ...ask, sends: [{ ...ask.sends[0], to: 's1' }] }, {}],
  ['RC1021', 'an id of another event', { ...ask, seq: 3 }, {}],
  ['RC1021', 'a second message of an event', { ...ask, sends: [{ ...ask.sends[0], id: 's1:2.1' }] }, {}],
  ['RC1021', 'an id of another sender', { ...vote, message: { ...vote.message, id: 's3:2.0' } }, {}],
  ['ok', 'a release of an earlier message', { ...persist, releases: ['s1:1.0'] }, {}],
])('%s: %s', (code, _what, event, header) => {
  expect(codeOf(event, header)).toBe(code);
});
