import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';

const BUNDLED = join(packageRoot(), 'spec', 'raft');

/**
 * A spec of the user: RaftTrace.tla, and one module, it may be the same, with a text replaced.
 *
 * @returns the folder, as it was given
 */
export function writeVariant(folder: string, module: string, from: string, to: string): string {
  mkdirSync(folder);
  copyFileSync(join(BUNDLED, 'RaftTrace.tla'), join(folder, 'RaftTrace.tla'));
  const text = readFileSync(join(BUNDLED, module), 'utf8');
  if (!text.includes(from)) throw new Error(`no ${from} in ${module}`);
  writeFileSync(
    join(folder, module),
    text.replace(from, () => to),
  );
  return folder;
}
