import { existsSync } from 'node:fs';
import { CodedError } from '../diagnostics/coded-error.ts';
import type { ModelVerdict } from './model-verdict.ts';

/** Where a model stands. */
export interface ModelFiles {
  /** The root module, `.../Name.tla`. */
  readonly specFile: string;
  readonly configFile: string;
  /** Folders in which modules are looked up besides the spec's own. */
  readonly libraryFolders?: readonly string[];
}

/** Runs a model with one of the engines, within limits that are already set. */
export type RunModel = (files: ModelFiles) => Promise<ModelVerdict>;

/** @throws CodedError RC6104 if a file is not there */
export function demandModelFiles({ specFile, configFile }: ModelFiles): void {
  for (const file of [specFile, configFile]) {
    if (!existsSync(file)) throw new CodedError('RC6104', `there is no file ${file}`);
  }
}
