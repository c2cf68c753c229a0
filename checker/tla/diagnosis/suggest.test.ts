import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Suggestion } from '../../verdict.ts';
import { rejectionOf } from './diagnosis.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'raftcheck-suggest-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER = {
  format: 'raftcheck-trace',
  version: 1,
  protocol: 'raft',
  run: 'sends',
  servers: ['s1', 's2'],
  configuration: { voters: ['s1'] },
  features: ['atomicPersistence'],
  observed: ['role', 'currentTerm', 'votedFor', 'log', 'commitIndex'],
};
const event = (seq: number, action: string, fields: object) => ({ server: 's1', seq, action, ...fields });
const client = (seq: number, keep: number, command: string) =>
  event(seq, 'ClientRequest', {
    args: { command },
    log: { keep, append: [{ term: 1, command }] },
  });

/** What is suggested where a leader with the log a, b is recorded to send these entries after the start of its log. */
async function suggestedFor(name: string, entries: readonly object[]): Promise<Suggestion | undefined> {
  const request = {
    id: 's1:5.0',
    type: 'AppendEntriesRequest',
    from: 's1',
    to: 's2',
    term: 1,
    prevLogIndex: 0,
    prevLogTerm: 0,
    entries,
    leaderCommit: 0,
  };
  const lines = [
    HEADER,
    event(1, 'Timeout', { state: { currentTerm: 1, votedFor: 's1', role: 'candidate' } }),
    event(2, 'BecomeLeader', { state: { role: 'leader' } }),
    client(3, 0, 'a'),
    client(4, 1, 'b'),
    event(5, 'AppendEntries', { sends: [request] }),
  ];
  const path = join(folder, `${name}.ndjson`);
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return (await rejectionOf(path)).suggestion;
}

describe('what is suggested in the place of a request with other entries', () => {
  it('is nothing where only fewer entries would differ in less', async () => {
    expect(await suggestedFor('hash', [{ term: 1, hash: 'a' }])).toBeUndefined();
    expect(await suggestedFor('noop', [{ term: 1, noop: true }])).toBeUndefined();
    expect(await suggestedFor('other', [{ term: 7, command: 'c' }])).toBeUndefined();
  });
});
