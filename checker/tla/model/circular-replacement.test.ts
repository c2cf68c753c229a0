import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runNativeModel } from './run-native-model.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raftcheck-circular-'));
});
afterAll(() => rm(folder, { recursive: true }));

const START = "EXTENDS Naturals\nVARIABLE x\nInit == x = 0\nNext == x' = x";

async function run(units: string, config: string) {
  const specFile = join(folder, 'M.tla');
  const configFile = join(folder, 'M.cfg');
  await writeFile(specFile, `---- MODULE M ----\n${START}\n${units}\n====\n`);
  await writeFile(configFile, `INIT Init\n${config}\n`);
  return runNativeModel({ specFile, configFile });
}

// TLC overflows its stack in the same models, and ends in the same.
describe('a definition that is put in the place of one that it uses', () => {
  test.each([
    ['W == x \\in {0} /\\ Init', 'CONSTANT Init <- W\nNEXT Next', 'uses Init, in the initial states'],
    ['W == x = 0 /\\ Next', 'CONSTANT Next <- W\nNEXT Next', 'uses Next, while the spec is read'],
    ["W == x' = 1 \\/ Next", 'CONSTANT Next <- W\nNEXT Next', 'uses Next, in the successors'],
    [
      'V == 1\nW == LET z == V IN z\nASSUME V = 1',
      'CONSTANT V <- W\nNEXT Next',
      'uses V .*, in the assumption',
    ],
    [
      'V == x\nW == V + 1\nI == V = 0',
      'CONSTANT V <- W\nNEXT Next\nINVARIANT I',
      'uses V .*, in the invariant I',
    ],
    [
      'D(F(_)) == F(0)\nW(F(_)) == D(F) + 1\nS(F(_)) == D(F)\nI == S(LAMBDA a : a) = 0',
      'CONSTANT D <- W\nNEXT Next\nINVARIANT I',
      'uses D .*, in the invariant I',
    ],
    [
      'V == <>(x = 1)\nW == V /\\ <>(x = 0)',
      'CONSTANT V <- W\nNEXT Next\nPROPERTY V',
      'uses V, while the spec',
    ],
    [
      'A == 1\nB == 2\nW == B + 1\nX == A + 1\nI == x = A',
      'CONSTANT A <- W B <- X\nNEXT Next\nINVARIANT I',
      'W uses A',
    ],
  ])('is named where that has no end: %j', async (units, config, message) => {
    await expect(run(units, config)).rejects.toMatchObject({
      code: 'RC4254',
      message: expect.stringMatching(
        new RegExp(`M\\.cfg:2:10 puts W in the place of \\w+, and .*${message}`),
      ),
    });
  });

  test.each([
    'V(a) == a\nW(a) == IF a = 0 THEN 0 ELSE V(a - 1)\nI == V(3) = 0',
    'V == x = 0\nW == x = 0 \\/ V\nI == V',
  ])('is a recursion like any other: %j', async (units) => {
    const { verdict } = await run(units, 'NEXT Next\nCONSTANT V <- W\nINVARIANT I');
    expect(verdict.verdict).toBe('holds');
  });
});
