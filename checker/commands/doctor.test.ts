import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXIT_CODES } from '../exit-codes.ts';
import { packageRoot } from '../package-root.ts';
import { tlcForTests } from '../tlc/tlc.fixture.ts';

let empty = '';
beforeAll(async () => {
  empty = await mkdtemp(join(tmpdir(), 'raftcheck-doctor-'));
});
afterAll(() => rm(empty, { recursive: true }));

function raftcheck(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  return spawnSync(process.execPath, [join(packageRoot(), 'bin/raftcheck.js'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
}

describe('raftcheck doctor', () => {
  test('with something missing exits with 5 and says what mends it', () => {
    const { status, stdout, stderr } = raftcheck(['doctor'], { RAFTCHECK_CACHE: empty });
    expect({ status, stderr }).toEqual({ status: EXIT_CODES.toolFailed, stderr: '' });
    expect(stdout).toContain('missing');
    expect(stdout).toContain('try: raftcheck tlc install');
  });

  test('says the same as JSON', () => {
    const { status, stdout } = raftcheck(['doctor', '--format', 'json'], { RAFTCHECK_CACHE: empty });
    expect(status).toBe(EXIT_CODES.toolFailed);
    expect(JSON.parse(stdout)).toMatchObject({ format: 'raftcheck-doctor', version: 1, ok: false });
  });

  test.skipIf(tlcForTests() === undefined)('with everything there exits with 0', () => {
    const { status, stdout } = raftcheck(['doctor', '--json']);
    expect(status).toBe(EXIT_CODES.ok);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
  });
});

describe('raftcheck tlc install', () => {
  test.skipIf(tlcForTests() === undefined)('needs no network once TLC is in the cache', () => {
    const offline = { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9', PATH: '' };
    const { status, stdout, stderr } = raftcheck(['tlc', 'install', '--json'], offline);
    expect({ status, stderr }).toEqual({ status: EXIT_CODES.ok, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ path: tlcForTests()?.path });
  });
});
