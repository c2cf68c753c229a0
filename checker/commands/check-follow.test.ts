import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { CORPUS_FOLDER } from '../../traces/corpus-manifest.ts';
import { packageRoot } from '../package-root.ts';

const BIN = join(packageRoot(), 'bin', 'raftcheck.js');
const ACCEPTED = readFileSync(join(CORPUS_FOLDER, 'accepted', 'leader-crash.ndjson'), 'utf8').split(
  /(?<=\n)/,
);
const REJECTED = readFileSync(join(CORPUS_FOLDER, 'rejected', 'vote.ndjson'), 'utf8').split(/(?<=\n)/);

const folder = mkdtempSync(join(tmpdir(), 'raftcheck-check-follow-'));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Runs the command beside the test; `end` is there when it ends. */
function follow(path: string, ...args: readonly string[]) {
  const command = [BIN, 'check', path, '--follow', '--engine', 'replay', '--format', 'json', ...args];
  const child = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'pipe'] });
  children.push(child);
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const end = new Promise<{ status: number | null; result: Result; errors: string }>((resolve) => {
    child.on('close', (status) => resolve({ status, result: JSON.parse(output), errors }));
  });
  return { child, end };
}

interface Result {
  readonly traces: readonly [{ readonly events: number; readonly notes: readonly unknown[] }];
}

function write(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.join(''));
  return path;
}

describe('raftcheck check --follow', { timeout: 60_000 }, () => {
  it('accepts with the end line', async () => {
    const path = write('growing.ndjson', ACCEPTED.slice(0, 10));
    const { end } = follow(path);
    for (const line of ACCEPTED.slice(10)) {
      appendFileSync(path, line);
      await sleep(2);
    }
    const { status, result, errors } = await end;
    expect([status, errors]).toEqual([0, '']);
    expect(result.traces[0]).toMatchObject({ verdict: 'accepted', events: 113, notes: [] });
  });

  it('ends at once where an event is rejected, though more is to come', async () => {
    const path = write('rejected.ndjson', REJECTED.slice(0, 8));
    const { status, result } = await follow(path).end;
    expect(status).toBe(1);
    expect(result.traces[0]).toMatchObject({ verdict: 'rejected', rejection: { line: 6 } });
  });

  it('gives the verdict of what is there when nothing more comes, and says so', async () => {
    const path = write('idle.ndjson', ACCEPTED.slice(0, 20));
    const { status, result } = await follow(path, '--idle', '300ms').end;
    expect(status).toBe(0);
    expect(result.traces[0]).toMatchObject({
      verdict: 'accepted',
      events: 19,
      notes: [{ code: 'RC7004', message: expect.stringContaining('nothing was written any more') }],
    });
  });

  it('gives the verdict of what is there at Ctrl-C, and says so', async () => {
    const { child, end } = follow('-');
    // A torn line that no pipe holds: once it is written, the command reads, and so listens to signals.
    const torn = `{"server":"${'x'.repeat(500_000)}`;
    await new Promise((resolve) => child.stdin.write(ACCEPTED.slice(0, 20).join('') + torn, resolve));
    await sleep(500);
    // Those that come together are one.
    child.kill('SIGINT');
    await sleep(5);
    child.kill('SIGINT');
    const { status, result } = await end;
    expect(status).toBe(0);
    expect(result.traces[0]).toMatchObject({
      verdict: 'accepted',
      events: 19,
      notes: [{ code: 'RC7004', message: expect.stringContaining('interrupted') }],
    });
  });

  it('follows one run, and for no limited time', async () => {
    const path = write('two.ndjson', ACCEPTED);
    expect((await follow(path, path).end).status).toBe(2);
    expect((await follow(path, '--budget', '1s').end).status).toBe(2);
  });
});
