import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Where raftcheck keeps what it has downloaded: RAFTCHECK_CACHE, else `raftcheck` in XDG_CACHE_HOME, else
 * `~/.cache/raftcheck`. The folder need not exist yet.
 */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment.RAFTCHECK_CACHE) return environment.RAFTCHECK_CACHE;
  const xdg = environment.XDG_CACHE_HOME;
  // The XDG specification says that a relative path there is to be ignored.
  return join(xdg !== undefined && isAbsolute(xdg) ? xdg : join(homedir(), '.cache'), 'raftcheck');
}
