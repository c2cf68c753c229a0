import { mkdtempSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { Crash } from './crash-point.ts';
import { LineServer } from './line-server.ts';
import { property } from './message-check.ts';
import { ServerHost } from './server-host.ts';

const folder = mkdtempSync(join(tmpdir(), 'raftcheck-host-'));
afterAll(() => rmSync(folder, { recursive: true }));

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** One server, alone with two peers that only listen, on a disk that syncs when it is told to. */
async function host(name: string) {
  const received: unknown[] = [];
  const failures: unknown[] = [];
  const syncs: ((error: Error | null) => void)[] = [];
  const peer = await LineServer.listen((value) => received.push(property(value, 'type')));
  const tracePath = join(folder, `${name}.ndjson`);
  const server = new ServerHost(
    {
      server: 's1',
      servers: ['s1', 's2', 's3'],
      run: name,
      tracePath,
      storagePath: join(folder, `${name}.log`),
      peerPorts: { s2: peer.port, s3: peer.port },
      timing: { heartbeatMs: 20, electionTimeoutMs: 100 },
      seed: 1,
      version: 'test',
    },
    new Crash(),
    { onRole: () => {}, onFailure: (error) => failures.push(error) },
    { write: (fd, bytes) => writeSync(fd, bytes), sync: (_, done) => syncs.push(done) },
  );
  const { stop } = await server.run();
  closers.push(stop, () => peer.close());
  const actions = () =>
    readFileSync(tracePath, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => property(JSON.parse(line), 'action'));
  return { received, failures, syncs, actions };
}

describe('a server whose disk is slow', () => {
  test('promises nothing before the sync returns, and everything after', async () => {
    const { received, syncs, actions } = await host('slow');
    await expect.poll(actions).toContain('RequestVote');
    await sleep(100);
    expect(actions()).toContain('Timeout');
    expect(actions()).not.toContain('Persist');
    expect(received).toEqual([]);
    syncs.shift()?.(null);
    await expect.poll(actions).toContain('Persist');
    await expect.poll(() => received).toContain('RequestVoteRequest');
    // What came meanwhile waits for the next sync; let the server finish.
    const rest = setInterval(() => syncs.shift()?.(null), 5);
    closers.push(() => clearInterval(rest));
  });
});

describe('a server whose disk fails', () => {
  test('says so once, and nothing ever leaves it', async () => {
    const { received, failures, syncs, actions } = await host('failed');
    await expect.poll(actions).toContain('RequestVote');
    syncs.shift()?.(new Error('EIO'));
    await expect.poll(() => failures).toEqual([expect.objectContaining({ code: 'RC5202' })]);
    const recorded = actions().length;
    await sleep(300);
    expect({ received, recorded: actions().length, failures: failures.length }).toEqual({
      received: [],
      recorded,
      failures: 1,
    });
    expect(actions()).not.toContain('Persist');
  });
});
