// Rewrites what spec/PROTOCOL/models/manifest.json says of its models, from their configurations and from a run of TLC:
// bounds, properties, and the expected counts. To be run after a change to the spec, and its diff to be read.
//
//   node scripts/measure-models.ts [NAME...]     (default: all models of class small and medium)
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readModelConfig } from '../checker/model/model-config.ts';
import { listModels } from '../checker/model/model-manifest.ts';
import { runModel } from '../checker/model/run-model.ts';
import { ensureTlcJar } from '../checker/tlc/tlc-install.ts';

const names = process.argv.slice(2);
const jar = await ensureTlcJar();
for (const model of listModels()) {
  if (names.length > 0 ? !names.includes(model.name) : model.class === 'large') continue;
  const { modelFolder } = model;
  const configFile = join(modelFolder, model.config);
  const verdict = await runModel({
    jar,
    specFile: join(modelFolder, model.file),
    configFile,
    libraryFolders: [model.specFolder],
  });
  console.log(
    `${model.name}: ${verdict.verdict}, ${verdict.distinct} distinct, ${verdict.generated} generated, depth ${verdict.depth}, ${verdict.elapsedMs / 1000} s`,
  );
  if (verdict.verdict === 'inconclusive') throw new Error(verdict.message);
  const { bounds, invariants, properties } = readModelConfig(readFileSync(configFile, 'utf8'));
  const manifestFile = join(modelFolder, 'manifest.json');
  const manifest: { models: { name: string }[] } = JSON.parse(readFileSync(manifestFile, 'utf8'));
  const entry = manifest.models.find((each) => each.name === model.name);
  if (entry === undefined) throw new Error(`${model.name} has left ${manifestFile}`);
  Object.assign(entry, {
    bounds,
    properties: [...invariants, ...properties],
    expected:
      verdict.verdict === 'violated'
        ? { verdict: 'violated', property: verdict.property }
        : {
            verdict: 'holds',
            distinct: verdict.distinct,
            generated: verdict.generated,
            depth: verdict.depth,
          },
  });
  writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
}
