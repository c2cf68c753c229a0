import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EVENTS, HEADER } from './election-trace.fixture.ts';
import { EventRules } from './event-rules.ts';
import { checkEvent } from './line-schema.ts';
import { QuickCheck } from './quick-check.ts';
import type { Header } from './trace-format.ts';

const place = { file: 'a.ndjson', line: 2 };

/** What the schema and the rules say, which the quick check must never contradict. */
function isAllowed(value: unknown, header: Header): boolean {
  if (typeof value !== 'object' || value === null || !('action' in value)) return false;
  try {
    new EventRules(header).check(checkEvent(value, place), place);
    return true;
  } catch {
    return false;
  }
}

/** As it comes from a file: own properties only, no undefined. */
function parsed(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

const headers: readonly Header[] = [
  HEADER,
  { ...HEADER, server: 's1' },
  { ...HEADER, unrecorded: ['s2'] },
  { ...HEADER, observed: ['role', 'currentTerm', 'log'] },
  { ...HEADER, observed: [] },
  { ...HEADER, servers: ['s1', 's2', 's3', 's4'] },
];

test('plain events are recognised, so that the general validator is rarely needed', () => {
  const quick = new QuickCheck(HEADER);
  const general = EVENTS.filter((event) => !quick.accepts(parsed(event))).map(({ action }) => action);
  // BecomeLeader of the sample has `unobserved`.
  expect(general).toEqual(['BecomeLeader']);
});

test('what the header forbids is not recognised', () => {
  for (const header of headers) {
    const quick = new QuickCheck(header);
    for (const event of EVENTS) {
      if (quick.accepts(parsed(event))) expect(isAllowed(event, header), JSON.stringify(event)).toBe(true);
    }
  }
});

test('sets are sorted and name nothing twice', () => {
  const quick = new QuickCheck(HEADER);
  const votes = (votesGranted: readonly string[]) => ({ ...EVENTS[7], state: { votesGranted } });
  const persist = (releases: readonly string[]) => ({ ...EVENTS[2], releases });
  expect(quick.accepts(votes(['s2', 's3']))).toBe(true);
  expect(quick.accepts(votes(['s3', 's2']))).toBe(false);
  expect(quick.accepts(votes(['s2', 's2']))).toBe(false);
  expect(quick.accepts(persist(['s1:2.0', 's1:1.0']))).toBe(true);
  expect(quick.accepts(persist(['s1:2.0', 's1:2.0']))).toBe(false);
});

/** Values that stand in traces, and such that nearly do. */
const values: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...[0, 1, -1, -0, 0.5, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 53, 1e300],
    ...[
      '',
      's1',
      's2',
      's9',
      'leader',
      'Timeout',
      's1:1.0',
      's1:01.0',
      's1:1.1',
      's1:.0',
      's2:5.0',
      's1:2.0 ',
      's1:1x.0',
    ],
    ...[null, true, false, [], {}, ['s2'], ['s3', 's2'], ['s2', 's2'], ['s1:2.0', 's1:2.0']],
    ...[
      { s2: 1 },
      { s2: 1, s3: 1 },
      { s1: 1, s2: 1, s3: 1 },
      { s2: 1, s3: -1 },
      { command: 'x' },
      { hash: 'h' },
    ],
    ...[
      { term: 1, noop: false },
      { term: 1, command: 'x', hash: 'h' },
      { writes: 1, length: 2 },
      { commitIndex: 1 },
    ],
    ...[{ keep: 0, append: [{ term: 1, hash: 'h' }] }, { keep: 0 }, { keep: 0, append: [], extra: 1 }],
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([name, each]) => pathsOf(each, [...path, name]));
  return path.length === 0 ? inner : [path, ...inner];
}

type Change = (owner: Record<string, unknown> | unknown[], name: string) => void;

function isOwner(value: unknown): value is Record<string, unknown> | unknown[] {
  return typeof value === 'object' && value !== null;
}

/** Changes a copy of the value at the end of the path. */
function changed(value: unknown, path: readonly string[], change: Change): unknown {
  const copy: unknown = structuredClone(value);
  let owner = copy;
  for (const name of path.slice(0, -1))
    owner = Object.entries(owner ?? {}).find(([key]) => key === name)?.[1];
  const name = path.at(-1);
  if (name !== undefined && isOwner(owner)) change(owner, name);
  return copy;
}

const mutations = fc.oneof(
  values.map(
    (by): Change =>
      (owner, name) =>
        Object.assign(owner, { [name]: by }),
  ),
  fc.constant<Change>((owner, name) => {
    if (Array.isArray(owner)) owner.splice(Number(name), 1);
    else delete owner[name];
  }),
  fc
    .tuple(
      fc.constantFrom('extra', 'command', 'hash', 'noop', 'message', 'state', 'log', 'time', 'unobserved'),
      values,
    )
    .map(
      ([added, by]): Change =>
        (owner) => {
          if (Array.isArray(owner)) owner.push(by);
          else owner[added] = by;
        },
    ),
);

const lines = fc
  .constantFrom<unknown>(...EVENTS)
  .chain((event) =>
    fc
      .array(fc.tuple(fc.constantFrom(...pathsOf(event)), mutations), { minLength: 1, maxLength: 2 })
      .map((changes) => changes.reduce((line, [path, change]) => changed(line, path, change), event)),
  )
  .map(parsed);

test('it never takes an event that the schema or the rules refuse', () => {
  let taken = 0;
  let refused = 0;
  fc.assert(
    fc.property(lines, fc.constantFrom(...headers), (line, header) => {
      const accepted = new QuickCheck(header).accepts(line);
      if (accepted) taken += 1;
      else refused += 1;
      if (accepted) expect(isAllowed(line, header), JSON.stringify(line)).toBe(true);
    }),
    { numRuns: 10_000 },
  );
  // Both sides were looked at.
  expect(taken).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(1000);
});

test('a whole line of another kind is not recognised', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(new QuickCheck(HEADER).accepts(parsed(value))).toBe(false);
    }),
  );
});
