import { basename } from 'node:path';
import type { Rejection } from '../verdict.ts';

/** The command that shows a rejected event again: in full, where the engine can explain it. */
export function againCommand(path: string, { engine, file, line, spec }: Rejection): string {
  if (engine !== 'native') return `raftcheck check ${quoted(path)} --engine ${engine}`;
  const inFolder = path === file ? '' : ` --file ${quoted(basename(file))}`;
  const other = spec === undefined ? '' : ` --spec ${quoted(spec)}`;
  return `raftcheck explain ${quoted(path)}${inFolder} --line ${line}${other}`;
}

/** As a shell takes it for one word. */
function quoted(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
