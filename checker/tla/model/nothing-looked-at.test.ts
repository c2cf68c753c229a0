import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runNativeModel } from './run-native-model.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raftcheck-nothing-'));
});
afterAll(() => rm(folder, { recursive: true }));

const SPEC = `---- MODULE M ----
CONSTANT K
VARIABLE x
No == FALSE
Yes == 1 = 1
Init == x = 1
Next == x' = x
Spec == No /\\ [][Next]_x
====
`;

async function run(config: string) {
  const specFile = join(folder, 'M.tla');
  const configFile = join(folder, 'M.cfg');
  await writeFile(specFile, SPEC);
  await writeFile(configFile, `CONSTANT K = FALSE\n${config}\n`);
  return runNativeModel({ specFile, configFile });
}

// TLC refuses these, too, all but what takes the place of Init.
describe('a model in which no state would be looked at', () => {
  test.each([
    ['INIT No NEXT Next', 'No begins with a constant'],
    ['INIT Yes NEXT Next', 'Yes begins with a constant'],
    ['INIT K NEXT Next', 'K begins with a constant'],
    ['INIT Init NEXT Next CONSTANT Init = FALSE', 'Init begins with a constant'],
    ['SPECIFICATION Spec', 'Spec begins with a constant'],
    ['INIT Init NEXT Next CONSTRAINT Yes No', 'the constraint No is FALSE'],
    ['INIT Init NEXT Next CONSTRAINT K', 'the constraint K is FALSE'],
    ['INIT Init NEXT Next CONSTANT Init <- No', 'Init begins with a constant'],
    ['INIT Init NEXT Next ACTION_CONSTRAINT No', 'the constraint No is FALSE'],
  ])('is refused: %s', async (config, message) => {
    const expected = { code: 'RC1902', line: 2, message: expect.stringContaining(message) };
    await expect(run(config)).rejects.toMatchObject(expected);
  });

  test('a constraint that is always true says nothing', async () => {
    const { verdict } = await run('INIT Init NEXT Next CONSTRAINT Yes ACTION_CONSTRAINT Yes');
    expect(verdict).toMatchObject({ verdict: 'holds', distinct: 1 });
  });
});
