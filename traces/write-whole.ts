import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';

/** Where the bytes of a file go until it is complete, and the name that it then gets. */
export interface Unfinished {
  readonly temporary: string;
  readonly final: string;
}

/**
 * A file appears under its name only when it is complete. What is there and no regular file, such as a pipe or
 * /dev/stdout, is written to as it is: a rename would put a file in its place.
 *
 * @throws where the path is a folder
 */
export function unfinished(path: string): Unfinished {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there?.isDirectory() === true) throw new Error('it is a folder');
  if (there !== undefined && !there.isFile()) return { temporary: path, final: path };
  const final = there === undefined ? path : realpathSync(path);
  return { temporary: `${final}.${process.pid}.part`, final };
}

/** What was written is complete. */
export function finish({ temporary, final }: Unfinished): void {
  if (temporary !== final) renameSync(temporary, final);
}

/** What was written is not complete, and nothing of it stays. */
export function discard({ temporary, final }: Unfinished): void {
  if (temporary !== final) rmSync(temporary, { force: true });
}

/**
 * Writes a file as a whole, or not at all.
 *
 * @throws what the file system says
 */
export function writeWhole(path: string, text: string): void {
  const place = unfinished(path);
  try {
    writeFileSync(place.temporary, text);
    finish(place);
  } catch (error) {
    discard(place);
    throw error;
  }
}
