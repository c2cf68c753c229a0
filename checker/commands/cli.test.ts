import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../package-root.ts';
import { fileOf } from './cli.ts';
import { COMMANDS } from './index.ts';

test.each(Object.entries(COMMANDS))('%s is in the file that is loaded for it', async (id, command) => {
  const loaded: unknown = await import(`./${fileOf(id.split(':')[0])}.ts`);
  expect(loaded).toMatchObject({ COMMANDS: { [id]: command } });
});

test.each(['check', 'model', 'simulate'])('%s is loaded alone', async (command) => {
  expect(await import(`./${fileOf(command)}.ts`)).toMatchObject({
    COMMANDS: { [command]: expect.anything() },
  });
  expect(fileOf(command)).toBe(command);
});

test.each([undefined, '--help', 'failure', 'toString'])('for %s all commands are loaded', (word) => {
  expect(fileOf(word)).toBe('index');
});

/** A device that takes nothing: writing to it fails as writing to a full disk does. */
const FULL = '/dev/full';

test.skipIf(!existsSync(FULL))('a result that cannot be written is a failure, not a rejection', () => {
  const full = openSync(FULL, 'w');
  try {
    const bin = join(packageRoot(), 'bin/raftcheck.js');
    const lost = spawnSync(process.execPath, [bin, '--version'], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    expect(lost.stderr.split('\n')[0]).toBe(
      'error RC5012: the output cannot be written: ENOSPC: no space left on device, write',
    );
    expect(lost.stderr).not.toContain('    at ');
    expect(lost.status).toBe(5);
    const usage = spawnSync(process.execPath, [bin, 'check'], { stdio: ['ignore', 'ignore', full] });
    expect(usage.status).toBe(2);
  } finally {
    closeSync(full);
  }
});
