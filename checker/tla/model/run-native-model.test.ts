import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runNativeModel } from './run-native-model.ts';

// The counts are TLC's: raftcheck model --engine both says that they agree.
const TOKENS = `---- MODULE Tokens ----
EXTENDS Naturals, TLC, FiniteSets
CONSTANT P
VARIABLES s, n
Init == s = {} /\\ n = 0
Add == \\E p \\in P \\ s : s' = s \\cup {p} /\\ n' = n
Inc == n < 2 /\\ n' = n + 1 /\\ UNCHANGED s
Next == Add \\/ Inc
Perms == Permutations(P)
V == <<s>>
C == n < 2
AC == n' = n \\/ s # {}
Few == Cardinality(s) + n < 5
AddOne == \\E p \\in P : s = {} /\\ s' = {p} /\\ n' = n
====
`;

const COUNTER = `---- MODULE Counter ----
EXTENDS Naturals
CONSTANT Step
VARIABLE count
Init == count = 0
Next == count' = count + Step
Spec == Init /\\ [][Next]_count
====
`;

const PAIR = `---- MODULE Pair ----
EXTENDS Integers
CONSTANTS N, Also
VARIABLES x, y
ASSUME N < 9
Init == x = 0 /\\ y = 0
Next == x < N /\\ x' = x + 1 /\\ y' = y + 2 /\\ Also
Spec == Init /\\ [][Next]_<<x, y>> /\\ WF_<<x, y>>(Next)
ByTwo == INSTANCE Counter WITH count <- y, Step <- 2
ByOne == INSTANCE Counter WITH count <- y, Step <- 1
Refines == ByTwo!Spec
Wrong == ByOne!Spec
Monotone(v) == [][v' >= v]_v
Grows == Monotone(x) /\\ Monotone(y)
Shrinks == LET z == 0 - x IN Monotone(z)
Each == \\A i \\in 1..N : [](x + i # 0) /\\ [][x' # 0 - i]_x
Starts == x = 1
Never == FALSE
Yes == TRUE
====
`;

const ENDLESS = `---- MODULE Endless ----
EXTENDS Naturals
VARIABLE x
F(n) == n
G(n) == F(n)
Step(m) == x' = m
Again(m) == Step(m) /\\ m # 2
RECURSIVE Value(_), Action(_)
Value(n) == 1 + Value(n + 1)
Action(n) == (n < 0 /\\ x' = n) \\/ Action(n + 1)
Init == x = 0
NextF == x' = F(x)
NextStep == Step(1)
NextValue == x' = Value(0)
NextAction == Action(0)
====
`;

const DIGITS = `---- MODULE Digits ----
EXTENDS Naturals
CONSTANT 2c
VARIABLE 3v
RECURSIVE 1up(_)
1up(4n) == IF 4n = 0 THEN 0 ELSE 1 + 1up(4n - 1)
2PC(1a) == 3v' = [1b |-> 1a]
Init == 3v = [1b |-> 0]
Next == \\E 1x \\in 1..2c : LET 2y == 1up(1x) IN 2PC(2y)
1Inv == 3v.1b # 2
====
`;

const FIVE = '---- MODULE Five ----\nASSUME 5\n====\n';
const BOUND = '---- MODULE Bound ----\nEXTENDS Naturals\nCONSTANT N\nASSUME N > 1\n====\n';

const DEEP = `---- MODULE Deep ----
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = ${'(0 + '.repeat(1500)}0${')'.repeat(1500)}
====
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raftcheck-native-model-'));
  await writeFile(join(folder, 'Tokens.tla'), TOKENS);
  await writeFile(join(folder, 'Counter.tla'), COUNTER);
  await writeFile(join(folder, 'Pair.tla'), PAIR);
  await writeFile(join(folder, 'Endless.tla'), ENDLESS);
  await writeFile(join(folder, 'Deep.tla'), DEEP);
  await writeFile(join(folder, 'Bound.tla'), BOUND);
  await writeFile(join(folder, 'Five.tla'), FIVE);
  await writeFile(join(folder, 'Digits.tla'), DIGITS);
});
afterAll(() => rm(folder, { recursive: true }));

async function run(module: string, config: string) {
  const configFile = join(folder, 'model.cfg');
  await writeFile(configFile, config);
  return runNativeModel({ specFile: join(folder, `${module}.tla`), configFile });
}

const tokens = (config: string) =>
  run('Tokens', `INIT Init NEXT Next CHECK_DEADLOCK FALSE CONSTANT P = {p1, p2, p3, p4} ${config}`);
const pair = (config: string) => run('Pair', `SPECIFICATION Spec CHECK_DEADLOCK FALSE CONSTANT ${config}`);

describe('a model', () => {
  test.each([
    ['VIEW V', { verdict: 'holds', distinct: 16, generated: 49, depth: 5 }],
    ['SYMMETRY Perms INVARIANT Few', { verdict: 'violated', property: 'Few', kind: 'invariant' }],
    ['CONSTRAINT C ACTION_CONSTRAINT AC', { verdict: 'holds', distinct: 31, generated: 92, depth: 6 }],
    ['CONSTANT Add <- AddOne', { verdict: 'holds', distinct: 15, depth: 4 }],
  ])('%s', async (config, expected) => {
    expect((await tokens(config)).verdict).toMatchObject(expected);
  });

  test('a deadlock', async () => {
    const { verdict } = await run('Tokens', 'INIT Init NEXT Next CONSTANT P = {p1}');
    expect(verdict).toMatchObject({ verdict: 'violated', code: 'RC3002', kind: 'deadlock', property: null });
    expect(verdict.verdict === 'violated' && verdict.steps.map((step) => step.action)).toEqual([
      'Initial predicate',
      'Add',
      'Inc',
      'Inc',
    ]);
  });

  test.each(['Refines', 'Grows', 'Each'])('the property %s holds', async (property) => {
    const { verdict } = await pair(`N = 3 Also <- Yes PROPERTY ${property}`);
    expect(verdict).toMatchObject({ verdict: 'holds', distinct: 4, generated: 4 });
  });

  test.each([
    ['Wrong', 'actionProperty', 2],
    ['Shrinks', 'actionProperty', 2],
    ['Starts', 'temporalProperty', 1],
  ])('the property %s is violated', async (property, kind, steps) => {
    const { verdict } = await pair(`N = 3 Also <- Yes PROPERTY ${property}`);
    expect(verdict).toMatchObject({ verdict: 'violated', code: 'RC3001', property, kind });
    expect(verdict.verdict === 'violated' && verdict.steps).toHaveLength(steps);
  });

  test('a constant is overridden by a definition', async () => {
    expect((await pair('N = 3 Also <- Never')).verdict).toMatchObject({ verdict: 'holds', distinct: 1 });
  });

  test.each([
    ['N = 9 Also <- Yes', 'the assumption at'],
    ['N = 3', 'no value to the constant Also'],
    ['N = 3 Also <- Nowhere', 'has nothing of the name Nowhere'],
    ['N = 3 Also <- Monotone', 'Also takes 0 arguments, and Monotone'],
    ['N = 3 Also <- Yes INVARIANT Next', 'Next is not about one state'],
    ['N = 3 Also <- Yes INVARIANT Monotone', 'Monotone takes 1 arguments'],
    ['N = 3 Also <- Yes INIT Init NEXT Next', 'either SPECIFICATION or INIT and NEXT'],
    ['N = 3 Also <- Yes SYMMETRY N', 'SYMMETRY names no set'],
    ['N = 3 Also <- Yes VIEW N', 'the view N is a constant, which line 1 gives a value'],
  ])('%s does not fit', async (config, message) => {
    await expect(pair(config)).rejects.toMatchObject({
      code: 'RC1902',
      message: expect.stringContaining(message),
    });
  });

  test('an assumption that is no boolean is told with its value', async () => {
    await expect(run('Five', '')).rejects.toMatchObject({
      code: 'RC1902',
      message: expect.stringMatching(/Five\.tla:2:1 is neither TRUE nor FALSE, but 5$/),
    });
  });

  test('names may begin with a digit', async () => {
    const config = 'INIT Init NEXT Next INVARIANT 1Inv CONSTANT 2c =';
    expect((await run('Digits', `${config} 1`)).verdict).toMatchObject({ verdict: 'holds', generated: 3 });
    expect((await run('Digits', `${config} 2`)).verdict).toMatchObject({ property: '1Inv', distinct: 3 });
  });

  test('without any state has the depth 1', async () => {
    const { verdict } = await run('Bound', 'CONSTANT N = 2');
    expect(verdict).toMatchObject({ verdict: 'holds', distinct: 0, generated: 0, depth: 1 });
  });

  test.each([
    ['NextF CONSTANT F <- G', {}],
    ['NextStep CONSTANT Step <- Again', {}],
    ['NextValue', { line: 9 }],
    ['NextAction', {}],
  ])('an endless recursion is refused: %s', async (next, place) => {
    await expect(run('Endless', `INIT Init NEXT ${next}`)).rejects.toMatchObject({
      code: 'RC4254',
      ...place,
    });
  });

  test('a text that is nested too deeply to be compiled is refused', async () => {
    await expect(run('Deep', 'INIT Init NEXT Next')).rejects.toMatchObject({ code: 'RC4254' });
  });

  test('POSTCONDITION is refused', async () => {
    await expect(pair('N = 3 Also <- Yes POSTCONDITION Yes')).rejects.toMatchObject({ code: 'RC4281' });
  });
});
