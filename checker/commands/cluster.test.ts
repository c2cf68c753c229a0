import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { EXIT_CODES } from '../exit-codes.ts';
import { packageRoot } from '../package-root.ts';

const folder = mkdtempSync(join(tmpdir(), 'raftcheck-command-'));
afterAll(() => rmSync(folder, { recursive: true }));

const bin = join(packageRoot(), 'bin/raftcheck.js');

function start(...args: string[]) {
  const child = spawn(process.execPath, [bin, 'cluster', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text: Buffer) => {
    stdout += text.toString();
  });
  child.stderr.on('data', (text: Buffer) => {
    stderr += text.toString();
  });
  const ended = new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
  return { child, ended };
}

describe('raftcheck cluster', () => {
  test('runs processes, kills and restarts them, and leaves a trace of each', async () => {
    const out = join(folder, 'run');
    const { status, stdout, stderr } = await start(
      '--duration=3s',
      '--kill-every=1s',
      '--kill-at=fsync,persist-record',
      '--heartbeat=50ms',
      `--out=${out}`,
      '--format=json',
    ).ended;
    expect({ status, stderr }).toEqual({ status: EXIT_CODES.ok, stderr: '' });
    const report: unknown = JSON.parse(stdout);
    expect(report).toMatchObject({ format: 'raftcheck-cluster', version: 1, wrongAnswers: [] });
    expect(report).toMatchObject({ traces: ['s1', 's2', 's3'].map((server) => ({ server })) });
    const traces = ['s1', 's2', 's3'].map((server) => readFileSync(join(out, `${server}.ndjson`), 'utf8'));
    expect(traces.join('')).toContain('"action":"Restart"');
    for (const trace of traces) expect(trace.trimEnd()).toMatch(/\{"end":true,"events":\d+\}$/);
  });

  test('ends early on Ctrl-C, with its traces finished', async () => {
    const out = join(folder, 'interrupted');
    const run = start('--duration=60s', `--out=${out}`);
    await expect.poll(() => traceLines(out), { timeout: 10_000 }).toBeGreaterThan(20);
    run.child.kill('SIGINT');
    const { status, stdout } = await run.ended;
    expect(status).toBe(EXIT_CODES.ok);
    expect(stdout).toContain('commands completed');
    expect(readFileSync(join(out, 's2.ndjson'), 'utf8')).toContain('{"end":true');
  });

  test('takes only a folder of its own, and steps that there are', async () => {
    writeFileSync(join(folder, 'something'), '');
    const used = await start(`--out=${folder}`).ended;
    expect(used).toMatchObject({ status: EXIT_CODES.usage, stdout: '' });
    expect(used.stderr).toContain('RC6201');
    const unknown = await start(`--out=${join(folder, 'unknown')}`, '--kill-at=fsync,nonsense').ended;
    expect(unknown).toMatchObject({ status: EXIT_CODES.usage, stdout: '' });
    expect(unknown.stderr).toContain('persist-record');
  });
});

function traceLines(out: string): number {
  try {
    return readFileSync(join(out, 's1.ndjson'), 'utf8').split('\n').length;
  } catch {
    return 0;
  }
}
