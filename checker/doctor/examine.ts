import { existsSync, mkdtempSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import { CodedError } from '../diagnostics/coded-error.ts';
import { readPackageManifest } from '../package-root.ts';
import { findJava, NEEDED_JAVA } from '../tlc/java.ts';
import { findTlcJar, type TlcJar } from '../tlc/tlc-jar.ts';

/** One thing that raftcheck needs, and how it stands. */
export interface Finding {
  readonly name: 'node' | 'java' | 'tlc' | 'cache';
  readonly status: 'ok' | 'missing' | 'wrong';
  /** What was found, for people. */
  readonly detail: string;
  /** What it is needed for; present if it is missing or wrong. */
  readonly neededFor?: string;
  /** The command or the step that mends it; present if it is missing or wrong. */
  readonly remedy?: string;
  /** The same as data. */
  readonly facts: Readonly<Record<string, string | number | null>>;
}

const TLC_NEEDED_FOR = 'the tlc engine and models; the replay engine works without it';

/** Looks at everything that raftcheck needs on this machine. Touches no network and leaves nothing behind. */
export function examine(environment: NodeJS.ProcessEnv = process.env): Finding[] {
  return [examineNode(), examineJava(environment), examineTlc(environment), examineCache(environment)];
}

function examineNode(): Finding {
  // A Node that is too old does not get here: bin/raftcheck.js has stopped it.
  const needed = readPackageManifest().engines.node;
  return {
    name: 'node',
    status: 'ok',
    detail: `Node ${process.versions.node} (${process.execPath}), needed: ${needed}`,
    facts: { version: process.versions.node, path: process.execPath, needed },
  };
}

function examineJava(environment: NodeJS.ProcessEnv): Finding {
  const java = findJava(environment);
  const facts = { version: java?.version ?? null, command: java?.command ?? null, needed: NEEDED_JAVA };
  if (java === undefined || !(java.major >= NEEDED_JAVA)) {
    return {
      name: 'java',
      status: java === undefined ? 'missing' : 'wrong',
      detail: java === undefined ? 'no Java in JAVA_HOME or on the path' : `too old: ${java.version}`,
      neededFor: TLC_NEEDED_FOR,
      remedy: `install Java ${NEEDED_JAVA} or newer (such as \`apt-get install default-jre-headless\`), or set JAVA_HOME`,
      facts,
    };
  }
  return { name: 'java', status: 'ok', detail: `${java.version} (${java.command})`, facts };
}

function examineTlc(environment: NodeJS.ProcessEnv): Finding {
  let jar: TlcJar | undefined;
  try {
    jar = findTlcJar({ environment });
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return {
      name: 'tlc',
      status: 'wrong',
      detail: error.message,
      neededFor: TLC_NEEDED_FOR,
      remedy: error.hint ?? 'raftcheck tlc install',
      facts: { code: error.code },
    };
  }
  if (jar === undefined) {
    return {
      name: 'tlc',
      status: 'missing',
      detail: 'not installed yet; the first command that needs it installs it',
      neededFor: TLC_NEEDED_FOR,
      remedy: 'raftcheck tlc install',
      facts: { path: null, version: null },
    };
  }
  return {
    name: 'tlc',
    status: 'ok',
    detail: `${jar.release?.title ?? 'a build that raftcheck does not know'}, from the ${jar.origin}: ${jar.path}`,
    facts: {
      path: jar.path,
      origin: jar.origin,
      version: jar.release?.tlcVersion ?? null,
      release: jar.release?.title ?? null,
      sha256: jar.sha256,
    },
  };
}

function examineCache(environment: NodeJS.ProcessEnv): Finding {
  const folder = cacheFolder(environment);
  // It is made when it is first needed: what counts is whether it can be.
  let existing = folder;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  if (takesFolders(existing)) {
    return {
      name: 'cache',
      status: 'ok',
      detail: existing === folder ? folder : `${folder} (made when it is needed)`,
      facts: { path: folder },
    };
  }
  return {
    name: 'cache',
    status: 'wrong',
    detail:
      existing === folder ? `${folder} cannot be written to` : `${folder} cannot be made in ${existing}`,
    neededFor: 'keeping TLC from one run to the next',
    remedy: 'set RAFTCHECK_CACHE to a folder that can be written to',
    facts: { path: folder },
  };
}

/** Only trying tells: to root every folder says that it can be written to, /proc among them, and so does a file. */
function takesFolders(folder: string): boolean {
  try {
    rmdirSync(mkdtempSync(join(folder, '.raftcheck-')));
    return true;
  } catch {
    return false;
  }
}
