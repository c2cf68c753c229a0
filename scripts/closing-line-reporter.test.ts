import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../checker/package-root.ts';
import { closingLine } from './closing-line-reporter.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raftcheck-reporter-'));
  await mkdir(join(folder, 'tests'));
  await symlink(join(packageRoot(), 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs vitest with the reporter over one test file. */
async function runVitest(source: string): Promise<{ lastLine: string; exitCode: number }> {
  await writeFile(join(folder, 'tests', 'sample.test.ts'), `import { test } from 'vitest';\n${source}`);
  const root = packageRoot();
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [
        join(root, 'node_modules/vitest/vitest.mjs'),
        'run',
        '--root',
        folder,
        '--reporter=default',
        `--reporter=${join(root, 'scripts/closing-line-reporter.ts')}`,
      ],
      { cwd: folder },
      (_error, stdout) =>
        resolve({ lastLine: stdout.trimEnd().split('\n').at(-1) ?? '', exitCode: child.exitCode ?? -1 }),
    );
  });
}

describe('the line that closes a test run', () => {
  test('names skipped tests only if there are any', () => {
    expect(closingLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
    expect(closingLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
  });

  test('is the last line, and success is exit 0', async () => {
    expect(await runVitest(`test('a', () => {}); test.skip('b', () => {});`)).toEqual({
      lastLine: '1 passed, 0 failed, 1 skipped',
      exitCode: 0,
    });
  });

  test('counts failures, and fails', async () => {
    expect(await runVitest(`test('a', () => { throw new Error('no'); }); test('b', () => {});`)).toEqual({
      lastLine: '1 passed, 1 failed',
      exitCode: 1,
    });
  });

  test('counts a file that cannot be loaded as a failure', async () => {
    expect(await runVitest(`throw new Error('no');`)).toEqual({
      lastLine: '0 passed, 1 failed',
      exitCode: 1,
    });
  });

  test('a run in which no test ran fails', async () => {
    expect(await runVitest(`test.skip('a', () => {});`)).toEqual({
      lastLine: '0 passed, 0 failed, 1 skipped',
      exitCode: 1,
    });
  });
});
