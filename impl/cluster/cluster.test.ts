import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runLoad } from './client-load.ts';
import { Cluster } from './cluster.ts';
import { CRASH_POINTS, type CrashPoint, isCrashPoint } from './crash-point.ts';
import { type RecordedLife, type RecordedRestart, readLife } from './recorded-life.fixture.ts';
import { runCluster } from './run-cluster.ts';

const folder = mkdtempSync(join(tmpdir(), 'raftcheck-cluster-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FAST = { heartbeatMs: 40, electionTimeoutMs: 160 };
const POINTS = Object.keys(CRASH_POINTS).filter(isCrashPoint);

function fail(error: Error): void {
  throw error;
}

describe('servers that are killed at every awkward point', () => {
  const victims: { readonly point: CrashPoint; readonly restart: RecordedRestart | undefined }[] = [];
  let lives: readonly RecordedLife[] = [];
  let wrongAnswers: readonly string[] = [];
  let completed = 0;

  beforeAll(async () => {
    const servers = ['s1', 's2', 's3'];
    const run = join(folder, 'awkward');
    const cluster = await Cluster.start(
      { servers, folder: run, run: 'awkward', seed: 3, timing: FAST, version: 'test' },
      fail,
    );
    const over = new AbortController();
    const load = runLoad(
      () => cluster.clientPorts,
      { clients: 4, rate: 100, maxCommands: 5000 },
      over.signal,
    );
    const kills: { point: CrashPoint; victim: string; nth: number }[] = [];
    for (const point of POINTS) {
      const leader = await vi.waitUntil(() => cluster.leader, { timeout: 15_000 });
      await sleep(100);
      const follower = servers.find((server) => server !== leader) ?? leader;
      const victim = point === 'release' ? follower : leader;
      kills.push({ point, victim, nth: kills.filter((kill) => kill.victim === victim).length });
      await cluster.kill(victim, point, 20_000);
      await cluster.restart(victim);
    }
    await vi.waitUntil(() => cluster.leader, { timeout: 15_000 });
    await sleep(200);
    over.abort();
    ({ completed, wrongAnswers } = await load);
    await cluster.stop();
    lives = servers.map((server) => readLife(cluster.tracePath(server)));
    for (const { point, victim, nth } of kills) {
      victims.push({ point, restart: lives[servers.indexOf(victim)]?.restarts[nth] });
    }
  });

  function restartAfter(point: CrashPoint): RecordedRestart {
    const restart = victims.find((victim) => victim.point === point)?.restart;
    if (restart === undefined) throw new Error(`no restart after a kill at ${point}`);
    return restart;
  }

  test('come back on what their disk must hold, and their traces go on', () => {
    expect(lives.map(({ faults, hasEnd }) => ({ faults, hasEnd }))).toEqual(
      lives.map(() => ({ faults: [], hasEnd: true })),
    );
    expect(lives.flatMap(({ restarts }) => restarts)).toHaveLength(POINTS.length);
  });

  test('nobody ever receives what did not leave', () => {
    const left = new Set(lives.flatMap((life) => [...life.left]));
    expect(lives.flatMap(({ received }) => received.filter((id) => !left.has(id)))).toEqual([]);
  });

  test('before the write, or in the middle of it: the newest write is lost', () => {
    for (const point of ['write', 'torn-write'] as const) {
      const { event, pending } = restartAfter(point);
      expect(pending).toBeGreaterThan(0);
      expect(event.args.writes).toBeLessThan(pending);
    }
  });

  test('between write and fsync: the kernel keeps what the process handed over', () => {
    const { event, pending } = restartAfter('fsync');
    expect(pending).toBeGreaterThan(0);
    expect(event.args.writes).toBe(pending);
  });

  test('between fsync and its record: writes survive that the trace calls pending', () => {
    expect(restartAfter('persist-record').event.args.writes).toBeGreaterThan(0);
  });

  test('between the record and what it releases: the trace ends with Persist', () => {
    expect(restartAfter('release').after).toBe('Persist');
  });

  test('and the clients see one store all the while', () => {
    expect(wrongAnswers).toEqual([]);
    expect(completed).toBeGreaterThan(20);
  });
});

describe('a cluster and those who start it', () => {
  const options = {
    servers: 3,
    durationMs: 60_000,
    seed: 1,
    rate: 50,
    clients: 2,
    timing: FAST,
    faults: { killAt: [] },
    version: 'test',
  };

  test('a folder that is not empty is refused, and left alone', async () => {
    const used = mkdtempSync(join(folder, 'used-'));
    writeFileSync(join(used, 's1.ndjson'), 'precious');
    await expect(
      runCluster({ ...options, folder: used }, new AbortController().signal),
    ).rejects.toMatchObject({
      code: 'RC6201',
    });
    expect(readdirSync(used)).toEqual(['s1.ndjson']);
  });

  test('a file is no folder', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await expect(
      runCluster({ ...options, folder: file }, new AbortController().signal),
    ).rejects.toMatchObject({ code: 'RC6201', file });
  });

  test('a run that is interrupted finishes its traces', async () => {
    const interrupted = join(folder, 'interrupted');
    const interruption = new AbortController();
    const report = await runCluster(
      { ...options, folder: interrupted },
      interruption.signal,
      ({ leader }) => {
        if (leader !== undefined) interruption.abort();
      },
    );
    expect(report.leaders).not.toEqual([]);
    for (const { path, events } of report.traces) {
      const life = readLife(path);
      expect({ faults: life.faults, hasEnd: life.hasEnd }).toEqual({ faults: [], hasEnd: true });
      expect(events).toBeGreaterThan(0);
    }
  });

  test('a supervisor that is killed leaves no process behind, not even a frozen one', async () => {
    const orphaned = join(folder, 'orphaned');
    const program = `
      import { Cluster } from ${JSON.stringify(new URL('./cluster.ts', import.meta.url).href)};
      const options = { servers: ['s1', 's2', 's3'], folder: ${JSON.stringify(orphaned)}, run: 'r', seed: 1, timing: ${JSON.stringify(FAST)}, version: 't' };
      const cluster = await Cluster.start(options, () => {});
      void cluster.pause('s2', 500);
      setTimeout(() => console.log(cluster.pids.join(' ')), 200);
      setInterval(() => {}, 1000);`;
    const supervisor = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pids = await new Promise<number[]>((resolve) => {
      supervisor.stdout.on('data', (text: Buffer) => resolve(text.toString().trim().split(' ').map(Number)));
    });
    expect(pids.filter(isAlive)).toHaveLength(3);
    supervisor.kill('SIGKILL');
    await expect.poll(() => pids.filter(isAlive), { timeout: 15_000 }).toEqual([]);
  });

  describe('a server', () => {
    const failures: Error[] = [];
    let cluster: Cluster;
    const unreliable = join(folder, 'unreliable');

    beforeAll(async () => {
      const servers = ['s1', 's2', 's3'];
      cluster = await Cluster.start(
        { servers, folder: unreliable, run: 'r', seed: 1, timing: FAST, version: 'test' },
        (error) => failures.push(error),
      );
    });
    afterAll(() => cluster.stop());

    /** Kills a server that has something to lose. */
    async function killAfterPersist(server: string): Promise<void> {
      const hasPersisted = () =>
        readFileSync(cluster.tracePath(server), 'utf8').includes('"action":"Persist"');
      await vi.waitUntil(hasPersisted, { timeout: 15_000 });
      await cluster.kill(server, undefined, 0);
    }

    test('that dies unasked is reported', async () => {
      process.kill(cluster.pids[0] ?? 0, 'SIGKILL');
      await expect.poll(() => failures).toEqual([expect.objectContaining({ code: 'RC5203' })]);
    });

    test('whose storage is damaged does not start', async () => {
      await killAfterPersist('s2');
      const storage = join(unreliable, 'storage/s2.log');
      const bytes = readFileSync(storage);
      writeFileSync(
        storage,
        bytes.map((byte, index) => (index === 30 ? byte ^ 1 : byte)),
      );
      await expect(cluster.restart('s2')).rejects.toMatchObject({ code: 'RC5201' });
    });

    test('whose storage and trace do not belong together does not start', async () => {
      await killAfterPersist('s3');
      rmSync(join(unreliable, 'storage/s3.log'));
      await expect(cluster.restart('s3')).rejects.toMatchObject({ code: 'RC5204' });
    });
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
