import { basename } from 'node:path';
import type { Rejection } from '../verdict.ts';

/**
 * The command that shows a rejected event again: in full, where the engine can explain it.
 *
 * @returns undefined for standard input, which is not there any more
 */
export function againCommand(path: string, { engine, file, line, spec }: Rejection): string | undefined {
  if (path === '-') return undefined;
  const run = quoted(pathWord(path));
  const other = spec === undefined ? '' : ` --spec ${quoted(pathWord(spec))}`;
  if (engine !== 'native') return `raftcheck check ${run} --engine ${engine}${other}`;
  const inFolder = path === file ? '' : ` --file ${quoted(basename(file))}`;
  return `raftcheck explain ${run}${inFolder} --line ${line}${other}`;
}

/** The rejection with that command, if there is one. */
export function withAgain(rejection: Rejection, path: string): Rejection {
  const again = againCommand(path, rejection);
  return again === undefined ? rejection : { ...rejection, again };
}

/** The same path, but none that is taken for a flag. */
function pathWord(path: string): string {
  return path.startsWith('-') ? `./${path}` : path;
}

/** As a shell takes it for one word. */
function quoted(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
