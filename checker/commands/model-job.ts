import { join } from 'node:path';
import type { ModelFiles } from '../model/model-files.ts';
import type { Model } from '../model/model-manifest.ts';
import { usageError } from './usage-error.ts';

/** A model under the name that it is told by. */
export interface Job extends ModelFiles {
  readonly name: string;
}

/** The names of the manifest's models, for people. */
export async function modelNames(): Promise<string> {
  const { listModels } = await import('../model/model-manifest.ts');
  return listModels()
    .map((model) => model.name)
    .join(', ');
}

/** A name of the manifest, or a file of the user's. */
export async function resolveJob(
  model: string,
  config?: string,
  libraryFolders: string[] = [],
): Promise<Job> {
  const { listModels } = await import('../model/model-manifest.ts');
  if (model.endsWith('.tla')) {
    return {
      name: model,
      specFile: model,
      configFile: config ?? model.replace(/\.tla$/, '.cfg'),
      libraryFolders,
    };
  }
  if (config !== undefined)
    throw usageError('--config goes with FILE.tla; a model of the manifest has its own');
  const found = listModels().find((each) => each.name === model);
  if (found === undefined) throw usageError(`there is no model ${model}; there are: ${await modelNames()}`);
  return jobOf(found);
}

/** A model of the manifest. */
export function jobOf({ name, modelFolder, file, config, specFolder }: Model): Job {
  return {
    name,
    specFile: join(modelFolder, file),
    configFile: join(modelFolder, config),
    libraryFolders: [specFolder],
  };
}
