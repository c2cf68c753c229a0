import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '../diagnostics/coded-error.ts';
import { packageRoot } from '../package-root.ts';

/** A user's variant of the spec: what traces are held against in place of the package's own. */
export interface UserSpec {
  /** As the user named it. */
  readonly folder: string;
  /** Of all modules that make up the spec, see specHash. */
  readonly sha256: string;
}

/** The module that binds a trace to the spec: it must be the variant's own, so that a wrong folder is noticed. */
const ROOT_MODULE = 'RaftTrace.tla';

/**
 * Looks a variant of the spec over: a folder with RaftTrace.tla and whichever other modules differ from raftcheck's own.
 * Modules are looked up there first, then in spec/raft.
 *
 * @throws CodedError RC6104 where the folder is not there, or has no RaftTrace.tla
 */
export function openUserSpec(folder: string): UserSpec {
  const own = modulesOf(folder);
  if (!own.includes(ROOT_MODULE)) {
    throw new CodedError('RC6104', `${folder} is no spec to check traces against: it has no ${ROOT_MODULE}`, {
      file: folder,
      hint: `copy ${join(bundledSpec(), ROOT_MODULE)} there, and the modules that you change`,
    });
  }
  return { folder, sha256: specHash(folder, own) };
}

function bundledSpec(): string {
  return join(packageRoot(), 'spec', 'raft');
}

/** What `sha256sum` prints of each module in the order of their names, hashed again. */
function specHash(folder: string, own: readonly string[]): string {
  const files = new Map(modulesOf(bundledSpec()).map((name) => [name, join(bundledSpec(), name)]));
  for (const name of own) files.set(name, join(folder, name));
  const lines = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, file]) => `${sha256(readFileSync(file))}  ${name}\n`);
  return `sha256:${sha256(lines.join(''))}`;
}

function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function modulesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.tla'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CodedError('RC6104', `cannot read the spec in ${folder}: ${reason}`, { file: folder });
  }
}
