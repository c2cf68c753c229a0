import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cacheFolder } from '../cache-folder.ts';
import { ensureTlcJar, type TlcSource } from './tlc-install.ts';
import { findTlcJar } from './tlc-jar.ts';
import { OFFICIAL_RELEASE, type TlcRelease } from './tlc-release.ts';

let cache = '';
let environment: NodeJS.ProcessEnv = {};
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'raftcheck-cache-'));
  environment = { RAFTCHECK_CACHE: cache };
});
afterEach(() => rm(cache, { recursive: true }));

const CONTENT = 'a jar, as it were';
const release: TlcRelease = {
  title: 'a release',
  tlcVersion: '2.0',
  sha256: createHash('sha256').update(CONTENT).digest('hex'),
  fileName: 'release.jar',
};
const good: TlcSource = { release, fetch: (target) => writeFile(target, CONTENT) };
const tampered: TlcSource = { release, fetch: (target) => writeFile(target, `${CONTENT}!`) };
const unreachable: TlcSource = { release, fetch: () => Promise.reject(new Error('no network')) };

describe('the cache folder', () => {
  test('RAFTCHECK_CACHE goes before XDG_CACHE_HOME, and that before ~/.cache', () => {
    expect(cacheFolder({ RAFTCHECK_CACHE: '/a', XDG_CACHE_HOME: '/b' })).toBe('/a');
    expect(cacheFolder({ XDG_CACHE_HOME: '/b' })).toBe(join('/b', 'raftcheck'));
    expect(cacheFolder({ XDG_CACHE_HOME: 'relative' })).toMatch(/\.cache.raftcheck$/);
    expect(cacheFolder({})).toMatch(/\.cache.raftcheck$/);
  });
});

describe('looking for TLC', () => {
  test('finds nothing in an empty cache', () => {
    expect(findTlcJar({ environment })).toBeUndefined();
  });

  test('the flag goes before the variable, and a build of one’s own has no release', async () => {
    const own = join(cache, 'own.jar');
    await writeFile(own, 'own');
    environment.RAFTCHECK_TLC_JAR = join(cache, 'other.jar');
    await writeFile(environment.RAFTCHECK_TLC_JAR, 'other');
    expect(findTlcJar({ flag: own, environment })).toMatchObject({ path: own, origin: 'flag' });
    expect(findTlcJar({ environment })).toMatchObject({ origin: 'environment' });
    expect(findTlcJar({ environment })).not.toHaveProperty('release');
  });

  test('never falls back to another jar than the one asked for', () => {
    expect(() => findTlcJar({ flag: join(cache, 'none.jar'), environment })).toThrow(
      expect.objectContaining({ code: 'RC5003' }),
    );
  });

  test('a jar in the cache that was changed is refused', async () => {
    await mkdir(join(cache, 'tlc'));
    await writeFile(join(cache, 'tlc', OFFICIAL_RELEASE.fileName), 'something else');
    expect(() => findTlcJar({ environment })).toThrow(expect.objectContaining({ code: 'RC5004' }));
  });
});

describe('installing TLC', () => {
  test('asks the next source if one is out of reach', async () => {
    const said: string[] = [];
    const jar = await ensureTlcJar({
      environment,
      sources: [unreachable, good],
      onProgress: (message) => said.push(message),
    });
    expect(jar).toMatchObject({ origin: 'cache', release, path: join(cache, 'tlc', 'release.jar') });
    expect(said).toHaveLength(2);
  });

  test('refuses what has the wrong hash, and leaves nothing behind', async () => {
    await expect(ensureTlcJar({ environment, sources: [tampered] })).rejects.toMatchObject({
      code: 'RC5005',
      message: expect.stringContaining('sha256'),
    });
    expect(await readdir(join(cache, 'tlc'))).toEqual([]);
  });

  test('without any source says why, and what to do', async () => {
    await expect(ensureTlcJar({ environment, sources: [unreachable] })).rejects.toMatchObject({
      code: 'RC5005',
      message: expect.stringContaining('no network'),
      hint: expect.stringContaining('RAFTCHECK_TLC_JAR'),
    });
  });

  test('two at once do not disturb each other', async () => {
    await Promise.all([1, 2, 3].map(() => ensureTlcJar({ environment, sources: [good] })));
    expect(await readdir(join(cache, 'tlc'))).toEqual(['release.jar']);
  });
});
