import { describe, expect, test } from 'vitest';
import { judgeWalk, type WalkEnd } from './judge-walk.ts';
import { BORDER, recordedEvents, STORY } from './recorded-run.fixture.ts';
import { readWalks } from './walk-report.ts';

const EVENTS = recordedEvents(STORY);
const CHUNKS = [
  { firstPosition: 0, lastPosition: 10, end: BORDER },
  { firstPosition: 11, lastPosition: EVENTS.length - 1, start: BORDER },
];
const FINE: WalkEnd = { end: 'noError', complaints: [], stderr: '', exitCode: 0 };

const COMPLETE = EVENTS.map(({ position }) => `<<"matched", ${position <= 10 ? 1 : 2}, ${position}>>`).concat(
  '<<"consumed", 2>>',
  '<<"consumed", 1>>',
);

function judge(printed: readonly string[], end: WalkEnd = FINE) {
  const reports = readWalks(printed, CHUNKS.length);
  const chunks = CHUNKS.flatMap((chunk, index) => {
    const report = reports[index];
    return report === undefined ? [] : [{ chunk, report }];
  });
  return judgeWalk(end, { chunks, events: EVENTS, contents: new Map() });
}

describe('the verdict on what TLC printed', () => {
  test('is accepted where every chunk was consumed', () => {
    expect(judge(COMPLETE)).toEqual({ verdict: 'accepted' });
  });

  test.each([
    ['nothing', []],
    ['one chunk of two', COMPLETE.filter((line) => line !== '<<"consumed", 1>>')],
    ['the other of two', COMPLETE.filter((line) => line !== '<<"consumed", 2>>')],
    ['output that is cut off in its last line', [...COMPLETE.slice(0, -1), '<<"consumed", 1']],
    ['a line that only looks like it', [...COMPLETE.slice(0, -1), ' x <<"consumed", 1>>']],
    ['a chunk that does not exist', [...COMPLETE.slice(0, -1), '<<"consumed", 3>>']],
  ])('is not accepted on the evidence of %s', (_name, printed) => {
    expect(judge(printed).verdict).not.toBe('accepted');
  });

  test.each(['crashed', 'evaluationError', 'specError', 'configError', 'violated'] as const)(
    'is a failure where TLC ended with %s, whatever it had printed',
    (end) => expect(judge(COMPLETE, { ...FINE, end })).toMatchObject({ verdict: 'failed', code: 'RC5006' }),
  );

  test.each([
    ['budgetExhausted', 'RC4001'],
    ['aborted', 'RC4002'],
  ] as const)('is inconclusive where TLC ended with %s', (end, code) => {
    expect(judge(COMPLETE, { ...FINE, end })).toMatchObject({ verdict: 'inconclusive', code });
  });

  test('names the first event of the earliest chunk that failed', () => {
    expect(judge(COMPLETE.filter((line) => !/consumed|, (7|9|12)>>/.test(line)))).toMatchObject({
      verdict: 'rejected',
      rejection: { position: 7, line: 9, code: 'RC3101' },
    });
  });

  test('is inconclusive where the numbers of the trace are too large to compute with', () => {
    const complaint = {
      code: 1000,
      message: 'Overflow when computing 2147483647+1',
      module: 'Raft',
      line: 7,
    };
    expect(
      judge(COMPLETE.slice(0, 3), { ...FINE, end: 'evaluationError', complaints: [complaint] }),
    ).toMatchObject({ verdict: 'inconclusive', code: 'RC4101' });
  });

  test('names the event at which TLC failed', () => {
    const complaint = { code: 1000, message: 'Overflow', module: 'Raft', line: 7 };
    const printed = COMPLETE.slice(0, 3);
    expect(judge(printed, { ...FINE, end: 'evaluationError', complaints: [complaint] })).toMatchObject({
      message: 'TLC failed at RequestVote, run.ndjson:5: Overflow (Raft.tla:7)',
    });
  });
});
