import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runNativeModel } from './run-native-model.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raftcheck-assumptions-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(units: string) {
  const specFile = join(folder, 'M.tla');
  const configFile = join(folder, 'M.cfg');
  await writeFile(
    specFile,
    `---- MODULE M ----\nEXTENDS Naturals\nVARIABLE x\n${units}\nInit == x = 0\n====\n`,
  );
  await writeFile(configFile, 'INIT Init\nNEXT Next\n');
  return runNativeModel({ specFile, configFile });
}

// What TLC evaluates of these, and its counts.
describe('what a module assumes', () => {
  test.each([
    ['AXIOM 1 = 2', 2],
    ['AXIOM A == 1 = 2', 2],
    ['AXIOM Induction == \\A f : f[0] /\\ (\\A n \\in Nat : f[n] => f[n + 1]) => \\A n \\in Nat : f[n]', 2],
    ['ASSUME A == 1 = 1\nASSUMPTION 2 = 2', 2],
    ['ASSUME A == 1 = 1\nTHEOREM A == 1 = 2\nASSUME A', 2],
  ])('is believed: %s', async (units, distinct) => {
    expect(await run(`${units}\nNext == x' = 1 - x`)).toMatchObject({
      verdict: { verdict: 'holds', distinct },
    });
  });

  test.each([
    ['ASSUME 1 = 2', 4],
    ['ASSUME A == 1 = 2', 4],
    ['ASSUMPTION 1 = 2', 4],
    ['ASSUME A == 2 = 2\nASSUME A == 1 = 2', 5],
  ])('is refused where it is false: %s', async (units, line) => {
    await expect(run(`${units}\nNext == x' = x`)).rejects.toMatchObject({ code: 'RC1902', line });
  });

  test('has a name that stands for it', async () => {
    const units = "AXIOM A == 1 = 2\nNext == x < 2 /\\ x' = IF A THEN 1 ELSE 2";
    expect(await run(units)).toMatchObject({ verdict: { verdict: 'violated', distinct: 2 } });
  });
});
