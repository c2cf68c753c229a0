import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runNativeModel } from './run-native-model.ts';

// What TLC finds of each was looked up.
const LATER = `---- MODULE Later ----
EXTENDS Integers, Sequences, TLC
VARIABLES x, y
Init == x = 0 /\\ y = 0
InitTwo == x \\in {0, 1} /\\ y = <<5, 6>>[x + 2]
Good(i) == x = 0 /\\ x' = i /\\ y' = 0
Fails == x' = 9 /\\ y' = <<5>>[2]
Asserts == Assert(FALSE, "B") /\\ UNCHANGED <<x, y>>
Forgets == x' = 9
ThenFails == Good(1) \\/ Fails
ThenAsserts == Good(1) \\/ Asserts
ThenForgets == Good(1) \\/ Forgets
FailsFirst == Fails \\/ Good(1)
AfterMany == (\\E i \\in 1..8 : Good(i)) \\/ Fails
NotOne == x # 1
NotEight == x # 8
NeverOne == [][x' # 1]_x
StartsElsewhere == x # 0
====
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raftcheck-later-failure-'));
  await writeFile(join(folder, 'Later.tla'), LATER);
});
afterAll(() => rm(folder, { recursive: true }));

async function run(workers: number, config: string) {
  const configFile = join(folder, 'model.cfg');
  await writeFile(configFile, `CHECK_DEADLOCK FALSE ${config}`);
  const { verdict } = await runNativeModel({ specFile: join(folder, 'Later.tla'), configFile, workers });
  return verdict;
}

const AFTER_MANY = 'INIT Init NEXT AfterMany INVARIANT NotEight';
const INITIALLY = 'INIT InitTwo NEXT ThenFails INVARIANT StartsElsewhere';

describe('a violation counts, whatever fails behind it', () => {
  test.each([
    [1, 'INIT Init NEXT ThenFails INVARIANT NotOne', 'NotOne', 2],
    [1, 'INIT Init NEXT ThenAsserts INVARIANT NotOne', 'NotOne', 2],
    [1, 'INIT Init NEXT ThenForgets INVARIANT NotOne', 'NotOne', 2],
    [1, 'INIT Init NEXT ThenFails PROPERTY NeverOne', 'NeverOne', 2],
    [1, AFTER_MANY, 'NotEight', 2],
    [2, AFTER_MANY, 'NotEight', 2],
    [1, INITIALLY, 'StartsElsewhere', 1],
    [2, INITIALLY, 'StartsElsewhere', 1],
  ])('%i workers: %s', async (workers, config, property, steps) => {
    const verdict = await run(workers, config);
    expect(verdict).toMatchObject({ verdict: 'violated', property });
    expect(verdict.verdict === 'violated' && verdict.steps).toHaveLength(steps);
  });

  test.each([
    [1, 'INIT Init NEXT FailsFirst INVARIANT NotOne'],
    [1, 'INIT Init NEXT ThenFails INVARIANT NotEight'],
    [2, 'INIT Init NEXT FailsFirst INVARIANT NotOne'],
  ])('but not what would come behind a failure: %i workers, %s', async (workers, config) => {
    await expect(run(workers, config)).rejects.toMatchObject({ code: 'RC1853' });
  });
});
