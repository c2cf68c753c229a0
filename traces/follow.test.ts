import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { EVENTS, HEADER, traceText } from './election-trace.fixture.ts';
import { findFollowed } from './find-followed.ts';
import { Follower, type FollowOptions } from './follower.ts';
import { openRecording } from './open-recording.ts';
import type { RecordedEvent, Recording } from './recording.ts';

const folder = mkdtempSync(join(tmpdir(), 'raftcheck-follow-'));
afterAll(() => rmSync(folder, { recursive: true }));
let made = 0;

function newPath(name = 'run.ndjson'): string {
  made += 1;
  const inside = join(folder, String(made));
  mkdirSync(inside);
  return join(inside, name);
}

const LINES = traceText(HEADER, EVENTS).split(/(?<=\n)/);
const [HEADER_LINE = ''] = LINES;

/** A run that is followed, and what came of it so far. */
class Followed {
  readonly follower: Follower;
  readonly events: RecordedEvent[] = [];
  readonly done: Promise<void>;
  recording: Recording | undefined;
  error: unknown;
  isDone = false;

  constructor(path: string, options: FollowOptions = {}, stdin?: AsyncIterable<Uint8Array>) {
    this.follower = new Follower({ pollMs: 5, ...options });
    this.done = this.#read(path, stdin).then(() => {
      this.isDone = true;
    });
  }

  async #read(path: string, stdin: AsyncIterable<Uint8Array> | undefined): Promise<void> {
    const { follower } = this;
    try {
      const source = await findFollowed(path, follower);
      this.recording = await openRecording(source, { follower, ...(stdin === undefined ? {} : { stdin }) });
      for await (const batch of this.recording.events) this.events.push(...batch);
    } catch (error) {
      this.error = error;
    } finally {
      follower.stop();
    }
  }

  /** Until so many events came; for ten seconds at most. */
  async until(count: number): Promise<void> {
    for (let polls = 0; this.events.length < count && !this.isDone && polls < 2000; polls++) await sleep(5);
    expect(this.events).toHaveLength(count);
  }
}

describe('a file that is followed', () => {
  test('is read line by line as it grows, a torn line when it is whole, and is over with its end line', async () => {
    const path = newPath();
    writeFileSync(path, '');
    const run = new Followed(path);
    appendFileSync(path, HEADER_LINE.slice(0, 20));
    await sleep(20);
    appendFileSync(path, HEADER_LINE.slice(20));
    for (const [index, line] of LINES.slice(1, -1).entries()) {
      appendFileSync(path, line.slice(0, 30));
      await sleep(10);
      expect(run.events).toHaveLength(index);
      appendFileSync(path, line.slice(30));
      await run.until(index + 1);
    }
    expect(run.isDone).toBe(false);
    appendFileSync(path, LINES.at(-1) ?? '');
    await run.done;
    expect(run.error).toBeUndefined();
    expect(run.recording?.ending()).toEqual({ events: EVENTS.length, cutOff: [] });
    expect(run.follower.end).toBe('closed');
  });

  test('that does not grow for the given time was cut off; what is torn is not an event', async () => {
    const path = newPath();
    writeFileSync(path, LINES.slice(0, 4).join('') + (LINES[4] ?? '').slice(0, 30));
    const run = new Followed(path, { idleMs: 200 });
    await run.done;
    expect(run.error).toBeUndefined();
    expect(run.events).toHaveLength(3);
    expect(run.follower.end).toBe('idle');
    expect(run.recording?.ending().cutOff).toEqual([path]);
  });

  test('is over when somebody says so, with what is there', async () => {
    const path = newPath();
    writeFileSync(path, LINES.slice(0, 4).join(''));
    const run = new Followed(path);
    await run.until(3);
    appendFileSync(path, LINES[4] ?? '');
    run.follower.stop('interrupted');
    await run.done;
    expect(run.events).toHaveLength(4);
    expect(run.recording?.ending().cutOff).toEqual([path]);
  });

  test('may lose a torn last line: that is how a server goes on after a crash', async () => {
    const path = newPath();
    const whole = LINES.slice(0, 4).join('');
    writeFileSync(path, `${whole}{"server":"s2","seq":99,"action":"Time`);
    const run = new Followed(path);
    await run.until(3);
    truncateSync(path, whole.length);
    await sleep(20);
    appendFileSync(path, LINES.slice(4).join(''));
    await run.done;
    expect(run.error).toBeUndefined();
    expect(run.events.map(({ event }) => event)).toEqual(EVENTS);
  });

  test.each([
    ['truncated', (path: string) => truncateSync(path, HEADER_LINE.length)],
    ['removed', (path: string) => rmSync(path)],
    [
      'replaced',
      (path: string) => {
        writeFileSync(`${path}.new`, LINES.join(''));
        renameSync(`${path}.new`, path);
      },
    ],
    ['written anew', (path: string) => writeFileSync(path, LINES.join('').replaceAll('s1', 's3'))],
  ])('that is %s is an error', async (what, change) => {
    const path = newPath();
    writeFileSync(path, LINES.slice(0, 4).join(''));
    const run = new Followed(path);
    await run.until(3);
    change(path);
    await run.done;
    expect(run.error).toMatchObject({ code: 'RC1052', file: path });
    expect(String(run.error)).toContain(what);
  });

  test('may be an archive that grows', async () => {
    const path = newPath('run.ndjson.gz');
    const parts = [LINES.slice(0, 5), LINES.slice(5)].map((lines) => gzipSync(lines.join('')));
    writeFileSync(path, parts[0] ?? '');
    const run = new Followed(path);
    await run.until(4);
    const second = parts[1] ?? Buffer.alloc(0);
    appendFileSync(path, second.subarray(0, 20));
    await sleep(20);
    appendFileSync(path, second.subarray(20));
    await run.done;
    expect(run.error).toBeUndefined();
    expect(run.events).toHaveLength(EVENTS.length);
  });

  test('may be standard input, which is over with its end line or when nothing comes any more', async () => {
    async function* writer(lines: readonly string[]): AsyncGenerator<Uint8Array> {
      for (const line of lines) {
        yield Buffer.from(line);
        await sleep(1);
      }
      await new Promise(() => {});
    }
    const whole = new Followed('-', {}, writer(LINES));
    await whole.done;
    expect([whole.error, whole.events.length]).toEqual([undefined, EVENTS.length]);
    const cut = new Followed('-', { idleMs: 500 }, writer(LINES.slice(0, 6)));
    await cut.done;
    expect([cut.error, cut.events.length, cut.follower.end]).toEqual([undefined, 5, 'idle']);
  });

  test('must be there', async () => {
    const run = new Followed(join(folder, 'nowhere.ndjson'));
    await run.done;
    expect(run.error).toMatchObject({ code: 'RC6101' });
  });
});

const SERVERS = ['s1', 's2'] as const;
type Name = (typeof SERVERS)[number];

function linesOf(server: Name): readonly string[] {
  const events = EVENTS.filter((event) => 'server' in event && event.server === server);
  return traceText({ ...HEADER, server, unrecorded: ['s3'] }, events).split(/(?<=\n)/);
}

const PER_SERVER: Readonly<Record<Name, readonly string[]>> = { s1: linesOf('s1'), s2: linesOf('s2') };
const ALL = PER_SERVER.s1.length + PER_SERVER.s2.length - 4;

describe('a folder of one file for each server that is followed', () => {
  test('waits for the files, and for a send only where it is missing', async () => {
    const run = newPath('s1.ndjson').replace('/s1.ndjson', '');
    const file = (server: Name) => join(run, `${server}.ndjson`);
    const followed = new Followed(run);
    // s2 first: nothing of it can come before s1 has asked for its vote.
    writeFileSync(file('s2'), PER_SERVER.s2.join(''));
    await sleep(30);
    expect(followed.events).toHaveLength(0);
    writeFileSync(file('s1'), PER_SERVER.s1[0] ?? '');
    await sleep(30);
    expect(followed.events).toHaveLength(0);
    // s1's Timeout needs nobody.
    appendFileSync(file('s1'), PER_SERVER.s1[1] ?? '');
    await followed.until(1);
    appendFileSync(file('s1'), PER_SERVER.s1.slice(2).join(''));
    await followed.done;
    expect(followed.error).toBeUndefined();
    expect(followed.events).toHaveLength(ALL);
    expect(followed.recording?.ending()).toEqual({ events: ALL, cutOff: [] });
  });

  test('whatever comes when, gives all events in a causal order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ server: fc.constantFrom(...SERVERS), bytes: fc.integer({ min: 1, max: 900 }) })),
        async (writes) => {
          const run = newPath('s1.ndjson').replace('/s1.ndjson', '');
          const left: Record<Name, string> = { s1: PER_SERVER.s1.join(''), s2: PER_SERVER.s2.join('') };
          for (const server of SERVERS) writeFileSync(join(run, `${server}.ndjson`), '');
          const followed = new Followed(run, { pollMs: 1 });
          const write = (server: Name, bytes: number) => {
            appendFileSync(join(run, `${server}.ndjson`), left[server].slice(0, bytes));
            left[server] = left[server].slice(bytes);
          };
          for (const { server, bytes } of writes) {
            write(server, bytes);
            await sleep(2);
          }
          for (const server of SERVERS) write(server, Number.POSITIVE_INFINITY);
          await followed.done;
          expect(followed.error).toBeUndefined();
          expect(followed.events).toHaveLength(ALL);
          expect(followed.events.map(({ position }) => position)).toEqual(followed.events.map((_, k) => k));
        },
      ),
      { numRuns: 25 },
    );
  });

  test('finds a receive without a send only at the end', async () => {
    const run = newPath('s1.ndjson').replace('/s1.ndjson', '');
    writeFileSync(join(run, 's1.ndjson'), PER_SERVER.s1.slice(0, 2).join(''));
    writeFileSync(join(run, 's2.ndjson'), PER_SERVER.s2.join(''));
    const followed = new Followed(run, { idleMs: 500 });
    await followed.until(1);
    await sleep(20);
    expect(followed.error).toBeUndefined();
    await followed.done;
    expect(followed.error).toMatchObject({ code: 'RC1022', line: 2 });
  });

  test('that never gets a file for each server is judged as it is', async () => {
    const run = newPath('s1.ndjson').replace('/s1.ndjson', '');
    writeFileSync(join(run, 's1.ndjson'), PER_SERVER.s1.slice(0, 3).join(''));
    const followed = new Followed(run, { idleMs: 200 });
    await followed.done;
    expect([followed.error, followed.events.length]).toEqual([undefined, 2]);
  });

  test('in which a server does nothing is over as any other', async () => {
    const run = newPath('s1.ndjson').replace('/s1.ndjson', '');
    const [header = ''] = PER_SERVER.s2;
    writeFileSync(join(run, 's1.ndjson'), PER_SERVER.s1.slice(0, 3).join(''));
    writeFileSync(join(run, 's2.ndjson'), `${header}{"end":true,"events":0}\n`);
    const followed = new Followed(run, { idleMs: 200 });
    await followed.done;
    expect([followed.error, followed.events.length]).toEqual([undefined, 2]);
    expect(followed.recording?.ending().cutOff).toEqual([join(run, 's1.ndjson')]);
  });

  test('in which nobody does anything shows nothing', async () => {
    const run = newPath('s1.ndjson').replace('/s1.ndjson', '');
    for (const server of SERVERS) writeFileSync(join(run, `${server}.ndjson`), PER_SERVER[server][0] ?? '');
    const followed = new Followed(run, { idleMs: 200 });
    await followed.done;
    expect(followed.error).toMatchObject({ code: 'RC1032', file: run });
  });

  test('must be one run', async () => {
    const path = newPath();
    writeFileSync(path, LINES.join(''));
    const followed = new Followed(path.replace('/run.ndjson', ''));
    await followed.done;
    expect(followed.error).toMatchObject({ code: 'RC6103', file: path });
  });

  test('reports a malformed line while other files are waited for', async () => {
    const run = newPath('s1.ndjson').replace('/s1.ndjson', '');
    writeFileSync(join(run, 's1.ndjson'), PER_SERVER.s1.slice(0, 2).join(''));
    writeFileSync(join(run, 's2.ndjson'), `${PER_SERVER.s2[0]}no JSON\n`);
    const followed = new Followed(run);
    await followed.done;
    expect(followed.error).toMatchObject({ code: 'RC1001', line: 2 });
  });
});
