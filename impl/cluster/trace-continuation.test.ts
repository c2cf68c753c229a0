import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { continueTrace } from './trace-continuation.ts';

const folder = mkdtempSync(join(tmpdir(), 'raftcheck-continue-'));
const path = join(folder, 's1.ndjson');
afterAll(() => rmSync(folder, { recursive: true }));

const NEW = { hasHeader: false, events: 0, durableWrites: 0, pendingWrites: 0 };
const HEADER = { format: 'raftcheck-trace' };
const TIMEOUT = { action: 'Timeout', state: { currentTerm: 1, votedFor: 's1', role: 'candidate' } };
const APPEND = { action: 'ClientRequest', log: { keep: 0, append: [] } };
const HEARTBEAT = { action: 'AppendEntries', state: { nextIndex: { s2: 1 } } };

function lines(...values: object[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

function continued(text: string) {
  writeFileSync(path, text);
  return continueTrace(path);
}

describe('a server that comes back reads in its trace', () => {
  test('nothing, where there is no file, an empty one, or half a header', () => {
    expect(continueTrace(join(folder, 'absent'))).toEqual(NEW);
    expect(continued('')).toEqual(NEW);
    expect(continued('{"format":"raft')).toEqual(NEW);
    expect(readFileSync(path, 'utf8')).toBe('');
  });

  test('which writes are durable and which may have been lost', () => {
    const life = (...events: object[]) => {
      const { durableWrites, pendingWrites } = continued(lines(HEADER, ...events));
      return [durableWrites, pendingWrites];
    };
    const persist = (writes: number) => ({ action: 'Persist', args: { writes } });
    const restart = (writes: number) => ({
      action: 'Restart',
      args: { writes, length: 0 },
      state: TIMEOUT.state,
    });
    expect(life()).toEqual([0, 0]);
    expect(life(TIMEOUT, HEARTBEAT, APPEND)).toEqual([0, 2]);
    expect(life(TIMEOUT, APPEND, persist(1), APPEND)).toEqual([1, 2]);
    expect(life(TIMEOUT, APPEND, persist(1), APPEND, restart(1))).toEqual([2, 0]);
    expect(life(TIMEOUT, APPEND, restart(0), APPEND, persist(1))).toEqual([1, 0]);
  });

  test('no line that is not whole: wherever it is cut, the file then ends with the line before', () => {
    const whole = lines(HEADER, TIMEOUT);
    const last = lines(APPEND);
    for (let cut = 0; cut < last.length; cut += 1) {
      expect(continued(whole + last.slice(0, cut))).toMatchObject({ events: 1, pendingWrites: 1 });
      expect(readFileSync(path, 'utf8')).toBe(whole);
    }
    expect(continued(whole + last)).toMatchObject({ events: 2, pendingWrites: 2 });
  });

  test('and refuses a whole line that is no event', () => {
    expect(() => continued(`${lines(HEADER)}{"action"\n`)).toThrow(
      expect.objectContaining({ code: 'RC5204' }),
    );
  });
});
