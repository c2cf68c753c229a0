import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examine, type Finding } from './examine.ts';

let empty = '';
beforeAll(async () => {
  empty = await mkdtemp(join(tmpdir(), 'raftcheck-doctor-'));
});
afterAll(() => rm(empty, { recursive: true }));

function find(name: Finding['name'], environment: NodeJS.ProcessEnv): Finding | undefined {
  return examine(environment).find((finding) => finding.name === name);
}

describe('what the doctor finds', () => {
  test('Node is always well: an older one does not get this far', () => {
    expect(find('node', {})).toMatchObject({ status: 'ok', facts: { version: process.versions.node } });
  });

  test('missing Java is told with what it is for and what mends it', () => {
    expect(find('java', { JAVA_HOME: empty })).toMatchObject({
      status: 'missing',
      neededFor: expect.stringContaining('tlc'),
      remedy: expect.stringContaining('Java 11'),
    });
  });

  test('missing TLC is told with the command that installs it', () => {
    expect(find('tlc', { RAFTCHECK_CACHE: empty })).toMatchObject({
      status: 'missing',
      remedy: 'raftcheck tlc install',
    });
  });

  test('a TLC that was asked for and is not there is wrong', () => {
    expect(find('tlc', { RAFTCHECK_TLC_JAR: join(empty, 'none.jar') })).toMatchObject({
      status: 'wrong',
      facts: { code: 'RC5003' },
    });
  });

  test('a cache that does not exist yet is fine', () => {
    const path = join(empty, 'a', 'b');
    expect(find('cache', { RAFTCHECK_CACHE: path })).toMatchObject({ status: 'ok', facts: { path } });
    expect(readdirSync(empty)).toEqual([]);
  });

  test.each(['/proc/raftcheck', '/dev/null/raftcheck', '/dev/null'])(
    'a cache that cannot be at %s is wrong',
    (path) => {
      expect(find('cache', { RAFTCHECK_CACHE: path })).toMatchObject({
        status: 'wrong',
        detail: expect.stringContaining(`${path} cannot be `),
        facts: { path },
      });
    },
  );
});
