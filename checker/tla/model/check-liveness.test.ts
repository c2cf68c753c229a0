import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runNativeModel, simulateNativeModel } from './run-native-model.ts';

// What holds and what does not is TLC's answer, too: raftcheck model --engine both says that they agree.
const LIVE = `---- MODULE Live ----
EXTENDS Naturals, TLC
CONSTANT N
VARIABLES x, y
vars == <<x, y>>
Init == x = 0 /\\ y \\in 0..1
Inc == x < 3 /\\ x' = x + 1 /\\ UNCHANGED y
Reset == x = 3 /\\ x' = 0 /\\ UNCHANGED y
Flip == x = 2 /\\ y' = 1 - y /\\ UNCHANGED x
Next == Inc \\/ Reset \\/ Flip
Unfair == Init /\\ [][Next]_vars
Weak == Unfair /\\ WF_vars(Inc) /\\ WF_vars(Reset)
WeakFlip == Weak /\\ WF_vars(Flip)
StrongFlip == Weak /\\ SF_vars(Flip)
Assumed == Weak /\\ \\A i \\in 0..1 : []<>(y = i)
AssumedSteps == Unfair /\\ ([]<><<Inc>>_vars => []<><<Flip>>_vars) /\\ WF_vars(Next)
AssumedLeads == Weak /\\ ((y = 0) ~> (y = 1))
Odd == Weak /\\ (\\E i \\in {x} : []<>(x = i))
Reached == <>(x = 3)
Again == []<>(x = 0)
Leads == (x = 1) ~> (x = 3)
YAgain == []<>(y = 1)
Stable == <>[](y = 0)
Flips == []<><<Flip>>_vars
Stays == <>[][~Flip]_vars
All == \\A i \\in 0..3 : []<>(x = i)
Some == \\E i \\in 0..1 : []<>(y = i)
Every == \\A i, j \\in 0..1 : []<>(y = i /\\ j < 2)
Pairs == \\A <<i, j>> \\in {<<0, 1>>, <<1, 0>>} : (y = i) ~> (y = j)
Implied == []<>(y = 1) => []<>(x = 0)
First == (y = 0) => <>(y = 1)
IsWeak == WF_vars(Flip)
IsStrong == SF_vars(Flip)
Chosen == IF y = 0 THEN Reached ELSE Again
Both == Reached /\\ [](x < 4) /\\ YAgain
Neither == ~(<>(x = 3)) \\/ (YAgain <=> Flips)
Reaches(i) == LET there == x = i IN <>there
Everywhere == \\A i \\in 0..3 : Reaches(i)
Renamed == INSTANCE Other WITH z <- x
Refines == Renamed!Spec
Mapped == INSTANCE Other WITH z <- x % 4
RefinesMapped == Mapped!Spec
Moves == Mapped!Fair
Held == INSTANCE Other WITH z <- y * 2
HeldMoves == Held!Fair
Moving == \\A i \\in {x} : []<>(x = i)
Endless == \\A i \\in Nat : []<>(x = i)
Many == \\A i, j \\in 1..50 : []<>(x = i + j)
Longer == \\A <<i, j>> \\in {<<1, 2, 3>>} : []<>(x = i + j)
Wrong == <>(x[1] = 2)
Unfit == Weak /\\ WF_x(Next /\\ x[1] = 2)
Small == x < 3
Shallow == TLCGet("level") < 3
====
`;

// SYMMETRY makes the two values of turn one, VIEW what differs by n or count.
const TURN = `---- MODULE Turn ----
EXTENDS Naturals, TLC
CONSTANTS a, b
VARIABLES turn, n, count
vars == <<turn, n, count>>
Init == turn = a /\\ n = 0 /\\ count = 0
Pass == turn' = (IF turn = a THEN b ELSE a) /\\ UNCHANGED <<n, count>>
Raise == n < 2 /\\ n' = n + 1 /\\ UNCHANGED <<turn, count>>
Endless == count' = count + 1 /\\ UNCHANGED <<turn, n>>
Spec == Init /\\ [][Pass \\/ Raise]_vars /\\ WF_vars(Pass)
Counts == Init /\\ [][Pass \\/ Endless]_vars /\\ WF_vars(Pass)
Permuted == Permutations({a, b})
Seen == <<turn>>
Again == []<>(turn = b)
Stays == <>[](turn = a)
Raised == <>(n = 2)
====
`;

const OTHER = `---- MODULE Other ----
EXTENDS Naturals
VARIABLE z
Step == z' = (z + 1) % 4
Fair == WF_z(Step)
Spec == z = 0 /\\ [][Step]_z /\\ Fair
====
`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raftcheck-liveness-'));
  await writeFile(join(folder, 'Live.tla'), LIVE);
  await writeFile(join(folder, 'Other.tla'), OTHER);
  await writeFile(join(folder, 'Turn.tla'), TURN);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function filesOf(config: string): Promise<{ specFile: string; configFile: string }> {
  const configFile = join(folder, 'Live.cfg');
  await writeFile(configFile, `CONSTANT N = 3\n${config}\n`);
  return { specFile: join(folder, 'Live.tla'), configFile };
}

async function check(config: string, limits = {}) {
  return (await runNativeModel({ ...(await filesOf(config)), ...limits })).verdict;
}

/** The verdict on Turn. */
async function turn(config: string) {
  const configFile = join(folder, 'Turn.cfg');
  await writeFile(configFile, `CONSTANTS a = a b = b\n${config}\n`);
  return (await runNativeModel({ specFile: join(folder, 'Turn.tla'), configFile })).verdict;
}

/** "holds", or the length of the counterexample and the step that follows its last one. */
async function outcomeOf(specification: string, property: string): Promise<unknown> {
  const verdict = await check(`SPECIFICATION ${specification}\nPROPERTY ${property}`);
  if (verdict.verdict !== 'violated') return verdict.verdict;
  expect(verdict).toMatchObject({ code: 'RC3001', kind: 'temporalProperty', property });
  return [verdict.steps.length, verdict.loopsTo];
}

describe('a liveness property', () => {
  const HOLDS = 'holds';
  test.each([
    ['Reached', [1, null], HOLDS, HOLDS, HOLDS],
    ['Again', [2, null], HOLDS, HOLDS, HOLDS],
    ['Leads', [2, null], HOLDS, HOLDS, HOLDS],
    ['YAgain', [1, null], [4, 1], [4, 1], HOLDS],
    ['Stable', [6, 1], [6, 1], [6, 1], [6, 1]],
    ['Flips', [1, null], [4, 1], [4, 1], HOLDS],
    ['Stays', [6, 1], [6, 1], [6, 1], [6, 1]],
    ['All', [2, null], HOLDS, HOLDS, HOLDS],
    ['Some', HOLDS, HOLDS, HOLDS, HOLDS],
    ['Every', [1, null], [4, 1], [4, 1], HOLDS],
    ['Pairs', [1, null], [4, 1], [4, 1], HOLDS],
    ['Implied', [2, null], HOLDS, HOLDS, HOLDS],
    ['First', [1, null], [4, 1], [4, 1], HOLDS],
    ['IsWeak', [3, null], HOLDS, HOLDS, HOLDS],
    ['IsStrong', [4, 1], [4, 1], [4, 1], HOLDS],
    ['Chosen', [1, null], HOLDS, HOLDS, HOLDS],
    ['Both', [1, null], [4, 1], [4, 1], HOLDS],
    ['Everywhere', [1, null], HOLDS, HOLDS, HOLDS],
  ])('%s: without fairness %j, weak %j and %j, strong %j', async (property, ...expected) => {
    const outcomes: unknown[] = [];
    for (const specification of ['Unfair', 'Weak', 'WeakFlip', 'StrongFlip']) {
      outcomes.push(await outcomeOf(specification, property));
    }
    expect(outcomes).toEqual(expected);
  });

  test.each([
    ['Assumed', 'YAgain', 'holds'],
    ['Assumed', 'Stable', [6, 1]],
    ['AssumedSteps', 'Flips', 'holds'],
    ['AssumedSteps', 'Stable', [4, 3]],
    ['AssumedLeads', 'Some', 'holds'],
    ['AssumedLeads', 'YAgain', 'holds'],
    ['Weak', 'Neither', [4, 1]],
  ])('where a specification assumes more: %s, %s', async (specification, property, expected) => {
    expect(await outcomeOf(specification, property)).toEqual(expected);
  });

  test('a refinement may bring its fairness along', async () => {
    for (const property of ['Refines', 'RefinesMapped']) {
      const verdict = await check(`SPECIFICATION Weak\nPROPERTY ${property}`);
      expect(verdict).toMatchObject({ verdict: 'holds', distinct: 8, generated: 12, notChecked: [] });
    }
    expect(await outcomeOf('Unfair', 'Moves')).toEqual([1, null]);
    // To move from 0 to 1 is enabled in the instance, though no y * 2 is 1.
    expect(await outcomeOf('StrongFlip', 'HeldMoves')).toEqual([6, 1]);
  });

  test('is checked within the constraints', async () => {
    const property = 'PROPERTY YAgain\nCONSTRAINT Small';
    expect(await check(`SPECIFICATION Unfair\n${property}`)).toMatchObject({
      verdict: 'violated',
      loopsTo: null,
    });
    // Where Inc leads out of the constraint, what goes on without it is not fair.
    expect(await check(`SPECIFICATION Weak\n${property}`)).toMatchObject({ verdict: 'holds', distinct: 6 });
  });

  test('is checked within a bound on the level', async () => {
    const verdict = await check('SPECIFICATION Unfair\nPROPERTY Stays\nCONSTRAINT Shallow');
    expect(verdict).toMatchObject({ verdict: 'holds', distinct: 6 });
    const deeper = await check('SPECIFICATION Unfair\nPROPERTY YAgain\nCONSTRAINT Shallow');
    expect(deeper).toMatchObject({ verdict: 'violated' });
  });

  test('is not looked at where an invariant is violated', async () => {
    const verdict = await check('SPECIFICATION Weak\nPROPERTY Reached\nINVARIANT Small');
    expect(verdict).toMatchObject({
      verdict: 'violated',
      property: 'Small',
      notChecked: [{ property: 'Reached', why: expect.stringContaining('the search ended before') }],
    });
  });

  test.each([
    ['SPECIFICATION Weak\nPROPERTY Moving', 'a quantifier over a set that depends on the state'],
    ['SPECIFICATION Weak\nPROPERTY Endless', 'a quantifier over a set that cannot be enumerated'],
    ['SPECIFICATION Weak\nPROPERTY Many', 'a quantifier with more than 2000 instances'],
    ['SPECIFICATION Weak\nPROPERTY Longer', '<<1, 2, 3>> where 2 values are named'],
    [
      'SPECIFICATION Odd\nPROPERTY Reached',
      'it depends on the fairness of the specification, and there a quantifier',
    ],
  ])('is not checked, and that is said: %j', async (config, why) => {
    expect(await check(config)).toMatchObject({
      verdict: 'inconclusive',
      code: 'RC4280',
      notChecked: [{ why: expect.stringContaining(why) }],
    });
  });

  test.each([
    ['SYMMETRY Permuted', { distinct: 3, generated: 6, depth: 3 }],
    ['VIEW Seen', { distinct: 2, generated: 5, depth: 2 }],
    ['SYMMETRY Permuted\nVIEW Seen', { distinct: 1, generated: 3, depth: 1 }],
  ])('is checked in all states, however few there are: %j', async (merging, counts) => {
    const common = { ...counts, livenessStates: 6, notChecked: [] };
    const verdictOf = async (property: string) =>
      turn(`SPECIFICATION Spec\nPROPERTY ${property}\n${merging}`);
    expect(await verdictOf('Again')).toMatchObject({ verdict: 'holds', ...common });
    // TLC says under SYMMETRY that this holds: it sees one state that never changes.
    const stays = await verdictOf('Stays');
    expect(stays).toMatchObject({ verdict: 'violated', property: 'Stays', ...common, loopsTo: 1 });
    const raised = await verdictOf('Raised');
    expect(raised).toMatchObject({ verdict: 'violated', property: 'Raised', ...common });
  });

  test('is not checked where there are too many states without the VIEW', async () => {
    expect(await turn('SPECIFICATION Counts\nPROPERTY Again\nVIEW Seen')).toMatchObject({
      verdict: 'inconclusive',
      code: 'RC4280',
      distinct: 2,
      notChecked: [{ property: 'Again', why: expect.stringContaining('there are more than 10,000') }],
    });
  });

  test('that cannot be evaluated is refused with its place and a state', async () => {
    await expect(check('SPECIFICATION Weak\nPROPERTY Wrong')).rejects.toMatchObject({
      message: expect.stringContaining('in the temporal property Wrong'),
      hint: expect.stringContaining('in an initial state: x = 0'),
    });
  });

  test('is refused with the fairness where that cannot be evaluated', async () => {
    await expect(check('SPECIFICATION Unfit\nPROPERTY Reached')).rejects.toMatchObject({
      message: expect.stringMatching(/, in the fairness of the specification$/),
      hint: expect.stringContaining('in an initial state: x = 0'),
    });
  });

  test('is inconclusive where time is up', async () => {
    const verdict = await check('SPECIFICATION Weak\nPROPERTY Reached', { budgetMs: 0 });
    expect(verdict).toMatchObject({ verdict: 'inconclusive', code: 'RC4001' });
  });

  test('is not checked by random behaviours', async () => {
    const files = await filesOf('SPECIFICATION Weak\nPROPERTY Reached');
    const { verdict } = await simulateNativeModel({ ...files, behaviours: 2, seed: 1, depth: 5 });
    expect(verdict).toMatchObject({
      verdict: 'inconclusive',
      notChecked: [{ property: 'Reached', why: expect.stringContaining('a random behaviour has an end') }],
    });
  });
});
