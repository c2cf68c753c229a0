import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runNativeModel } from './run-native-model.ts';

// What TLC finds was looked up.
const MIXED = `---- MODULE Mixed ----
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\\ y = 0
ToOne == y = 0 /\\ x' = 1 /\\ y' = 1
ToTrue == y = 0 /\\ x' = TRUE /\\ y' = 2
ToText == y = 2 /\\ x' = "a" /\\ y' = 0
Next == ToOne \\/ ToTrue \\/ ToText
NeverTwo == y # 2
Round == ToTrue \\/ ToText
Spec == Init /\\ [][Round]_<<x, y>> /\\ WF_y(Round)
Live == <>(y = 3)
====
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raftcheck-mixed-kinds-'));
  await writeFile(join(folder, 'Mixed.tla'), MIXED);
});
afterAll(() => rm(folder, { recursive: true }));

async function run(config: string) {
  const configFile = join(folder, 'Mixed.cfg');
  await writeFile(configFile, config);
  return runNativeModel({ specFile: join(folder, 'Mixed.tla'), configFile });
}

test('a counterexample leads through states in which a variable has values of different kinds', async () => {
  const { verdict } = await run('INIT Init NEXT Next INVARIANT NeverTwo');
  expect(verdict).toMatchObject({ verdict: 'violated', property: 'NeverTwo', distinct: 3, generated: 3 });
  expect(verdict.verdict === 'violated' && verdict.steps).toHaveLength(2);
});

test('fairness asks first whether a step stutters, as TLC does', async () => {
  const { verdict } = await run('SPECIFICATION Spec PROPERTY Live');
  expect(verdict).toMatchObject({ verdict: 'violated', property: 'Live' });
});
