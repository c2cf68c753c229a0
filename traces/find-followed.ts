import { statSync } from 'node:fs';
import { TraceText } from './archive.ts';
import { fileSource } from './byte-source.ts';
import type { Follower } from './follower.ts';
import { findRecordings, isFolder, type RecordingSource, traceFilesIn } from './recording-source.ts';
import { TraceError } from './trace-error.ts';
import { TraceFile } from './trace-file.ts';
import type { Header, Server } from './trace-format.ts';

/**
 * Finds the run that is to be followed. A folder is one run of a file for each server: it is waited for the headers of
 * all servers that are to record, or until the follower ends; then those that are there are the run.
 *
 * @param onWait is told which servers have no file yet
 * @throws TraceError RC6101 where there is nothing, RC6103 where there is more than one run
 */
export async function findFollowed(
  path: string,
  follower: Follower,
  onWait?: (missing: readonly Server[]) => void,
): Promise<RecordingSource> {
  if (path === '-' || !isFolder(path)) return { path, kind: 'merged', files: [path] };
  follower.add(path);
  for (;;) {
    const isOver = follower.end !== undefined;
    const files = traceFilesIn(path);
    const headers = await headersOf(files, path);
    const missing = missingServers(headers);
    const isWhole = headers.length === files.length && missing?.length === 0;
    if (isWhole || isOver) {
      if (files.length > 0) return { path, kind: 'perServer', files };
      // It says what is missing.
      await findRecordings([path]);
      throw new TraceError('RC6101', `${path} has no trace`, { file: path });
    }
    onWait?.(missing ?? []);
    for (const file of files) follower.add(file);
    await follower.wait();
  }
}

/** Of those files that have a header already. */
async function headersOf(files: readonly string[], folder: string): Promise<readonly Header[]> {
  const headers: Header[] = [];
  for (const path of files) {
    if (!(await hasLine(path))) continue;
    const file = await TraceFile.open(fileSource(path));
    await file.close();
    if (file.header.server === undefined) {
      throw new TraceError(
        'RC6103',
        `${path} records no single server, so ${folder} is not one run`,
        { file: path, line: 1 },
        'follow a single file',
      );
    }
    headers.push(file.header);
  }
  return headers;
}

/** Whether its first line is written. */
async function hasLine(path: string): Promise<boolean> {
  // Too short for a magic number, let alone a line.
  if (statSync(path).size < 4) return false;
  for await (const chunk of new TraceText(fileSource(path)).chunks()) {
    if (chunk.includes(0x0a)) return true;
  }
  return false;
}

/** The servers that are to record and do not yet; undefined while nobody has said which there are. */
function missingServers([first, ...others]: readonly Header[]): readonly Server[] | undefined {
  if (first === undefined) return undefined;
  const present = new Set([first, ...others].map(({ server }) => server));
  return first.servers.filter(
    (server) => !present.has(server) && first.unrecorded?.includes(server) !== true,
  );
}
