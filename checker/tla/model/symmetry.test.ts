import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runNativeModel } from './run-native-model.ts';

// The counts are those of TLC 2.18.
const MODULES = {
  Pairs: `EXTENDS TLC
CONSTANT P
VARIABLES r, m
Init == r = {} /\\ m = {}
Next == \\E p, q \\in P : r' = r \\cup {p} /\\ m' = m \\cup {q}
R == r
M == m
Perms == Permutations(P)`,
  Numbered: `EXTENDS TLC, Naturals
CONSTANT P
VARIABLES f, n
Init == f = [p \\in P |-> 0] /\\ n = 0
Next == \\E p \\in P : f[p] = 0 /\\ f' = [f EXCEPT ![p] = n + 1] /\\ n' = n + 1
First == {p \\in P : f[p] = 1}
Perms == Permutations(P)`,
  Marks: `EXTENDS TLC
CONSTANTS P, a, b
VARIABLE r
Init == r = [p \\in P |-> 0]
Next == \\E p \\in P : r' = [r EXCEPT ![p] = 1]
Same == [p \\in P |-> p]
Swap == [p \\in P |-> IF p = a THEN b ELSE a]
Perms(S) == Permutations(S)
Lists == [i \\in {1} |-> Permutations(P)]
Named == [s |-> Permutations(P)]
Of(N) == INSTANCE Sets
Plain == Permutations(P)
Use == Plain
Applied == Perms(P)
Filtered == {f \\in Permutations(P) : TRUE}
Mapped == {f : f \\in Permutations(P)}
OneArm == CASE TRUE -> Permutations(P)
Three == Permutations(P) \\cup Permutations({})
OfOne == Of(Permutations(P))!One
Empty == Permutations(P) \\cup {}
Twice == Permutations(P) \\cup Permutations(P)
If == IF TRUE THEN Permutations(P) ELSE {}
TwoArms == CASE TRUE -> Permutations(P) [] OTHER -> {}
Listed == {Same, Swap}
Single == {Swap}
Moving == {f \\in Permutations(P) : f # Same}
Item == Lists[1]
Field == Named.s
OfTwo == Of(Permutations(P))!Two(2)`,
  Sets: `CONSTANT N
One == N
Two(x) == N`,
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raftcheck-symmetry-'));
  for (const [name, body] of Object.entries(MODULES))
    await writeFile(join(folder, `${name}.tla`), `---- MODULE ${name} ----\n${body}\n====\n`);
});
afterAll(() => rm(folder, { recursive: true }));

async function run(module: keyof typeof MODULES, config: string, workers = 1) {
  const configFile = join(folder, 'model.cfg');
  await writeFile(configFile, `INIT Init NEXT Next CHECK_DEADLOCK FALSE ${config}`);
  return (await runNativeModel({ specFile: join(folder, `${module}.tla`), configFile, workers })).verdict;
}

describe('the view under symmetry is that of the least image in the order of values of TLC', () => {
  test.each([
    ['Pairs', 'CONSTANT P = {a, b} SYMMETRY Perms VIEW M', 3, 13, 3],
    ['Pairs', 'CONSTANT P = {a, b} SYMMETRY Perms VIEW R', 4, 17, 3],
    ['Numbered', 'CONSTANT P = {a, b} SYMMETRY Perms VIEW First', 3, 4, 3],
    ['Numbered', 'CONSTANT P = {a, b, c} SYMMETRY Perms VIEW First', 4, 7, 4],
  ] as const)('%s: %s', async (module, config, distinct, generated, depth) => {
    const expected = { verdict: 'holds', distinct, generated, depth };
    expect(await run(module, config)).toMatchObject(expected);
    expect(await run(module, config, 2)).toMatchObject(expected);
  });
});

const marks = (symmetry: string) => run('Marks', `CONSTANT P = {a, b} a = a b = b SYMMETRY ${symmetry}`);

describe('with two permutations', () => {
  test.each(['Plain', 'Use', 'Applied', 'Filtered', 'Mapped', 'OneArm', 'Three', 'OfOne'])(
    '%s reduces',
    async (symmetry) => {
      expect(await marks(symmetry)).toMatchObject({ distinct: 3, generated: 7 });
    },
  );

  test.each(['Empty', 'Twice', 'If', 'TwoArms', 'Listed', 'Item', 'Field', 'OfTwo', 'Single', 'Moving'])(
    '%s has as many operands, and does not reduce, as in TLC',
    async (symmetry) => {
      expect(await marks(symmetry)).toMatchObject({ distinct: 4, generated: 9 });
    },
  );

  test('what takes the place of a definition counts', async () => {
    expect(await marks('Plain CONSTANT Plain <- Empty')).toMatchObject({ distinct: 4, generated: 9 });
  });
});
