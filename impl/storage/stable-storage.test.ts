import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Entry } from '../../traces/trace-format.ts';
import type { WriteRecord } from './record.ts';
import { type DurableState, StableStorage } from './stable-storage.ts';
import { StorageError } from './storage-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'raftcheck-storage-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function newPath(): string {
  files += 1;
  return join(folder, `${files}.log`);
}

function recovered(path: string): DurableState {
  const [storage, state] = StableStorage.open(path);
  storage.close();
  return state;
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof StorageError) return error.code;
    throw error;
  }
  return 'no error';
}

const EMPTY: DurableState = { currentTerm: 0, votedFor: null, log: [], writes: 0 };

const entries: fc.Arbitrary<Entry[]> = fc.array(
  fc.record({ term: fc.integer({ min: 1, max: 9 }), command: fc.string({ unit: 'binary', maxLength: 5 }) }),
  { maxLength: 3 },
);

/** Writes as a server issues them, and after each what the disk must hold. */
const histories = fc
  .array(fc.record({ term: fc.nat(9), vote: fc.constantFrom('s1', null), cut: fc.nat(3), append: entries }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((steps) => {
    const writes: WriteRecord[] = [];
    const states = [EMPTY];
    let log: Entry[] = [];
    for (const [index, { term, vote, cut, append }] of steps.entries()) {
      const keep = Math.max(0, log.length - cut);
      log = [...log.slice(0, keep), ...append];
      const number = index + 1;
      writes.push({ number, currentTerm: term, votedFor: vote, keep, append });
      states.push({ currentTerm: term, votedFor: vote, log, writes: number });
    }
    return { writes, states };
  });

/** Writes everything and says how long the file was after each write. */
function record(path: string, writes: readonly WriteRecord[]): number[] {
  const [storage] = StableStorage.open(path);
  const lengths = [readFileSync(path).length];
  for (const write of writes) {
    storage.append(write);
    lengths.push(readFileSync(path).length);
  }
  storage.close();
  return lengths;
}

describe('recovery', () => {
  test('a new file is an empty log, and stays one', () => {
    const path = newPath();
    expect(recovered(path)).toEqual(EMPTY);
    expect(recovered(path)).toEqual(EMPTY);
  });

  test('a file cut anywhere gives exactly the writes that are whole, and can be continued', () => {
    fc.assert(
      fc.property(histories, ({ writes, states }) => {
        const path = newPath();
        const lengths = record(path, writes);
        const whole = readFileSync(path);
        // Every byte of the last record, and the border of each record before it.
        const last = lengths.at(-2) ?? 0;
        const cuts = [...lengths, ...Array.from({ length: whole.length - last }, (_, byte) => last + byte)];
        for (const cut of cuts) {
          writeFileSync(path, whole.subarray(0, cut));
          const survivors = lengths.filter((length) => length <= cut).length - 1;
          expect(recovered(path)).toEqual(states[survivors]);
          const [storage] = StableStorage.open(path);
          storage.append({ number: survivors + 1, currentTerm: 77, votedFor: null, keep: 0, append: [] });
          storage.close();
          expect(recovered(path)).toMatchObject({ currentTerm: 77, log: [], writes: survivors + 1 });
        }
      }),
      { numRuns: 12 },
    );
  });

  test('a file cut within its first bytes is new', () => {
    for (let length = 0; length < 8; length += 1) {
      const path = newPath();
      writeFileSync(path, Buffer.from('raftlog1').subarray(0, length));
      expect(recovered(path)).toEqual(EMPTY);
    }
  });

  test('a tail of zeros is cut', () => {
    const path = newPath();
    record(path, [{ number: 1, currentTerm: 4, votedFor: 's1', keep: 0, append: [] }]);
    appendFileSync(path, Buffer.alloc(100));
    expect(recovered(path)).toMatchObject({ currentTerm: 4, votedFor: 's1' });
  });

  test('a flipped bit is never taken for a torn tail, wherever it is', () => {
    fc.assert(
      fc.property(
        histories,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(7),
        ({ writes }, where, bit) => {
          const path = newPath();
          record(path, writes);
          const bytes = readFileSync(path);
          const at = Math.min(bytes.length - 1, Math.floor(where * bytes.length));
          bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);
          writeFileSync(path, bytes);
          expect(codeOf(() => StableStorage.open(path))).toBe('RC5201');
          // And the evidence is left as it was found.
          expect(readFileSync(path).equals(bytes)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('a record that is missing in the middle is damage', () => {
    const path = newPath();
    const lengths = record(
      path,
      [1, 2, 3].map((number) => ({ number, currentTerm: number, votedFor: null, keep: 0, append: [] })),
    );
    const bytes = readFileSync(path);
    writeFileSync(path, Buffer.concat([bytes.subarray(0, lengths[1]), bytes.subarray(lengths[2])]));
    expect(codeOf(() => StableStorage.open(path))).toBe('RC5201');
  });
});

describe('a disk that fails', () => {
  const write: WriteRecord = { number: 1, currentTerm: 1, votedFor: 's1', keep: 0, append: [] };
  const ok = {
    write: (_: number, bytes: Buffer) => bytes.length,
    sync: (_: number, done: (e: null) => void) => done(null),
  };

  test('a failed write is reported, and nothing is accepted after it', async () => {
    const full = () => {
      throw new Error('ENOSPC');
    };
    const [storage] = StableStorage.open(newPath(), { ...ok, write: full });
    expect(codeOf(() => storage.append(write))).toBe('RC5202');
    expect(codeOf(() => storage.append(write))).toBe('RC5202');
    await expect(storage.sync()).rejects.toMatchObject({ code: 'RC5202' });
  });

  test('after a failed fsync a second one is not believed', async () => {
    let syncs = 0;
    const failsOnce = (_: number, done: (error: Error | null) => void) => {
      syncs += 1;
      done(syncs === 1 ? new Error('EIO') : null);
    };
    const [storage] = StableStorage.open(newPath(), { ...ok, sync: failsOnce });
    storage.append(write);
    await expect(storage.sync()).rejects.toMatchObject({ code: 'RC5202' });
    await expect(storage.sync()).rejects.toMatchObject({ code: 'RC5202' });
    expect(syncs).toBe(1);
  });

  test('the kernel may take a record piece by piece', () => {
    const pieces: Buffer[] = [];
    const bytewise = (_: number, bytes: Buffer) => {
      pieces.push(Buffer.from(bytes.subarray(0, 1)));
      return 1;
    };
    const path = newPath();
    const [storage] = StableStorage.open(path, { ...ok, write: bytewise });
    storage.append(write);
    appendFileSync(path, Buffer.concat(pieces));
    expect(recovered(path)).toMatchObject({ currentTerm: 1, writes: 1 });
  });

  test('a folder that is not there is a coded error', () => {
    expect(codeOf(() => StableStorage.open(join(folder, 'absent/x.log')))).toBe('RC5202');
  });
});

test('a sync covers what was appended before it, not after', async () => {
  const waiting: (() => void)[] = [];
  const [storage] = StableStorage.open(newPath(), {
    write: (_, bytes) => bytes.length,
    sync: (_, done) => waiting.push(() => done(null)),
  });
  const write = { currentTerm: 1, votedFor: null, keep: 0, append: [] };
  storage.append({ number: 1, ...write });
  storage.append({ number: 2, ...write });
  const sync = storage.sync();
  storage.append({ number: 3, ...write });
  for (const done of waiting) done();
  expect(await sync).toBe(2);
});
