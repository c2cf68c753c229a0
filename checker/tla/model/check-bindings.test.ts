import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runNativeModel } from './run-native-model.ts';

const OTHER = `---- MODULE Other ----
EXTENDS Integers, FiniteSets
CONSTANT q
Some == 1
Count == Cardinality({q})
Natural == IF q \\in Nat THEN q ELSE 50
====
`;

const EXTENDING = `---- MODULE Extending ----
EXTENDS Other
====
`;

const ROOT = `---- MODULE Root ----
EXTENDS Integers
CONSTANT C
VARIABLE x
---- MODULE Inner ----
Deep == 3
====
First == 1
Second == 2
Third == 4
One(a) == a
Applied(Op(_)) == Op(1)
Minus(a, b) == b - a
After(a, b) == b < a
Thirty(a) == 30
OnlyOne == {1}
Now == x + 1
Either == IF TRUE THEN 6 ELSE x
a \\prec b == a < b
O == INSTANCE Other WITH q <- x
E == INSTANCE Extending WITH q <- x
I == INSTANCE Inner
Init == x = First
Next == x' \\in {x, O!Some, E!Some, O!Count, O!Natural, I!Deep, C + 10, IF 1 \\prec 2 THEN 1 ELSE 20}
====
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raftcheck-check-bindings-'));
  await writeFile(join(folder, 'Other.tla'), OTHER);
  await writeFile(join(folder, 'Extending.tla'), EXTENDING);
  await writeFile(join(folder, 'Root.tla'), ROOT);
});
afterAll(() => rm(folder, { recursive: true }));

async function run(bindings: string, constant = 'C = 5') {
  const configFile = join(folder, 'model.cfg');
  await writeFile(configFile, `INIT Init\nNEXT Next\nCONSTANT ${constant}\n${bindings}`);
  return runNativeModel({ specFile: join(folder, 'Root.tla'), configFile });
}

// What TLC refuses and takes, and its counts.
describe('a configuration', () => {
  test.each([
    ['Some <- [Other]Absent', 'the module Root has nothing of the name Absent'],
    ['Som <- [Other]First', 'the module Other has nothing of the name Som', 'is Some meant?'],
    ['Deep <- [Inner]First', 'the spec has no module Inner in a file of its own'],
    ['Some <- [Othr]First', 'the spec has no module Othr in a file of its own', 'is Other meant?'],
    ['q <- [Other]First', 'q is a constant of Other'],
    ['Some <- [Other]One', 'Some takes 0 arguments, and One'],
    ['One <- Applied', 'argument 1 of One takes 0 arguments itself, and that of Applied'],
    ['Applied <- One', 'argument 1 of Applied takes 1 arguments itself, and that of One'],
    ['Cardinality <- One', 'the module Root has nothing of the name Cardinality'],
    ['\\in <- After', '\\in is part of the language'],
    ['First <- x', 'x is a variable'],
    ['First <- O!Some', 'nothing of the name O!Some'],
    ['First <- First', 'First cannot take the place of First: it is replaced itself'],
    ['First <- Second Second <- Third', 'Second cannot take the place of First', 'write First <- Third'],
    ['Second <- Third First <- Second', 'Second cannot take the place of First', 'write First <- Third'],
  ])('is refused: %s', async (bindings, message, hint: string | undefined = undefined) => {
    await expect(run(bindings)).rejects.toMatchObject({
      code: 'RC1902',
      file: join(folder, 'model.cfg'),
      line: 4,
      message: expect.stringContaining(message),
      ...(hint === undefined ? {} : { hint }),
    });
  });

  test('is refused where a constant would depend on the state', async () => {
    await expect(run('Second <- Third', 'C <- Now')).rejects.toMatchObject({
      code: 'RC1902',
      file: join(folder, 'model.cfg'),
      line: 3,
      message: expect.stringContaining(
        'Now cannot take the place of the constant C: it depends on the state',
      ),
    });
  });

  test('may put a state function in the place of another definition, or what reads no state at all in that of a constant', async () => {
    expect((await run('Second <- Now')).verdict).toMatchObject({ verdict: 'holds', distinct: 3 });
    expect((await run('', 'C <- Either')).verdict).toMatchObject({ verdict: 'holds', distinct: 3 });
  });

  test.each([
    ['O!Some <- First', 'an override of O!Some'],
    ['O!Some = 1', 'a value for O!Some'],
    ['Nat = 5', 'a value for Nat'],
    ['First <- STRING', 'STRING in the place of First'],
  ])('is not supported: %s', async (bindings, message) => {
    await expect(run(bindings)).rejects.toMatchObject({
      code: 'RC4281',
      line: 4,
      message: expect.stringContaining(message),
    });
  });

  test('is refused where a value has parts of two kinds', async () => {
    await expect(run('First = {1, "a"}')).rejects.toMatchObject({
      code: 'RC1852',
      file: join(folder, 'model.cfg'),
      line: 4,
    });
  });

  test.each([
    ['', 3, 10],
    // What the root's own name is given counts for the same definition.
    ['First = [Root]100 First = 1', 3, 10],
    ['First = 1 First <- [Root]Third', 3, 10],
    ['nothing = 3 x = 1 Deep = [Inner]9 Other = [Nowhere]9', 3, 10],
    ['First <- C', 4, 14],
    ['+ <- Minus', 3, 10],
    ['\\prec <- After', 4, 17],
    ['\\prec <- >', 4, 17],
    ['Some <- [Extending]Third', 4, 17],
    ['Some = [Extending]9', 4, 17],
    ['Cardinality <- [Other]Thirty', 4, 17],
    ['Nat <- [Naturals]OnlyOne', 4, 16],
  ])('is taken: %s', async (bindings, distinct, generated) => {
    expect((await run(bindings)).verdict).toMatchObject({ verdict: 'holds', distinct, generated });
  });
});
