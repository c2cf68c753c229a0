import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXIT_CODES } from '../checker/exit-codes.ts';
import { packageRoot } from '../checker/package-root.ts';

const bin = join(packageRoot(), 'bin/raftcheck.js');

function raftcheck(...args: string[]) {
  return spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8' });
}

describe('the command line', () => {
  test('--help lists the commands', () => {
    const { status, stdout, stderr } = raftcheck('--help');
    expect({ status, stderr }).toEqual({ status: EXIT_CODES.ok, stderr: '' });
    expect(stdout).toContain('doctor');
  });

  test('an unknown command and an unknown flag are usage errors, on stderr', () => {
    for (const args of [['nonsense'], ['doctor', '--nonsense'], ['doctor', '--format', 'nonsense']]) {
      const { status, stdout, stderr } = raftcheck(...args);
      expect({ args, status, stdout }).toEqual({ args, status: EXIT_CODES.usage, stdout: '' });
      expect(stderr).toContain('RC6001');
    }
  });

  test.each([
    ['of an unknown flag', ['doctor', '--nonsense']],
    ['of a value that is refused', ['check', 'run.ndjson', '--budget', 'soon']],
    ['of a flag that is missing', ['cluster']],
    ['of flags that exclude each other', ['check', 'run.ndjson', '--follow', '--budget', '1s']],
    ['of an unknown command', ['nonsense']],
  ])('with --format json the error %s is an object on stdout', (_name, args) => {
    for (const json of [['--json'], ['--format', 'json'], ['--format=json']]) {
      const { status, stdout, stderr } = raftcheck(...args, ...json);
      expect({ status, stderr }).toEqual({ status: EXIT_CODES.usage, stderr: '' });
      expect(JSON.parse(stdout)).toMatchObject({
        format: 'raftcheck-error',
        version: 1,
        exitCode: EXIT_CODES.usage,
        error: { code: 'RC6001' },
      });
    }
  });

  test('a reader that leaves early ends it quietly', async () => {
    const child = spawn(process.execPath, [bin, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let complaints = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaints += chunk.toString();
    });
    await new Promise((resolve) => child.on('close', resolve));
    expect(complaints).toBe('');
  });

  test('a Node that is too old is told what is needed, what it is and what to do', () => {
    const pretendOld =
      "Object.defineProperty(process.versions, 'node', { value: '20.11.1' }); await import(process.argv[1]);";
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', pretendOld, bin],
      { encoding: 'utf8' },
    );
    expect(status).toBe(EXIT_CODES.usage);
    expect(stderr).toContain('needs Node 22.18');
    expect(stderr).toContain('20.11.1');
    expect(stderr).toContain('npm ci');
  });
});
