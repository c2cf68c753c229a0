import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readModelConfig } from '../checker/model/model-config.ts';
import { listModels } from '../checker/model/model-manifest.ts';
import { differenceFromExpected } from '../checker/model/model-verdict.ts';
import { listMutants, withMutant } from '../checker/model/mutant.ts';
import { runModel } from '../checker/model/run-model.ts';
import { runNativeModel } from '../checker/tla/model/run-native-model.ts';
import { tlcForTests } from '../checker/tlc/tlc.fixture.ts';

const jar = tlcForTests() ?? { path: '' };
const models = listModels();
const mutants = listMutants();
const small = models.filter((model) => model.class === 'small');
const TIMEOUT_MS = 240_000;

describe('the manifest of models', () => {
  test('names no model twice', () => {
    expect(new Set(models.map((model) => `${model.protocol}/${model.name}`)).size).toBe(models.length);
  });

  test.each(models.map((model) => [model.name, model] as const))(
    'says of %s what its configuration says',
    (_name, model) => {
      const config = readModelConfig(readFileSync(join(model.modelFolder, model.config), 'utf8'));
      expect(model.bounds).toEqual(config.bounds);
      expect(model.properties).toEqual([...config.invariants, ...config.properties]);
    },
  );
});

describe.skipIf(jar.path === '')('TLC', () => {
  test.each(small.map((model) => [model.name, model] as const))(
    'finds what the manifest says of %s',
    async (_name, model) => {
      const verdict = await runModel({
        jar,
        specFile: join(model.modelFolder, model.file),
        configFile: join(model.modelFolder, model.config),
        libraryFolders: [model.specFolder],
        short: true,
      });
      expect(differenceFromExpected(verdict, model.expected)).toBeUndefined();
      expect(verdict.verdict).toBe(model.expected.verdict);
    },
    TIMEOUT_MS,
  );
});

describe('the native engine', () => {
  test.each(small.map((model) => [model.name, model] as const))(
    'finds what the manifest says of %s',
    async (_name, model) => {
      const { verdict } = await runNativeModel({
        specFile: join(model.modelFolder, model.file),
        configFile: join(model.modelFolder, model.config),
        libraryFolders: [model.specFolder],
      });
      expect(differenceFromExpected(verdict, model.expected)).toBeUndefined();
      expect(verdict.verdict).toBe(model.expected.verdict);
    },
    TIMEOUT_MS,
  );

  test.each(mutants.map((mutant) => [mutant.name, mutant.property, mutant] as const))(
    'finds that %s violates %s',
    async (_name, property, mutant) => {
      const { verdict } = await withMutant(mutant, models, runNativeModel);
      expect(verdict).toMatchObject({ verdict: 'violated', property });
    },
    TIMEOUT_MS,
  );
});

// A model that found nothing proves nothing: it must find each of these mistakes.
describe.skipIf(jar.path === '' || mutants.length === 0)('the mutants of the spec', () => {
  test.each(mutants.map((mutant) => [mutant.name, mutant.property, mutant] as const))(
    '%s violates %s',
    async (_name, property, mutant) => {
      const verdict = await withMutant(mutant, models, (files) => runModel({ jar, short: true, ...files }));
      // TLC does not name a violated property of whole behaviours; it was asked about this one alone.
      expect(verdict).toMatchObject({ verdict: 'violated' });
      expect(verdict.verdict === 'violated' && (verdict.property ?? property)).toBe(property);
    },
    TIMEOUT_MS,
  );
});
