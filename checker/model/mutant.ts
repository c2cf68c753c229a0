import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodedError } from '../diagnostics/coded-error.ts';
import { askOnly, withConstants } from './model-config.ts';
import type { ModelFiles } from './model-files.ts';
import { listProtocols, type Model, readEntries, specRoot } from './model-manifest.ts';

/**
 * One entry of `spec/PROTOCOL/mutants/manifest.json`: the spec with one mistake in it, which TLC must find. A model
 * that finds nothing in the spec shows something only if it finds something in a mutant.
 */
export interface ManifestMutant {
  readonly name: string;
  /** What the mistake is, and what goes wrong. */
  readonly description: string;
  /** Where the mistake was made in real life: an issue, a paper. */
  readonly source: string;
  /** The module that is changed, in the protocol's folder. */
  readonly file: string;
  /** What is replaced; must occur exactly once. Lines may be given as a list. */
  readonly find: string | readonly string[];
  readonly replace: string | readonly string[];
  /** The model that must find it, and the property that it must find violated. */
  readonly model: string;
  readonly property: string;
  /** Other values for constants of that model, where the mistake shows only beyond its bounds. */
  readonly constants?: Readonly<Record<string, number | string>>;
}

export interface Mutant extends ManifestMutant {
  readonly protocol: string;
}

/** Every mutant of every protocol, in the order of the manifests. */
export function listMutants(root: string = specRoot()): Mutant[] {
  return listProtocols(root).flatMap((protocol) =>
    readEntries<ManifestMutant>(join(root, protocol, 'mutants', 'manifest.json'), 'mutants').map((entry) => ({
      ...entry,
      protocol,
    })),
  );
}

/**
 * Puts the mistake into a module's text.
 *
 * @throws CodedError RC5008 if the text to be replaced does not occur exactly once
 */
export function applyMutant(mutant: ManifestMutant, text: string): string {
  const find = joinLines(mutant.find);
  const occurrences = text.split(find).length - 1;
  if (find === '' || occurrences !== 1) {
    throw new CodedError(
      'RC5008',
      `the mutant ${mutant.name} replaces a text that occurs ${occurrences} times, not once`,
      { file: mutant.file, hint: `adapt "find" of ${mutant.name} in mutants/manifest.json to the spec` },
    );
  }
  return text.replace(find, () => joinLines(mutant.replace));
}

function joinLines(text: string | readonly string[]): string {
  return typeof text === 'string' ? text : text.join('\n');
}

/**
 * Makes the files of a mutant's model, the spec with the mistake in it and a configuration that asks about the
 * mutant's property alone, and hands them over. Afterwards they are gone.
 *
 * @throws CodedError RC5008 if the mutant does not apply, and all that `use` throws
 */
export async function withMutant<Result>(
  mutant: Mutant,
  models: readonly Model[],
  use: (files: ModelFiles) => Promise<Result>,
): Promise<Result> {
  const model = models.find((each) => each.name === mutant.model && each.protocol === mutant.protocol);
  if (model === undefined) {
    throw new CodedError(
      'RC5008',
      `the mutant ${mutant.name} names the model ${mutant.model}, which does not exist`,
    );
  }
  const folder = await mkdtemp(join(tmpdir(), 'raftcheck-mutant-'));
  try {
    for (const source of [model.specFolder, model.modelFolder]) {
      await cp(source, folder, {
        recursive: true,
        filter: (path) => path === source || path.endsWith('.tla'),
      });
    }
    const changed = join(folder, mutant.file);
    await writeFile(changed, applyMutant(mutant, await readFile(changed, 'utf8')));
    const configFile = join(folder, model.config);
    await writeFile(configFile, await mutantConfig(mutant, model));
    return await use({ specFile: join(folder, model.file), configFile });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function mutantConfig(mutant: Mutant, model: Model): Promise<string> {
  const config = await readFile(join(model.modelFolder, model.config), 'utf8');
  try {
    return askOnly(withConstants(config, mutant.constants ?? {}), mutant.property);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CodedError(
      'RC5008',
      `the mutant ${mutant.name} does not fit the model ${model.name}: ${error.message}`,
      {
        file: model.config,
      },
    );
  }
}
