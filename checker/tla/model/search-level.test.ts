import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NativeRun } from './native-verdict.ts';
import { type NativeModelRun, runNativeModel, simulateNativeModel } from './run-native-model.ts';

// Every number and verdict is TLC's, of one worker: raftcheck model --engine both says that they agree.
const LEVELS = `---- MODULE Levels ----
EXTENDS Naturals, TLC
VARIABLES x, y
Level == TLCGet("level")
ASSUME Level = 0
Init == x = Level /\\ y \\in {Level, 1}
Next == \\/ x' = (x + 1) % 4 /\\ y' = y
        \\/ y' = (y + Level) % 5 /\\ x' = x
Cycle == x' = (x + 1) % 8 /\\ UNCHANGED y
Walk == x' = Level /\\ y' = x
Jump == x = 1 /\\ x' = 0 /\\ y' = 1
WalkOrJump == Jump \\/ Walk
Positive == Level > 0
Early == Level < 4
Even == Level % 2 = 0 \\/ x < 3
Low == Level < 6
Seen == <<x, Level>>
All == <<x, y, Level>>
InCycle == Level < 8
NoReturn == Level < 8 \\/ x # 0
Slow == [][Level < 3 \\/ x' < 3]_<<x, y>>
Always == [](Level < 3)
Start == Level = 0
LateStart == Level = 1
Exit == Next /\\ TLCSet("exit", x = 3)
Ask == Next /\\ TLCGet("distinct") > 0
====
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raftcheck-search-level-'));
  await writeFile(join(folder, 'Levels.tla'), LEVELS);
});
afterAll(() => rm(folder, { recursive: true }));

async function files(config: string) {
  const configFile = join(folder, 'model.cfg');
  await writeFile(configFile, `INIT Init CHECK_DEADLOCK FALSE ${config}`);
  return { specFile: join(folder, 'Levels.tla'), configFile };
}

const run = async (
  config: string,
  how: Pick<NativeModelRun, 'workers' | 'coverage'> = {},
): Promise<NativeRun> => runNativeModel({ ...(await files(config)), ...how });

describe('TLCGet("level")', () => {
  test.each([
    ['NEXT Next', 20, 42, 6],
    ['NEXT Next CONSTRAINT Early', 16, 34, 4],
    ['NEXT Next CONSTRAINT Even', 18, 38, 6],
    ['NEXT Next ACTION_CONSTRAINT Even', 19, 40, 5],
    ['NEXT Next VIEW Seen CONSTRAINT Low', 18, 38, 6],
    ['NEXT Next VIEW All CONSTRAINT Low', 62, 126, 6],
    ['NEXT Next PROPERTY Start', 20, 42, 6],
    ['NEXT Next CONSTRAINT Early INVARIANT Low', 16, 34, 4],
    ['NEXT WalkOrJump CONSTRAINT Low', 7, 10, 6],
    ['NEXT Cycle INVARIANT NoReturn', 16, 18, 8],
  ])('gives the counts of TLC: %s', async (config, distinct, generated, depth) => {
    const expected = { verdict: 'holds', distinct, generated, depth };
    for (const workers of [1, 2]) expect((await run(config, { workers })).verdict).toMatchObject(expected);
    expect((await run(config, { coverage: true })).verdict).toMatchObject(expected);
  });

  test.each([
    ['NEXT Next INVARIANT Start', 'Start', 2, 3],
    ['NEXT Next PROPERTY LateStart', 'LateStart', 1, 1],
    ['NEXT Next PROPERTY Always', 'Always', 4, 13],
    ['NEXT Next PROPERTY Slow', 'Slow', 4, 13],
    // A state that is known is checked again where the constraints leave it out.
    ['NEXT Cycle CONSTRAINT InCycle INVARIANT NoReturn', 'NoReturn', 9, 17],
    ['NEXT Cycle ACTION_CONSTRAINT InCycle INVARIANT NoReturn', 'NoReturn', 9, 17],
  ])('gives the counterexample of TLC: %s', async (config, property, length, generated) => {
    const alone = await run(config);
    expect(alone.verdict).toMatchObject({ verdict: 'violated', property, generated });
    expect(alone.behaviour?.steps).toHaveLength(length);
    const together = await run(config, { workers: 2 });
    expect(together.verdict).toMatchObject({ verdict: 'violated', property });
    expect(together.behaviour?.steps).toHaveLength(length);
  });

  test('is known again where the steps of a counterexample are told', async () => {
    const { behaviour } = await run('NEXT WalkOrJump INVARIANT Low');
    const actions = behaviour?.steps.map(({ action }) => action);
    expect(actions).toEqual(['Initial predicate', ...Array.from({ length: 6 }, () => 'Walk')]);
  });

  test('is that of the state that a random behaviour is at', async () => {
    const walk = { behaviours: 20, seed: 1, depth: 10 };
    const within = await files('NEXT Next CONSTRAINT Positive Early INVARIANT Low');
    expect((await simulateNativeModel({ ...within, ...walk })).verdict).toMatchObject({ depth: 4 });
    const violated = await simulateNativeModel({ ...(await files('NEXT Walk INVARIANT Low')), ...walk });
    expect(violated.behaviour?.steps).toHaveLength(7);
    const starts = await simulateNativeModel({ ...(await files('NEXT Next INVARIANT Start')), ...walk });
    expect(starts.behaviour?.steps).toHaveLength(2);
  });
});

test.each([
  ['Exit', 'TLCSet("exit", ...) is not supported'],
  ['Ask', 'TLCGet("distinct") is not supported here'],
])('%s is refused', async (next, message) => {
  await expect(run(`NEXT ${next}`)).rejects.toMatchObject({
    code: 'RC4253',
    message: expect.stringContaining(message),
  });
});
