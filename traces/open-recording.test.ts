import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { EVENTS, HEADER, traceText } from './election-trace.fixture.ts';
import { type OpenOptions, openRecording } from './open-recording.ts';
import type { RecordedEvent, Recording } from './recording.ts';
import { findRecordings } from './recording-source.ts';

const root = mkdtempSync(join(tmpdir(), 'raftcheck-traces-'));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(root, 'run-'));
});
afterAll(() => rmSync(root, { recursive: true }));

const S1 = EVENTS.filter((event) => 'server' in event && event.server === 's1');
const S2 = EVENTS.filter((event) => 'server' in event && event.server === 's2');

function write(name: string, text: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function open(path: string, options?: OpenOptions): Promise<Recording> {
  const [source, ...more] = await findRecordings([path]);
  if (source === undefined || more.length > 0) throw new Error(`${path} is not one run`);
  return openRecording(source, options);
}

/** What came before the end or the error. */
async function readAll(recording: Recording): Promise<{ events: RecordedEvent[]; error: unknown }> {
  const events: RecordedEvent[] = [];
  try {
    for await (const batch of recording.events) events.push(...batch);
  } catch (error) {
    return { events, error };
  }
  return { events, error: undefined };
}

async function read(text: string | Uint8Array) {
  return readAll(await open(write('run.ndjson', text)));
}

describe('a merged file', () => {
  test('yields its events with place, position and origin', async () => {
    const path = write('run.ndjson', traceText(HEADER, EVENTS));
    const recording = await open(path);
    const { events, error } = await readAll(recording);
    expect(error).toBeUndefined();
    expect(recording.header).toEqual(HEADER);
    expect(events.map(({ event }) => event)).toEqual(EVENTS);
    expect(events.map(({ position }) => position)).toEqual(EVENTS.map((_, k) => k));
    expect(events.map(({ line }) => line)).toEqual(EVENTS.map((_, k) => k + 2));
    expect(new Set(events.map(({ file }) => file))).toEqual(new Set([path]));
    expect(events.filter(({ origin }) => origin === 'sent')).toHaveLength(4);
    expect(recording.ending()).toEqual({ events: EVENTS.length, cutOff: [] });
  });

  test('can be read a second time', async () => {
    const recording = await open(write('run.ndjson', traceText(HEADER, EVENTS)));
    const first = await readAll(recording);
    expect(await readAll(recording)).toEqual(first);
  });

  test('cut anywhere behind its first event, it yields the whole lines, and says that it was cut off', async () => {
    const bytes = Buffer.from(traceText({ ...HEADER, run: 'caf\u00e9' }, EVENTS));
    const firstEvent = bytes.indexOf(0x0a, bytes.indexOf(0x0a) + 1) + 1;
    for (let cut = firstEvent; cut < bytes.length - 1; cut += 7) {
      const recording = await open(write('run.ndjson', bytes.subarray(0, cut)));
      const { events, error } = await readAll(recording);
      expect(error).toBeUndefined();
      const whole = bytes.subarray(0, cut).toString().split('\n').length - 2;
      // A last line that only lacks its newline is whole.
      expect([whole, whole + 1]).toContain(events.length);
      expect(events.map(({ event }) => event)).toEqual(EVENTS.slice(0, events.length));
      expect(recording.ending().cutOff).toHaveLength(1);
    }
  });

  test('yields the good events before it reports the bad one', async () => {
    const { events, error } = await read(
      traceText(HEADER, [...EVENTS.slice(0, 3), { ...EVENTS[1], seq: 9 }, ...EVENTS.slice(3)]),
    );
    expect(events.map(({ event }) => event)).toEqual(EVENTS.slice(0, 3));
    expect(error).toMatchObject({ name: 'TraceError', line: 5, file: join(folder, 'run.ndjson') });
  });
});

describe('a malformed file', () => {
  const header = `${JSON.stringify(HEADER)}\n`;
  const [timeout, requestVote, persist] = EVENTS;
  const vote = EVENTS[4];
  const cases: readonly (readonly [string, string, number, string | Uint8Array])[] = [
    ['RC1001', 'bad JSON', 2, `${header}{"server":\n`],
    ['RC1001', 'an empty line', 3, `${header}${JSON.stringify(timeout)}\n\n`],
    [
      'RC1002',
      'bytes that are not UTF-8',
      2,
      Buffer.concat([Buffer.from(header), Buffer.from([0x22, 0xc0, 0x22, 0x0a])]),
    ],
    ['RC1003', 'an array', 2, `${header}[]\n`],
    ['RC1003', 'null', 2, `${header}null\n`],
    ['RC1007', 'a line of unknown kind', 2, `${header}{"hello":1}\n`],
    ['RC1009', 'an unknown action', 2, traceText(HEADER, [{ server: 's1', seq: 1, action: 'Nap' }])],
    ['RC1010', 'an unknown server', 2, traceText(HEADER, [{ ...timeout, server: 's9' }])],
    ['RC1012', 'a gap in seq', 3, traceText(HEADER, [timeout, persist])],
    [
      'RC1012',
      'a gap that the id of a message does not share',
      3,
      traceText(HEADER, [timeout, { ...requestVote, seq: 5 }]),
    ],
    ['RC1012', 'a seq that repeats', 3, traceText(HEADER, [timeout, timeout])],
    ['RC1012', 'a recording that begins in the middle', 2, traceText(HEADER, [requestVote])],
    ['RC1016', 'a negative term', 2, traceText(HEADER, [{ ...timeout, state: { currentTerm: -1 } }])],
    ['RC4101', 'a large term', 2, traceText(HEADER, [{ ...timeout, state: { currentTerm: 3e9 } }])],
    ['RC1019', 'a second header', 3, traceText(HEADER, [timeout, HEADER])],
    ['RC1022', 'a receive without a send', 2, traceText(HEADER, [vote])],
    [
      'RC1023',
      'contents that differ',
      5,
      traceText(HEADER, [timeout, requestVote, persist, { ...vote, message: { ...vote.message, term: 2 } }]),
    ],
    [
      'RC1025',
      'a release of nothing',
      3,
      traceText(HEADER, [timeout, { ...persist, seq: 2, releases: ['s1:7.0'] }]),
    ],
    ['RC1030', 'a line after the end', 4, `${traceText(HEADER, [timeout])}{"end":true,"events":1}\n`],
    ['RC1031', 'a wrong count', 3, traceText(HEADER, [timeout], { end: true, events: 2 })],
    ['RC1032', 'no events', 2, traceText(HEADER, [])],
  ];

  test.each(cases)('%s: %s', async (code, _, line, text) => {
    expect((await read(text)).error).toMatchObject({ name: 'TraceError', code, line });
  });

  const headers: readonly (readonly [string, string, string])[] = [
    ['RC1005', 'an empty file', ''],
    ['RC1005', 'a file that begins with an event', `${JSON.stringify(timeout)}\n`],
    ['RC1005', 'a header cut in two', header.slice(0, 40)],
    ['RC1001', 'a binary file', '\u0000\u0001\n'],
    ['RC1006', 'another format', '{"format":"other"}\n'],
    ['RC1006', 'a later version', traceText({ ...HEADER, version: 2 }, [timeout])],
    ['RC1008', 'another protocol', traceText({ ...HEADER, protocol: 'paxos' }, [timeout])],
    [
      'RC1013',
      'a voter that is no server',
      traceText({ ...HEADER, configuration: { voters: ['s4'] } }, [timeout]),
    ],
  ];
  test.each(headers)('%s at once: %s', async (code, _, text) => {
    await expect(open(write('run.ndjson', text))).rejects.toMatchObject({
      name: 'TraceError',
      code,
      line: 1,
    });
  });

  test('what is no JSON is placed by its column in the line', async () => {
    const { error } = await read(`${header}{"server":"s1",}\n`);
    expect(error).toMatchObject({ line: 2, message: expect.stringMatching(/ at column 16 of the line$/) });
  });

  test('a receive without a send says what to do about a merged file, and about one of a server', async () => {
    const merged = await read(traceText(HEADER, [vote]));
    expect(merged.error).toMatchObject({ hint: expect.stringMatching(/^In a merged file .*unrecorded\.$/) });
    const alone = await read(traceText({ ...HEADER, server: 's2' }, [vote]));
    expect(alone.error).toMatchObject({
      code: 'RC1022',
      hint: expect.stringMatching(/^Check the files of all servers .*unrecorded\.$/),
    });
  });

  test('a byte order mark is named', async () => {
    await expect(open(write('run.ndjson', `\u{feff}${traceText(HEADER, [timeout])}`))).rejects.toMatchObject({
      code: 'RC1001',
      line: 1,
      message: 'the file begins with a byte order mark, which has to go',
    });
  });

  test('a path that does not exist', async () => {
    await expect(open(join(folder, 'none.ndjson'))).rejects.toMatchObject({ code: 'RC6101' });
  });
});

describe('standard input', () => {
  async function* stdin(text: string): AsyncGenerator<Uint8Array> {
    for (let start = 0; start < text.length; start += 50) yield Buffer.from(text.slice(start, start + 50));
  }

  test('is read once, as file `-`', async () => {
    const recording = await open('-', { stdin: stdin(traceText(HEADER, EVENTS)) });
    const { events, error } = await readAll(recording);
    expect(error).toBeUndefined();
    expect(events).toHaveLength(EVENTS.length);
    expect(events[0]).toMatchObject({ file: '-', line: 2 });
    expect((await readAll(recording)).error).toHaveProperty('message', '- can be read once only');
  });
});

describe('a folder', () => {
  test('of one file for each server is one run in causal order', async () => {
    write('s1.ndjson', traceText({ ...HEADER, server: 's1' }, S1));
    write('s2.ndjson', traceText({ ...HEADER, server: 's2' }, S2));
    const recording = await open(folder);
    const { events, error } = await readAll(recording);
    expect(error).toBeUndefined();
    expect(recording.header).toEqual(HEADER);
    const order = events.map(({ event }) => ('server' in event ? `${event.server}:${event.seq}` : ''));
    expect(order).toHaveLength(S1.length + S2.length);
    // A granted vote leaves when it is durable (s2:2), and so does a success (s2:4).
    expect(order.indexOf('s2:1')).toBeGreaterThan(order.indexOf('s1:3'));
    expect(order.indexOf('s1:4')).toBeGreaterThan(order.indexOf('s2:2'));
    expect(order.indexOf('s2:3')).toBeGreaterThan(order.indexOf('s1:9'));
    expect(order.indexOf('s1:10')).toBeGreaterThan(order.indexOf('s2:4'));
    expect(recording.ending()).toEqual({ events: order.length, cutOff: [] });
  });

  test('of merged files has a run for each', async () => {
    write('a.ndjson', traceText(HEADER, EVENTS));
    write('b.jsonl', traceText({ ...HEADER, run: 'other' }, EVENTS));
    write('notes.txt', 'not a trace');
    const sources = await findRecordings([folder]);
    expect(sources.map(({ kind, files }) => [kind, files])).toEqual([
      ['merged', [join(folder, 'a.ndjson')]],
      ['merged', [join(folder, 'b.jsonl')]],
    ]);
  });

  test.each([
    ['RC1040', { server: 's2', run: 'other' }],
    ['RC1041', { server: 's1' }],
    ['RC1042', { server: 's2', observed: ['role'] as const }],
    ['RC1042', { server: 's2', servers: ['s1', 's2', 's3', 's4'] as const }],
    ['RC1042', { server: 's2', features: ['atomicPersistence'] as const }],
    ['RC1042', { server: 's2', initial: {} }],
  ])('whose files do not belong together is refused: %s %j', async (code, change) => {
    write('s1.ndjson', traceText({ ...HEADER, server: 's1' }, S1));
    write('s2.ndjson', traceText({ ...HEADER, ...change }, S2));
    await expect(open(folder)).rejects.toMatchObject({ code, file: join(folder, 's2.ndjson'), line: 1 });
  });

  test('whose initial states no run leads to is refused where the second of them stands', async () => {
    const leader = { role: 'leader', currentTerm: 1, log: [] } as const;
    write('s1.ndjson', traceText({ ...HEADER, server: 's1', initial: { s1: leader } }, S1));
    write('s2.ndjson', traceText({ ...HEADER, server: 's2', initial: { s2: leader } }, S2));
    await expect(open(folder)).rejects.toMatchObject({
      code: 'RC1028',
      file: join(folder, 's2.ndjson'),
      line: 1,
    });
  });

  test('in which two servers wait for each other has no causal order', async () => {
    const [timeout, ask] = EVENTS;
    const request = { ...ask.sends[0], id: 's1:3.0' };
    write(
      's1.ndjson',
      traceText({ ...HEADER, server: 's1' }, [
        { ...EVENTS[7], seq: 1 },
        { ...timeout, seq: 2 },
        { ...ask, seq: 3, sends: [request] },
      ]),
    );
    write('s2.ndjson', traceText({ ...HEADER, server: 's2' }, [{ ...EVENTS[4], message: request }]));
    const { events, error } = await readAll(await open(folder));
    expect(events).toEqual([]);
    expect(error).toMatchObject({
      code: 'RC1043',
      message: expect.stringContaining('s1 (line 2) waits for s2:1.0, s2 (line 2) waits for s1:3.0'),
    });
  });

  test('that has folders only names them', async () => {
    for (const name of ['b', 'a']) mkdirSync(join(folder, name));
    await expect(open(folder)).rejects.toMatchObject({
      code: 'RC6101',
      hint: `folders in it are not looked into; name those that hold traces: ${join(folder, 'a')} ${join(folder, 'b')}`,
    });
    for (const name of ['c', 'd', 'e', 'f', 'g']) mkdirSync(join(folder, name));
    await expect(open(folder)).rejects.toMatchObject({ hint: expect.stringMatching(/e, and 2 more$/) });
  });

  test('without traces is an error', async () => {
    write('notes.txt', '');
    await expect(open(folder)).rejects.toMatchObject({ code: 'RC6101', hint: undefined });
  });

  test.each([
    ['an end line alone', undefined, []],
    ['nothing behind the header', null, ['s3.ndjson']],
  ])('in which one server did nothing is a run: %s', async (_, end, cutOff) => {
    write('s1.ndjson', traceText({ ...HEADER, server: 's1' }, S1));
    write('s2.ndjson', traceText({ ...HEADER, server: 's2' }, S2));
    write('s3.ndjson', traceText({ ...HEADER, server: 's3' }, [], end));
    const recording = await open(folder);
    const { events, error } = await readAll(recording);
    expect(error).toBeUndefined();
    expect(events).toHaveLength(S1.length + S2.length);
    expect(recording.ending()).toEqual({
      events: events.length,
      cutOff: cutOff.map((name) => join(folder, name)),
    });
  });

  test('in which no server did anything shows nothing', async () => {
    for (const server of ['s1', 's2'] as const) {
      write(`${server}.ndjson`, traceText({ ...HEADER, server }, []));
    }
    expect((await readAll(await open(folder))).error).toMatchObject({
      code: 'RC1032',
      file: folder,
      message: expect.stringContaining('none of the 2 files has an event'),
    });
  });

  test('with the file of one server shows nothing either if that has no events', async () => {
    const path = write('s1.ndjson.gz', gzipSync(traceText({ ...HEADER, server: 's1' }, [])));
    expect((await readAll(await open(folder))).error).toMatchObject({ code: 'RC1032', file: path, line: 2 });
  });

  test('of which some files were cut off names them', async () => {
    write('s1.ndjson', traceText({ ...HEADER, server: 's1' }, S1));
    const cut = write('s2.ndjson', traceText({ ...HEADER, server: 's2' }, S2, null));
    const recording = await open(folder);
    expect((await readAll(recording)).error).toBeUndefined();
    expect(recording.ending().cutOff).toEqual([cut]);
  });
});
