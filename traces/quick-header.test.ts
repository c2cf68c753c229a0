import fc from 'fast-check';
import { expect, test } from 'vitest';
import { validatesEnd, validatesHeader } from './line-schema.ts';
import { isPlainEnd, isPlainHeader } from './quick-header.ts';

const HEADER = {
  format: 'raftcheck-trace',
  version: 1,
  protocol: 'raft',
  run: 'r',
  servers: ['s1', 's2'],
  configuration: { voters: ['s1', 's2'] },
  features: [],
  observed: ['log', 'role'],
  source: { program: 'p', version: '1' },
};

const junk = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    0,
    1,
    2,
    '',
    's1',
    's 1',
    'raft',
    [],
    ['s1'],
    ['s1', 's1'],
    ['log'],
    {},
    {
      voters: ['s1'],
    },
  ),
  fc.jsonValue(),
);

test('a header that is recognised is one that the schema accepts', () => {
  expect(isPlainHeader(HEADER)).toBe(true);
  const name = fc.constantFrom(...Object.keys(HEADER), 'spec', 'server', 'initial', 'unrecorded', 'more');
  let recognised = 0;
  fc.assert(
    fc.property(name, junk, (field, value) => {
      const header: Record<string, unknown> = { ...HEADER, [field]: value };
      if (value === undefined) delete header[field];
      if (!isPlainHeader(header)) return true;
      recognised += 1;
      return validatesHeader(header);
    }),
    { numRuns: 3_000, seed: 7 },
  );
  expect(recognised).toBeGreaterThan(50);
});

test('an end line that is recognised is one that the schema accepts', () => {
  expect(isPlainEnd({ end: true, events: 3 })).toBe(true);
  for (const value of [
    { end: true },
    { end: false, events: 1 },
    { end: true, events: 1.5 },
    { end: true, events: -1 },
  ]) {
    expect(isPlainEnd(value)).toBe(false);
    expect(validatesEnd(value)).toBe(false);
  }
});
