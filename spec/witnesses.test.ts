import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { askOnly } from '../checker/model/model-config.ts';
import { listModels, type Model } from '../checker/model/model-manifest.ts';
import { listMutants } from '../checker/model/mutant.ts';
import { runModel } from '../checker/model/run-model.ts';
import { tlcForTests } from '../checker/tlc/tlc.fixture.ts';

const jar = tlcForTests() ?? { path: '' };
const models = listModels();
const small = models.filter((model) => model.class === 'small');
const TIMEOUT_MS = 240_000;

describe('what the models show', () => {
  test('every model names something that it must reach', () => {
    expect(models.filter((model) => model.witnesses.length === 0).map((model) => model.name)).toEqual([]);
  });

  test('every property of every model is violated by a mutant', () => {
    const violated = new Set(listMutants().map((mutant) => `${mutant.protocol}/${mutant.property}`));
    const checked = models.flatMap((model) =>
      model.properties.map((property) => `${model.protocol}/${property}`),
    );
    expect([...new Set(checked)].filter((property) => !violated.has(property))).toEqual([]);
  });

  test('every property of the spec is checked by a model', async () => {
    const checked = new Set(models.flatMap((model) => model.properties));
    const text = await readFile(join(small[0]?.specFolder ?? '', 'RaftProperties.tla'), 'utf8');
    const definitions = text.slice(text.indexOf('(* Figure 3.')).matchAll(/^(\w+) ==/gm);
    const names = [...definitions].map(([, name = '']) => name);
    expect(names).toContain('StateMachineSafety');
    expect(names.filter((name) => !checked.has(name))).toEqual([]);
  });
});

// A model that never elects, commits or restarts holds whatever it is asked.
describe.skipIf(jar.path === '')('TLC reaches', () => {
  const cases = small.flatMap((model) =>
    model.witnesses.map((witness) => [witness, model.name, model] as const),
  );

  test.each(cases)('a violation of %s in %s', (witness, _name, model) => reach(witness, model), TIMEOUT_MS);
});

async function reach(witness: string, model: Model): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'raftcheck-witness-'));
  try {
    // TLC wants the module and its configuration in one folder.
    const specFile = join(folder, model.file);
    await copyFile(join(model.modelFolder, model.file), specFile);
    const config = await readFile(join(model.modelFolder, model.config), 'utf8');
    const configFile = join(folder, model.config);
    await writeFile(configFile, askOnly(`${config}\nPROPERTY ${witness}\n`, witness));
    const verdict = await runModel({
      jar,
      specFile,
      configFile,
      libraryFolders: [model.modelFolder, model.specFolder],
      short: true,
    });
    expect(verdict.verdict).toBe('violated');
  } finally {
    await rm(folder, { recursive: true });
  }
}
