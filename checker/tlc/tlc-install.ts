import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../../traces/make-folder.ts';
import { CodedError } from '../diagnostics/coded-error.ts';
import { findTlcJar, sha256OfFile, type TlcJar, type TlcJarSearch, tlcCacheFolder } from './tlc-jar.ts';
import { MAVEN_RELEASE, OFFICIAL_RELEASE, type TlcRelease } from './tlc-release.ts';

/** Without a network a connection attempt may hang: whoever is offline should learn it soon. */
const CONNECT_TIMEOUT_MS = 5_000;
const DOWNLOAD_TIMEOUT_MS = 120_000;
const MAVEN_TIMEOUT_MS = 120_000;

/** A way to get a jar: writes it to `target` or throws an Error that says why not. */
export interface TlcSource {
  readonly release: TlcRelease;
  fetch(target: string, signal: AbortSignal | undefined): Promise<void>;
}

export interface TlcInstallOptions extends TlcJarSearch {
  /** Is told what is being done, for people. */
  readonly onProgress?: (message: string) => void;
  readonly signal?: AbortSignal;
  /** For tests: where jars come from. */
  readonly sources?: readonly TlcSource[];
}

/**
 * Finds TLC, and installs it into the cache if there is none yet.
 *
 * @throws CodedError RC5003 and RC5004 as findTlcJar; RC5005 if no source can be reached
 */
export async function ensureTlcJar(options: TlcInstallOptions = {}): Promise<TlcJar> {
  const found = findTlcJar(options);
  if (found !== undefined) return found;
  const failures: string[] = [];
  for (const source of options.sources ?? [OFFICIAL_SOURCE, MAVEN_SOURCE]) {
    options.onProgress?.(`installing ${source.release.title}`);
    try {
      return await installFrom(source, options);
    } catch (error) {
      if (options.signal?.aborted) throw error;
      failures.push(`${source.release.title}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new CodedError('RC5005', `TLC is not installed and cannot be fetched (${failures.join('; ')})`, {
    hint: `fetch ${OFFICIAL_RELEASE.url} where there is a network and set RAFTCHECK_TLC_JAR to it`,
  });
}

async function installFrom(source: TlcSource, options: TlcInstallOptions): Promise<TlcJar> {
  const folder = tlcCacheFolder(options.environment);
  makeFolder(folder);
  const path = join(folder, source.release.fileName);
  // Renaming is atomic: whoever reads the cache meanwhile, or is interrupted, never sees half a jar.
  const partial = `${path}.${randomBytes(6).toString('hex')}.part`;
  try {
    await source.fetch(partial, options.signal);
    const sha256 = sha256OfFile(partial);
    if (sha256 !== source.release.sha256) throw new Error(`its sha256 is ${sha256}`);
    await rename(partial, path);
    return { path, origin: 'cache', sha256, release: source.release };
  } finally {
    await rm(partial, { force: true });
  }
}

const OFFICIAL_SOURCE: TlcSource = {
  release: OFFICIAL_RELEASE,
  async fetch(target, signal) {
    const connecting = new AbortController();
    const timer = setTimeout(() => connecting.abort(new Error('no answer')), CONNECT_TIMEOUT_MS);
    try {
      const signals = [connecting.signal, AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS)];
      const response = await fetch(OFFICIAL_RELEASE.url, {
        signal: AbortSignal.any(signal === undefined ? signals : [...signals, signal]),
      });
      clearTimeout(timer);
      if (!response.ok) throw new Error(`HTTP status ${response.status}`);
      await writeFile(target, new Uint8Array(await response.arrayBuffer()));
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      throw cause;
    } finally {
      clearTimeout(timer);
    }
  },
};

const MAVEN_SOURCE: TlcSource = {
  release: MAVEN_RELEASE,
  async fetch(target, signal) {
    const folder = await mkdtemp(join(tmpdir(), 'raftcheck-mvn-'));
    try {
      await runMaven(folder, signal);
      const [, artifact, version] = MAVEN_RELEASE.coordinates.split(':');
      await copyFile(join(folder, `${artifact}-${version}.jar`), target);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** Lets Maven copy the artifact into a folder; it finds mirrors and proxies in the user's own settings. */
function runMaven(folder: string, signal: AbortSignal | undefined): Promise<void> {
  const timeout = AbortSignal.timeout(MAVEN_TIMEOUT_MS);
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.platform === 'win32' ? 'mvn.cmd' : 'mvn',
      [
        '--batch-mode',
        '--quiet',
        'dependency:copy',
        `-Dartifact=${MAVEN_RELEASE.coordinates}`,
        `-DoutputDirectory=${folder}`,
      ],
      {
        // Not in the user's folder: a pom.xml there is none of our business.
        cwd: folder,
        stdio: ['ignore', 'pipe', 'pipe'],
        signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
      },
    );
    let output = '';
    const collect = (chunk: Buffer) => {
      output = `${output}${chunk.toString()}`.slice(-4_000);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ENOENT' ? new Error('mvn is not installed') : error);
    });
    child.on('close', (code) => {
      const complaint = output.split('\n').find((line) => line.includes('[ERROR]'));
      if (code === 0) resolve();
      else reject(new Error(complaint?.replace(/^.*\[ERROR\]\s*/, '') ?? `mvn ended with ${code}`));
    });
  });
}
