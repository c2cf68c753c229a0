import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';

/** How long a model takes: seconds, minutes, hours. */
export const MODEL_CLASSES = ['small', 'medium', 'large'] as const;
export type ModelClass = (typeof MODEL_CLASSES)[number];

/** What TLC says about a model whose manifest tells the truth, with one worker. */
export type ExpectedResult =
  | {
      readonly verdict: 'holds';
      readonly distinct: number;
      readonly generated: number;
      readonly depth: number;
    }
  | { readonly verdict: 'violated'; readonly property: string };

/** One entry of `spec/PROTOCOL/models/manifest.json`. */
export interface ManifestModel {
  readonly name: string;
  /** The module and the configuration, in the manifest's folder. */
  readonly file: string;
  readonly config: string;
  /** What it explores, in a sentence or two. */
  readonly description: string;
  readonly class: ModelClass;
  /** The constants of the configuration that are numbers. */
  readonly bounds: Readonly<Record<string, number>>;
  /** The invariants and properties of the configuration. */
  readonly properties: readonly string[];
  /** Properties that say that something never happens, each of which must be violated: what the model must reach. */
  readonly witnesses: readonly string[];
  readonly expected: ExpectedResult;
}

/** A model with the folders it lives in. */
export interface Model extends ManifestModel {
  readonly protocol: string;
  /** The protocol's folder, which holds the modules. */
  readonly specFolder: string;
  /** `models` in it. */
  readonly modelFolder: string;
}

/** Where specs live, in a checkout and in the published package. */
export function specRoot(): string {
  return join(packageRoot(), 'spec');
}

/** Every model of every protocol, in the order of the manifests. */
export function listModels(root: string = specRoot()): Model[] {
  return listProtocols(root).flatMap((protocol) => {
    const specFolder = join(root, protocol);
    const modelFolder = join(specFolder, 'models');
    return readEntries<ManifestModel>(join(modelFolder, 'manifest.json'), 'models').map((entry) => ({
      ...entry,
      protocol,
      specFolder,
      modelFolder,
    }));
  });
}

/** The folders of a spec root, each of which is a protocol. */
export function listProtocols(root: string): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** The list that a manifest holds under a key; none if there is no such manifest. */
export function readEntries<Entry>(path: string, key: string): readonly Entry[] {
  if (!existsSync(path)) return [];
  return JSON.parse(readFileSync(path, 'utf8'))[key];
}
