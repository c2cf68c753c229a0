import { describe, expect, it } from 'vitest';
import { checkInitialStates, checkInitialStatesOfFiles } from './initial-states.ts';
import type { Entry, InitialState } from './trace-format.ts';

type States = Readonly<Record<string, InitialState>>;

const VOTERS = ['s1', 's2', 's3'];
const PLACE = { file: 'run.ndjson', line: 1 };

function log(...terms: readonly number[]): readonly Entry[] {
  return terms.map((term) => ({ term, command: `set ${term}` }));
}

const LEADER: InitialState = {
  role: 'leader',
  currentTerm: 3,
  log: log(1, 1, 3),
  commitIndex: 2,
  votesGranted: [],
  nextIndex: { s2: 3, s3: 4 },
  matchIndex: { s2: 2, s3: 0 },
};

const FOLLOWER: InitialState = {
  role: 'follower',
  currentTerm: 3,
  log: log(1, 1, 2),
  commitIndex: 2,
  votesGranted: [],
  nextIndex: { s1: 1, s3: 1 },
  matchIndex: { s1: 0, s3: 0 },
};

/** A follower in this term. */
function follower(currentTerm: number, log: readonly Entry[] = [], commitIndex = 0): InitialState {
  return { role: 'follower', currentTerm, votedFor: null, log, commitIndex };
}

/** A leader or a candidate with its own vote. */
function standing(
  role: 'leader' | 'candidate',
  server: string,
  term: number,
  rest: Partial<InitialState> = {},
): InitialState {
  return { role, currentTerm: term, votedFor: server, log: [], ...rest };
}

const A: Entry = { term: 1, command: 'a' };
const B: Entry = { term: 1, command: 'b' };
const HASH: Entry = { term: 1, hash: 'ca97' };
const NOOP: Entry = { term: 1, noop: true };

describe('the states that a recording starts with', () => {
  it.each<readonly [string, States]>([
    ['all of them in a cluster', { s1: LEADER, s2: FOLLOWER }],
    ['a log alone', { s1: { log: log(1, 2) } }],
    ['leaders of two terms', { s1: LEADER, s2: { ...LEADER, currentTerm: 4 } }],
    [
      'logs that part behind what is committed',
      { s1: { log: log(1, 2), commitIndex: 1 }, s2: { log: log(1, 3) } },
    ],
    ['a command and a hash, which may be its', { s1: follower(2, [A], 1), s2: follower(2, [HASH], 1) }],
    ['a hash and an entry without a command', { s1: follower(2, [NOOP], 1), s2: follower(2, [HASH], 1) }],
    ['a leader of whose vote nothing is told', { s1: { role: 'leader', currentTerm: 1, log: [] } }],
    [
      'a leader whose voters are beyond its term, or in it and silent',
      { s1: standing('leader', 's1', 1), s2: follower(2), s3: { currentTerm: 1, log: [] } },
    ],
    [
      'a leader that lacks what was committed since',
      { s1: standing('leader', 's1', 1), s2: follower(3, log(2), 1), s3: follower(3, log(2), 1) },
    ],
    [
      'a follower that lost what matched, in a later term',
      {
        s1: standing('leader', 's1', 1, { log: [A], matchIndex: { s2: 1, s3: 0 } }),
        s2: follower(3, log(2)),
      },
    ],
    ['what is committed on a majority that may be', { s1: follower(2, [A], 1), s2: follower(2) }],
    [
      'a vote that may have been given',
      { s1: standing('candidate', 's1', 2, { votesGranted: ['s2'] }), s2: follower(3) },
    ],
  ])('may be %s', (_, initial) => {
    expect(() => checkInitialStates(initial, VOTERS, PLACE)).not.toThrow();
  });

  it.each<readonly [string, States]>([
    ['s1: commitIndex is 4, and the log has 3 entries', { s1: { ...LEADER, commitIndex: 4 } }],
    ['s1: the entry at index 2 has a lower term than the one before it', { s1: { log: log(2, 1) } }],
    ['s1: the entry at index 1 is of term 0', { s1: { log: log(0, 1) } }],
    ['s1: the log has an entry of term 3, and currentTerm is 2', { s1: { ...LEADER, currentTerm: 2 } }],
    ['s2: a follower has votesGranted', { s2: { ...FOLLOWER, votesGranted: ['s1'] } }],
    ['s2: a follower has a nextIndex other than 1', { s2: { ...FOLLOWER, nextIndex: { s1: 1, s3: 2 } } }],
    [
      's2: a candidate has a matchIndex',
      { s2: { ...FOLLOWER, role: 'candidate', matchIndex: { s1: 1, s3: 0 } } },
    ],
    ['s1: matchIndex of s3 is 4, and the log has 3', { s1: { ...LEADER, matchIndex: { s2: 0, s3: 4 } } }],
    ['s1: matchIndex of s2 is 3, and nextIndex no more', { s1: { ...LEADER, matchIndex: { s2: 3, s3: 0 } } }],
    ['s1: nextIndex of s3 is 5, and the log has 3', { s1: { ...LEADER, nextIndex: { s2: 3, s3: 5 } } }],
    ['s1: a leader is in term 0', { s1: standing('leader', 's1', 0) }],
    ['s1: it voted for s2 in term 0', { s1: { currentTerm: 0, votedFor: 's2', log: [] } }],
    ['s4: a candidate is none of the voters s1, s2, s3', { s4: standing('candidate', 's4', 1) }],
    ['s1: a leader has voted for nobody', { s1: { ...LEADER, votedFor: null } }],
    ['s1: a candidate has voted for s2, not for itself', { s1: standing('candidate', 's2', 1) }],
    [
      's1: a candidate of term 1 has an entry of that term',
      { s1: standing('candidate', 's1', 1, { log: [A] }) },
    ],
    ['s1: it voted for s4, which is none of the voters', { s1: { ...FOLLOWER, votedFor: 's4' } }],
    ['s1 and s2: both are leaders in term 3', { s1: LEADER, s2: LEADER }],
    [
      's1 and s2: their entries at index 2 differ, and there or behind both have one of term 3',
      { s1: { log: log(1, 1, 3) }, s2: { log: log(1, 2, 3) } },
    ],
    [
      's1 and s2: their entries at index 1 differ, and there or behind both have one of term 3',
      { s1: { log: log(3) }, s2: { log: log(2, 3) } },
    ],
    ['s1 and s2: their entries at index 1 differ', { s1: { log: [A] }, s2: { log: [B] } }],
    ['s1 and s2: their entries at index 1 differ', { s1: { log: [A] }, s2: { log: [NOOP] } }],
    [
      's1 and s2: their entries at index 1 differ',
      { s1: { log: [HASH] }, s2: { log: [{ ...HASH, hash: 'e8b7' }] } },
    ],
    [
      's1 and s2: both have committed index 3, where their entries differ',
      { s1: { ...LEADER, commitIndex: 3 }, s2: { ...FOLLOWER, commitIndex: 3 } },
    ],
    [
      's1 and s2: s2 has committed index 1 in term 1 or before, and s1 has another entry there and one of term 2',
      { s1: follower(2, log(2)), s2: follower(1, [A], 1) },
    ],
    [
      's1 and s2: s2 has committed index 1 in term 2 or before, and s1 leads term 2 without that',
      { s1: standing('leader', 's1', 2), s2: follower(2, [A], 1) },
    ],
    [
      's1 and s2: s1 leads term 1 without the entry 1 of that term, which s2 has',
      { s1: standing('leader', 's1', 1), s2: follower(1, [A]) },
    ],
    [
      's1 and s2: s1 takes s2 as matching up to 1 in term 1, and s2 does not hold that',
      {
        s1: standing('leader', 's1', 1, { log: [A], matchIndex: { s2: 1, s3: 0 } }),
        s2: { ...follower(1), votedFor: 's1' },
      },
    ],
    [
      's1 and s2: s1 takes s2 as matching up to 1 in term 2, and s2 is in term 1',
      {
        s1: standing('leader', 's1', 2, { log: [A], matchIndex: { s2: 1, s3: 0 } }),
        s2: follower(1, [A]),
      },
    ],
    [
      's1 and s2: s1 has the vote of s2 in term 2, which s2 has not given',
      {
        s1: standing('candidate', 's1', 2, { votesGranted: ['s2'] }),
        s2: { ...follower(2), votedFor: 's3' },
      },
    ],
    [
      's1: it leads term 5 without a majority: s2 is in term 1, s3 voted for s2 in term 5',
      { s1: standing('leader', 's1', 5), s2: follower(1), s3: { ...follower(5), votedFor: 's2' } },
    ],
    [
      's1: the log has an entry of term 1, which can have no leader: s2 voted for nobody in term 1, s3 is in term 0',
      { s1: { log: [A] }, s2: follower(1), s3: follower(0) },
    ],
    [
      's1: it has committed index 1, which a majority does not hold: not s2, s3',
      { s1: follower(2, [A], 1), s2: follower(2), s3: follower(2) },
    ],
  ])('cannot be: %s', (message, initial) => {
    expect(() => checkInitialStates(initial, VOTERS, PLACE)).toThrow(
      expect.objectContaining({ code: 'RC1028', ...PLACE, message: expect.stringContaining(message) }),
    );
  });
});

describe('the states that the files of several servers start with, each at a moment of its own', () => {
  it('may be those of a leader, and of a follower before it heard of it', () => {
    const leader = standing('leader', 's1', 1, {
      log: [A],
      commitIndex: 1,
      matchIndex: { s2: 1, s3: 1 },
    });
    const states = { s1: leader, s2: follower(0), s3: follower(0) };
    expect(() => checkInitialStatesOfFiles(states, PLACE)).not.toThrow();
    expect(() => checkInitialStates(states, VOTERS, PLACE)).toThrow();
  });

  it('cannot be at odds in what no moment changes', () => {
    const states = { s1: follower(1, [A], 1), s2: follower(4, [B], 1) };
    expect(() => checkInitialStatesOfFiles(states, PLACE)).toThrow(
      expect.objectContaining({ code: 'RC1028', ...PLACE }),
    );
  });
});
