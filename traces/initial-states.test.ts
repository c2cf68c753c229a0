import { describe, expect, it } from 'vitest';
import { checkInitialStates } from './initial-states.ts';
import type { Entry, InitialState } from './trace-format.ts';

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

describe('the states that a recording starts with', () => {
  it.each<readonly [string, Readonly<Record<string, InitialState>>]>([
    ['all of them in a cluster', { s1: LEADER, s2: FOLLOWER }],
    ['a log alone', { s1: { log: log(1, 2) } }],
    ['leaders of two terms', { s1: LEADER, s2: { ...LEADER, currentTerm: 4 } }],
    [
      'logs that part behind what is committed',
      { s1: { log: log(1, 2), commitIndex: 1 }, s2: { log: log(1, 3) } },
    ],
  ])('may be %s', (_, initial) => {
    expect(() => checkInitialStates(initial, PLACE)).not.toThrow();
  });

  it.each<readonly [string, Readonly<Record<string, InitialState>>]>([
    ['s1: commitIndex is 4, and the log has 3 entries', { s1: { ...LEADER, commitIndex: 4 } }],
    ['s1: the entry at index 2 has a lower term than the one before it', { s1: { log: log(2, 1) } }],
    ['s1: the log has an entry of term 3, and currentTerm is 2', { s1: { ...LEADER, currentTerm: 2 } }],
    ['s2: a follower has votesGranted', { s2: { ...FOLLOWER, votesGranted: ['s1'] } }],
    ['s2: a follower has a nextIndex other than 1', { s2: { ...FOLLOWER, nextIndex: { s1: 1, s3: 2 } } }],
    [
      's2: a candidate has a matchIndex',
      { s2: { ...FOLLOWER, role: 'candidate', matchIndex: { s1: 1, s3: 0 } } },
    ],
    ['s1: matchIndex of s3 is 4, and the log has 3', { s1: { ...LEADER, matchIndex: { s2: 0, s3: 4 } } }],
    ['s1: matchIndex of s2 is 3, and nextIndex no more', { s1: { ...LEADER, matchIndex: { s2: 3, s3: 0 } } }],
    ['s1 and s2: both are leaders in term 3', { s1: LEADER, s2: LEADER }],
    [
      's1 and s2: at index 3 both have an entry of term 3, but not at index 2',
      { s1: { log: log(1, 1, 3) }, s2: { log: log(1, 2, 3) } },
    ],
    [
      's1 and s2: both have committed index 3, in other terms',
      {
        s1: { ...LEADER, commitIndex: 3 },
        s2: { ...FOLLOWER, commitIndex: 3 },
      },
    ],
  ])('cannot be: %s', (message, initial) => {
    expect(() => checkInitialStates(initial, PLACE)).toThrow(
      expect.objectContaining({ code: 'RC1028', ...PLACE, message: expect.stringContaining(message) }),
    );
  });
});
