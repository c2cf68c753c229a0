import { expect, it } from 'vitest';
import { renderDifference } from './render-rejection.ts';

const request = (entry: object, leaderCommit: number) => [
  { type: 'AppendEntriesRequest', from: 's1', to: 's2', term: 1, entries: [entry], leaderCommit },
];

it('shows the innermost place that holds all that differs', () => {
  const difference = {
    variable: 'sends',
    expected: request({ term: 1, command: 'x' }, 0),
    recorded: request({ term: 1, hash: 'x' }, 0),
    fields: ['0.entries.0.command', '0.entries.0.hash'],
  };
  expect(renderDifference(difference)).toBe(
    'sends[0].entries[0]: expected {"term":1,"command":"x"}, recorded {"term":1,"hash":"x"}',
  );
});

it('shows the whole where what differs has no place in common, or is only in one of both', () => {
  const difference = { variable: 'nextIndex', expected: { s2: 1, s3: 1 }, recorded: { s2: 2, s3: 2 } };
  expect(renderDifference({ ...difference, fields: ['s2', 's3'] })).toBe(
    'nextIndex: expected {"s2":1,"s3":1}, recorded {"s2":2,"s3":2}',
  );
  const releases = { variable: 'releases', expected: ['s1:1.0', 's1:2.0'], recorded: ['s1:1.0'] };
  expect(renderDifference({ ...releases, fields: ['1'] })).toBe(
    'releases: expected ["s1:1.0","s1:2.0"], recorded ["s1:1.0"]',
  );
});
