import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import { CodedError } from '../diagnostics/coded-error.ts';
import { TLC_RELEASES, type TlcRelease } from './tlc-release.ts';

/** A jar with TLC in it, and how it was found. */
export interface TlcJar {
  readonly path: string;
  readonly origin: 'flag' | 'environment' | 'cache';
  readonly sha256: string;
  /** Absent if the hash is none that raftcheck knows: a build of one's own, given by flag or environment. */
  readonly release?: TlcRelease;
}

/** Where to look for a jar; the defaults are the process's environment and the user's cache. */
export interface TlcJarSearch {
  /** What the user gave on the command line. */
  readonly flag?: string | undefined;
  readonly environment?: NodeJS.ProcessEnv;
}

/** The folder in the cache that holds jars. */
export function tlcCacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return join(cacheFolder(environment), 'tlc');
}

/** The SHA-256 of a file, in hexadecimal. */
export function sha256OfFile(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/**
 * Looks for TLC without touching the network: a flag, RAFTCHECK_TLC_JAR, the cache.
 *
 * @returns undefined if there is none
 * @throws CodedError RC5003 if the flag or the variable names a file that is not there; RC5004 if a jar in the
 *   cache is not what it was when it was put there
 */
export function findTlcJar(search: TlcJarSearch = {}): TlcJar | undefined {
  const environment = search.environment ?? process.env;
  if (search.flag !== undefined) return describeJar(search.flag, 'flag');
  if (environment.RAFTCHECK_TLC_JAR) return describeJar(environment.RAFTCHECK_TLC_JAR, 'environment');
  for (const release of TLC_RELEASES) {
    const path = join(tlcCacheFolder(environment), release.fileName);
    if (!existsSync(path)) continue;
    const sha256 = sha256OfFile(path);
    if (sha256 !== release.sha256) {
      throw new CodedError('RC5004', `${path} is not ${release.title}: its sha256 is ${sha256}`, {
        hint: `rm '${path}' && raftcheck tlc install`,
      });
    }
    return { path, origin: 'cache', sha256, release };
  }
  return undefined;
}

function describeJar(path: string, origin: 'flag' | 'environment'): TlcJar {
  if (!existsSync(path)) {
    const given = origin === 'flag' ? 'the flag' : 'the environment variable RAFTCHECK_TLC_JAR';
    throw new CodedError('RC5003', `${given} names ${path}, and there is no such file`, {
      hint: 'name a tla2tools.jar, or name none and let raftcheck install one',
    });
  }
  const sha256 = sha256OfFile(path);
  const release = TLC_RELEASES.find((each) => each.sha256 === sha256);
  return { path, origin, sha256, ...(release === undefined ? {} : { release }) };
}
