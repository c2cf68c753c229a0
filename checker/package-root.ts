import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The parts of package.json that the program reads. */
export interface PackageManifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly engines: { readonly node: string };
}

let cachedRoot: string | undefined;

/**
 * The folder that holds raftcheck's package.json, spec/ and docs/: the checkout, or the installed package,
 * where this file lies one level deeper (dist/).
 */
export function packageRoot(): string {
  if (cachedRoot !== undefined) return cachedRoot;
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`no package.json above ${import.meta.dirname}`);
    folder = parent;
  }
  cachedRoot = folder;
  return folder;
}

/** raftcheck's own package.json. */
export function readPackageManifest(): PackageManifest {
  return JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'));
}

/** The folder of the modules that raftcheck has for the specs of others; a user's module of the same name comes first. */
export function shippedLibrary(): string {
  return join(packageRoot(), 'spec', 'library');
}
