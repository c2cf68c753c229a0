import { expect, test } from 'vitest';
import { ACTIONS } from './actions.ts';
import { EVENTS, HEADER } from './election-trace.fixture.ts';
import { checkCompound, checkEnd, checkEvent, checkHeader } from './line-schema.ts';
import schema from './trace.schema.json' with { type: 'json' };

const place = { file: 'a.ndjson', line: 7 };

function complaint(check: () => unknown): unknown {
  try {
    check();
  } catch (error) {
    return error;
  }
  return undefined;
}

function eventOf(action: string): (typeof EVENTS)[number] {
  const event = EVENTS.find((each) => each.action === action);
  if (event === undefined) throw new Error(`no ${action}`);
  return event;
}

test('the sample has an event of every action, and each passes', () => {
  expect(new Set(EVENTS.map(({ action }) => action))).toEqual(new Set(Object.keys(ACTIONS)));
  for (const event of EVENTS) expect(checkEvent(event, place)).toBe(event);
  expect(checkHeader(HEADER, place)).toBe(HEADER);
  expect(checkEnd({ end: true, events: 3 }, place)).toEqual({ end: true, events: 3 });
});

test('the schema has a definition for every action, and they allow just what the table of actions says', () => {
  for (const [action, shape] of Object.entries(ACTIONS)) {
    const { properties, required } = Object.entries(schema.$defs)
      .map(([name, definition]) => ({ name, properties: {}, required: [''], ...definition }))
      .find(({ name }) => name === action) ?? { properties: {}, required: [] };
    expect('message' in properties, action).toBe('receives' in shape);
    expect('sends' in properties, action).toBe('sends' in shape);
    expect('releases' in properties, action).toBe('releases' in shape);
    expect('server' in properties, action).toBe(shape.by === 'server');
    expect(new Set<string>(required).has('args'), action).toBe('args' in shape);
  }
});

test('every property that the format demands is missed, and none that it does not know is let through', () => {
  for (const event of EVENTS) {
    const optional = ['state', 'log', 'unobserved', 'time', 'releases'];
    for (const name of Object.keys(event)) {
      if (optional.includes(name) || name === 'action') continue;
      const less = {
        ...Object.fromEntries(Object.entries(event).filter(([each]) => each !== name)),
        action: event.action,
      };
      expect(complaint(() => checkEvent(less, place))).toMatchObject({
        code: 'RC1007',
        message: `the line lacks the property "${name}"`,
        file: 'a.ndjson',
        line: 7,
      });
    }
    expect(complaint(() => checkEvent(Object.assign({}, event, { sate: {} }), place))).toMatchObject({
      code: 'RC1007',
      message: 'the line has an unknown property "sate"',
    });
  }
});

/** Every path to a value within a line. */
function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, each]) => pathsOf(each, [...path, name]));
}

function replaced(value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined) return by;
  if (Array.isArray(value))
    return value.map((each, k) => (String(k) === name ? replaced(each, rest, by) : each));
  return Object.fromEntries(
    Object.entries(value ?? {}).map(([key, each]) => [key, key === name ? replaced(each, rest, by) : each]),
  );
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (each, name) => Object.entries(each ?? {}).find(([key]) => key === name)?.[1],
    value,
  );
}

function isEvent(value: unknown): value is { action: unknown } {
  return typeof value === 'object' && value !== null && 'action' in value;
}

test('every number is held to be natural and below 2^31, with the place of the fault', () => {
  let numbers = 0;
  for (const event of EVENTS) {
    for (const path of pathsOf(event)) {
      if (typeof valueAt(event, path) !== 'number' || path[0] === 'time') continue;
      numbers += 1;
      const pointer = `/${path.join('/')}`;
      for (const [wrong, code] of [
        [-1, 'RC1016'],
        [1.5, 'RC1016'],
        ['1', 'RC1016'],
        [null, 'RC1016'],
        [2 ** 31, 'RC4101'],
        [2 ** 60, 'RC4101'],
        // As JSON.parse reads a number of 400 digits.
        [Number.POSITIVE_INFINITY, 'RC4101'],
      ] as const) {
        const line = replaced(event, path, wrong);
        if (!isEvent(line)) throw new Error('no event');
        const error = complaint(() => checkEvent(line, place));
        expect(error, `${event.action} ${pointer} = ${wrong}`).toMatchObject({ code });
        expect(error).toHaveProperty('message', expect.stringContaining(pointer));
      }
      const line = replaced(event, path, 2 ** 31 - 1);
      if (isEvent(line)) expect(checkEvent(line, place)).toBe(line);
    }
  }
  expect(numbers).toBeGreaterThan(60);
});

test('seq is said to count from 1', () => {
  const first = { ...EVENTS[0], seq: 0 };
  expect(complaint(() => checkEvent(first, place))).toMatchObject({
    code: 'RC1016',
    message: '/seq is 0: it counts from 1',
  });
});

test('no value passes as one of another type', () => {
  for (const event of EVENTS) {
    for (const path of pathsOf(event)) {
      if (path[0] === 'action') continue;
      const was = valueAt(event, path);
      const strangers: readonly unknown[] = [{ a: 1 }, ['s1'], true, 3.25, 'no such thing!'];
      const opaque = ['command', 'time'].includes(path.at(-1) ?? '');
      for (const wrong of strangers) {
        if (typeof wrong === typeof was && (opaque || typeof wrong === 'boolean')) continue;
        const line = replaced(event, path, wrong);
        if (!isEvent(line)) throw new Error('no event');
        const error = complaint(() => checkEvent(line, place));
        expect(error, `${event.action} /${path.join('/')} = ${JSON.stringify(wrong)}`).toBeDefined();
      }
    }
  }
});

test('an unknown action is named, with those there are', () => {
  expect(complaint(() => checkEvent({ action: 'Snapshot' }, place))).toMatchObject({
    code: 'RC1009',
    message: 'unknown action "Snapshot"',
    hint: expect.stringContaining('Timeout, RequestVote,'),
  });
  expect(complaint(() => checkEvent({ action: 'toString' }, place))).toMatchObject({ code: 'RC1009' });
  expect(complaint(() => checkCompound({ actions: ['Timeout', 'Nap'] }, place))).toMatchObject({
    code: 'RC1009',
  });
});

test('an action with the message of another is refused', () => {
  const { message } = EVENTS[4];
  expect(
    complaint(() => checkEvent(Object.assign({}, eventOf('HandleRequestVoteResponse'), { message }), place)),
  ).toMatchObject({
    code: 'RC1007',
    message: expect.stringContaining('/message'),
  });
});

test('a protocol or feature without a spec is told from a misspelt header', () => {
  expect(complaint(() => checkHeader({ ...HEADER, protocol: 'paxos' }, place))).toMatchObject({
    code: 'RC1008',
  });
  expect(complaint(() => checkHeader({ ...HEADER, features: ['preVote'] }, place))).toMatchObject({
    code: 'RC1008',
  });
  expect(complaint(() => checkHeader({ ...HEADER, servers: ['s1', 's 2'] }, place))).toMatchObject({
    code: 'RC1007',
    message: expect.stringContaining('/servers/1'),
  });
  expect(complaint(() => checkHeader({ ...HEADER, observed: ['log', 'log'] }, place))).toMatchObject({
    code: 'RC1007',
  });
});

test('an end line of another shape is refused', () => {
  expect(complaint(() => checkEnd({ end: true }, place))).toMatchObject({ code: 'RC1007' });
  expect(complaint(() => checkEnd({ end: true, events: -1 }, place))).toMatchObject({ code: 'RC1016' });
});
