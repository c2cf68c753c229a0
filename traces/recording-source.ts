import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileSource } from './byte-source.ts';
import type { LineLimits } from './line-reader.ts';
import { TraceError } from './trace-error.ts';
import { TraceFile } from './trace-file.ts';
import type { Header } from './trace-format.ts';

/** So many folders are named where one of them is meant. */
const MOST_SHOWN = 5;

/** The files of one run. */
export interface RecordingSource {
  /** As the user named it: a file, a folder, or `-`. Of a folder with several runs: the file. */
  readonly path: string;
  /** One merged file, or files of one server each. */
  readonly kind: 'merged' | 'perServer';
  readonly files: readonly string[];
}

/**
 * Finds the runs that the paths name. A file is a run, and so is `-`, standard input. A folder is one run if each of
 * its *.ndjson and *.jsonl files (compressed ones with .gz or .zst behind that) says in its header which `server` it records (files of different runs are then an
 * error); else each file is a run of its own. Folders in it are not looked into.
 *
 * @throws TraceError RC6101 where there is nothing. Faulty headers are left to openRecording, so that one bad file
 *   does not hide the others.
 */
export async function findRecordings(
  paths: readonly string[],
  limits?: LineLimits,
): Promise<readonly RecordingSource[]> {
  if (paths.indexOf('-') !== paths.lastIndexOf('-')) {
    throw new TraceError('RC6101', 'standard input can be read once only', { file: '-' }, 'name - once');
  }
  const sources: RecordingSource[] = [];
  for (const path of paths) {
    sources.push(...(path !== '-' && isFolder(path) ? await findInFolder(path, limits) : [singleFile(path)]));
  }
  return sources;
}

function singleFile(path: string): RecordingSource {
  return { path, kind: 'merged', files: [path] };
}

/** @throws TraceError RC6101 where there is nothing */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TraceError('RC6101', `cannot read ${path}: ${reason}`, { file: path });
  }
}

async function findInFolder(
  folder: string,
  limits: LineLimits | undefined,
): Promise<readonly RecordingSource[]> {
  const files = traceFilesIn(folder);
  if (files.length === 0) {
    const message = `${folder} has no *.ndjson or *.jsonl file`;
    throw new TraceError('RC6101', message, { file: folder }, hintForFoldersIn(folder));
  }
  const headers = await Promise.all(files.map((file) => headerOf(file, limits)));
  // A file without a header does not make the others runs of their own: opening the run will tell about it.
  const readable = headers.filter((header) => header !== undefined);
  const isOneRun = readable.length > 0 && readable.every(({ server }) => server !== undefined);
  return isOneRun ? [{ path: folder, kind: 'perServer', files }] : files.map(singleFile);
}

/** Which of them is a run, and which holds several, only the user knows. */
function hintForFoldersIn(folder: string): string | undefined {
  const inner = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name))
    .sort();
  if (inner.length === 0) return undefined;
  const [shown, others] = [inner.slice(0, MOST_SHOWN), inner.slice(MOST_SHOWN)];
  const rest = others.length === 0 ? '' : `, and ${others.length} more`;
  return `folders in it are not looked into; name those that hold traces: ${shown.join(' ')}${rest}`;
}

/** The traces in a folder, compressed or not, in the order of their names. */
export function traceFilesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && /\.(ndjson|jsonl)(\.(gz|zst))?$/.test(entry.name))
    .map(({ name }) => join(folder, name))
    .sort();
}

/** Undefined where the header is faulty. */
async function headerOf(path: string, limits: LineLimits | undefined): Promise<Header | undefined> {
  try {
    const file = await TraceFile.open(fileSource(path), limits);
    await file.close();
    return file.header;
  } catch (error) {
    if (error instanceof TraceError) return undefined;
    throw error;
  }
}
