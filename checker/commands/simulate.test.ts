import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { EXIT_CODES } from '../exit-codes.ts';
import { packageRoot } from '../package-root.ts';

const folder = mkdtempSync(join(tmpdir(), 'raftcheck-simulate-'));
afterAll(() => rmSync(folder, { recursive: true }));

const bin = join(packageRoot(), 'bin/raftcheck.js');

function simulate(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'simulate', ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

describe('raftcheck simulate', () => {
  test('prints a whole trace of so many events, and nothing else', () => {
    const { status, stdout, stderr } = simulate('--servers=5', '--seed=42', '--events=300');
    expect({ status, stderr }).toEqual({ status: EXIT_CODES.ok, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(302);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      format: 'raftcheck-trace',
      servers: ['s1', 's2', 's3', 's4', 's5'],
      source: { seed: '0x2a' },
    });
    expect(lines.at(-1)).toBe('{"end":true,"events":300}');
  });

  test('writes the same bytes to a file, and leaves no other file behind', () => {
    const out = join(folder, 'run.ndjson');
    const { status, stdout } = simulate('--seed=42', '--events=300', `--out=${out}`, '--format=json');
    expect(status).toBe(EXIT_CODES.ok);
    expect(JSON.parse(stdout)).toEqual({
      format: 'raftcheck-simulate',
      version: 1,
      seed: 42,
      events: 300,
      out,
      violation: null,
    });
    expect(readFileSync(out, 'utf8')).toBe(simulate('--seed=42', '--events=300').stdout);
    expect(readdirSync(folder)).toEqual(['run.ndjson']);
  });

  test('takes the seed as the header records it', () => {
    const { status, stdout } = simulate('--seed=0x2a', '--events=300');
    expect(status).toBe(EXIT_CODES.ok);
    expect(stdout).toBe(simulate('--seed=42', '--events=300').stdout);
  });

  test('--faults takes names, or none', () => {
    expect(simulate('--seed=7', '--events=2000', '--faults=none').stdout).not.toMatch(
      /"action":"(Restart|DropMessage|DuplicateMessage)"/,
    );
    const only = simulate('--seed=2', '--events=2000', '--faults=duplication').stdout;
    expect(only).toContain('"action":"DuplicateMessage"');
    expect(only).not.toMatch(/"action":"(Restart|DropMessage)"/);
    const { status, stderr } = simulate('--faults=los');
    expect(status).toBe(EXIT_CODES.usage);
    expect(stderr).toContain('"los" is no fault');
  });

  test('a planted bug is told, with what it violates, and is no failure of the command', () => {
    const { status, stdout, stderr } = simulate('--scenario=figure-8-commit', '--bug=commit-old-term');
    expect(status).toBe(EXIT_CODES.ok);
    expect(stderr).toContain('CommitsOnlyCurrentTerm is violated on s1');
    expect(stdout.trimEnd().split('\n').at(-2)).toContain('"action":"AdvanceCommitIndex"');
  });

  test('a planted bug shows by default, however rare it is', () => {
    const { stdout, stderr } = simulate('--bug=count-stale-votes');
    expect(stderr).toContain('is violated');
    expect(JSON.parse(stdout.split('\n')[0] ?? '')).toMatchObject({ source: { seed: '0x40' } });
    const unlucky = simulate('--bug=count-stale-votes', '--seed=1');
    expect(unlucky.stderr).toContain('raftcheck simulate --bug count-stale-votes');
    expect(JSON.parse(simulate('--events=10').stdout.split('\n')[0] ?? '')).toMatchObject({
      source: { seed: '0x1' },
    });
  });

  test('a reader that has seen enough does not make it fail loudly', async () => {
    const child = spawn(process.execPath, [bin, 'simulate', '--events=100000'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => {
      stderr += text.toString();
    });
    child.stdout.once('data', () => child.stdout.destroy());
    await new Promise((resolve) => child.on('close', resolve));
    expect(stderr).toBe('');
  });

  test.each([
    ['--format=json without --out', ['--format=json']],
    ['no events', ['--events=0']],
    ['no servers', ['--servers=0']],
    ['an unknown scenario', ['--scenario=figure-9']],
    ['an unknown bug', ['--bug=none']],
  ])('%s is a fault of the command line', (_name, args) => {
    expect(simulate(...args).status).toBe(EXIT_CODES.usage);
  });
});
