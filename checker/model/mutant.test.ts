import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tlcForTests } from '../tlc/tlc.fixture.ts';
import type { RunModel } from './model-files.ts';
import { listModels } from './model-manifest.ts';
import { applyMutant, listMutants, type Mutant, withMutant } from './mutant.ts';
import { runModel } from './run-model.ts';

const jar = tlcForTests();
let root = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'raftcheck-spec-'));
  await mkdir(join(root, 'lock', 'models'), { recursive: true });
  await mkdir(join(root, 'lock', 'mutants'));
  await writeFile(
    join(root, 'lock', 'Lock.tla'),
    `---- MODULE Lock ----
EXTENDS Naturals
VARIABLE holders
Init == holders = 0
Take == holders = 0 /\\ holders' = holders + 1
Give == holders > 0 /\\ holders' = holders - 1
Next == Take \\/ Give
====
`,
  );
  await writeFile(
    join(root, 'lock', 'models', 'MCLock.tla'),
    '---- MODULE MCLock ----\nEXTENDS Lock\nCONSTANT Most\nMutualExclusion == holders <= 1\nBounded == holders <= Most\n====\n',
  );
  await writeFile(
    join(root, 'lock', 'models', 'MCLock.cfg'),
    'INIT Init\nNEXT Next\nCONSTANT Most = 3\nINVARIANTS\n  Bounded\n  MutualExclusion\n',
  );
  await writeFile(
    join(root, 'lock', 'models', 'manifest.json'),
    JSON.stringify({ models: [{ name: 'lock', file: 'MCLock.tla', config: 'MCLock.cfg', class: 'small' }] }),
  );
  await writeFile(
    join(root, 'lock', 'mutants', 'manifest.json'),
    JSON.stringify({ mutants: [{ ...TAKEN_TWICE, protocol: undefined }] }),
  );
});
afterAll(() => rm(root, { recursive: true }));

const TAKEN_TWICE: Mutant = {
  protocol: 'lock',
  name: 'taken-twice',
  description: 'nobody looks whether the lock is free',
  source: 'made up',
  file: 'Lock.tla',
  find: 'Take == holders = 0',
  replace: 'Take == holders < 5',
  model: 'lock',
  property: 'MutualExclusion',
};

describe('putting a mistake into a spec', () => {
  test('replaces a text that occurs once', () => {
    expect(applyMutant(TAKEN_TWICE, 'a\nTake == holders = 0\nb')).toBe('a\nTake == holders < 5\nb');
  });

  test('takes a text of several lines as a list, and dollar signs as they are', () => {
    const mutant = { ...TAKEN_TWICE, find: ['a', 'b'], replace: ['$&', 'c'] };
    expect(applyMutant(mutant, '1\na\nb\n2')).toBe('1\n$&\nc\n2');
  });

  test.each(['nothing', 'Take == holders = 0 Take == holders = 0'])(
    'refuses a text in which it does not apply exactly once: %s',
    (text) => {
      expect(() => applyMutant(TAKEN_TWICE, text)).toThrow(expect.objectContaining({ code: 'RC5008' }));
    },
  );
});

describe('manifests', () => {
  test('are found in the folder of each protocol', () => {
    expect(listModels(root)).toMatchObject([
      { name: 'lock', protocol: 'lock', specFolder: join(root, 'lock') },
    ]);
    expect(listMutants(root)).toMatchObject([{ name: 'taken-twice', protocol: 'lock' }]);
  });
});

describe.skipIf(jar === undefined)('running a mutant', () => {
  const run: RunModel = (files) => runModel({ jar: jar ?? { path: '' }, short: true, ...files });

  test('finds the mistake, and names the property that it was asked about', async () => {
    const verdict = await withMutant(TAKEN_TWICE, listModels(root), run);
    expect(verdict).toMatchObject({ verdict: 'violated', property: 'MutualExclusion' });
    expect(verdict.verdict === 'violated' && verdict.steps.map((step) => step.action)).toEqual([
      'Initial predicate',
      'Take',
      'Take',
    ]);
  });

  test('asks about that property even if another one is violated first', async () => {
    const mutant = { ...TAKEN_TWICE, constants: { Most: 0 } };
    expect(await withMutant(mutant, listModels(root), run)).toMatchObject({ property: 'MutualExclusion' });
  });

  test('a mutant that is no mistake survives', async () => {
    const mutant = { ...TAKEN_TWICE, replace: 'Take == holders < 1' };
    expect(await withMutant(mutant, listModels(root), run)).toMatchObject({ verdict: 'holds' });
  });

  test('a mutant that does not fit its model is refused', async () => {
    for (const change of [{ model: 'none' }, { property: 'None' }, { constants: { None: 1 } }]) {
      await expect(withMutant({ ...TAKEN_TWICE, ...change }, listModels(root), run)).rejects.toMatchObject({
        code: 'RC5008',
      });
    }
  });
});
