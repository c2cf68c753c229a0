import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { HEADER } from '../../../traces/election-trace.fixture.ts';
import * as packageRoot from '../../package-root.ts';
import { walkProgram } from './walk-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'raftcheck-programs-'));
const compiled = join(folder, 'compiled');

beforeEach(() => vi.stubEnv('RAFTCHECK_CACHE', folder));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const onlyProgram = (): string => join(compiled, readdirSync(compiled).join());

describe('the compiled trace spec', () => {
  test('is taken from the cache the next time', async () => {
    const program = await walkProgram(HEADER, undefined);
    const text = readFileSync(onlyProgram(), 'utf8');
    writeFileSync(onlyProgram(), JSON.stringify({ ...JSON.parse(text), next: 'taken from here' }));
    expect(await walkProgram(HEADER, undefined)).toEqual({ ...program, next: 'taken from here' });
  });

  test.each(['', '{"variables": [', '[]', '{"variables":[1],"tokens":[],"initial":"","next":""}'])(
    'is compiled anew where the cache holds %j',
    async (damaged) => {
      const program = await walkProgram(HEADER, undefined);
      writeFileSync(onlyProgram(), damaged);
      expect(await walkProgram(HEADER, undefined)).toEqual(program);
      expect(JSON.parse(readFileSync(onlyProgram(), 'utf8'))).toEqual(program);
    },
  );

  test('is compiled where the cache cannot be written', async () => {
    const file = join(folder, 'a-file');
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, '');
    vi.stubEnv('RAFTCHECK_CACHE', file);
    expect(await walkProgram(HEADER, undefined)).toMatchObject({
      variables: expect.arrayContaining(['log']),
    });
  });

  test('of another version of raftcheck is compiled anew, though its files are as long and as old', async () => {
    await walkProgram(HEADER, undefined);
    const manifest = vi.spyOn(packageRoot, 'readPackageManifest');
    manifest.mockReturnValue({ ...packageRoot.readPackageManifest(), version: '999.0.0' });
    await walkProgram(HEADER, undefined);
    manifest.mockRestore();
    expect(readdirSync(compiled)).toHaveLength(2);
  });

  test('pushes the oldest of many out of the cache', async () => {
    mkdirSync(compiled, { recursive: true });
    for (let day = 1; day <= 20; day++) {
      const file = join(compiled, `${day}.json`);
      writeFileSync(file, '{}');
      utimesSync(file, day * 86_400, day * 86_400);
    }
    await walkProgram(HEADER, undefined);
    const names = readdirSync(compiled);
    expect(names).toHaveLength(16);
    expect(names).toContain('20.json');
    expect(names).not.toContain('5.json');
  });
});
