import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../../traces/make-folder.ts';
import type { Header } from '../../../traces/trace-format.ts';
import { cacheFolder } from '../../cache-folder.ts';
import { packageRoot, readPackageManifest, shippedLibrary } from '../../package-root.ts';
import type { SearchProgram } from '../compile/search-program.ts';

/** RaftTrace.tla's TraceInit and TraceNext, compiled, and the texts in the order in which TLC would see them. */
export interface WalkProgram extends SearchProgram {
  readonly tokens: readonly string[];
}

/** Where the package keeps its spec. */
export const bundledSpec = (): string => join(packageRoot(), 'spec', 'raft');

/**
 * Compiles RaftTrace.tla, or takes what an earlier run has compiled from the same modules with the same engine: to
 * parse, resolve and compile costs several times what a trace of a thousand events does.
 *
 * @throws TlaError where a module has an error
 */
export async function walkProgram(header: Header, specFolder: string | undefined): Promise<WalkProgram> {
  const file = join(cacheFolder(), 'compiled', `${fingerprint(specFolder)}.json`);
  const kept = readProgram(file);
  if (kept !== undefined) return kept;
  const { openTraceSpec } = await import('./trace-spec.ts');
  const spec = await openTraceSpec(header, { print: () => {} }, specFolder);
  const program = { ...spec.compiled.program(spec.init, spec.next), tokens: spec.tokens };
  keepProgram(file, program);
  return program;
}

/**
 * Of every module that may be read, and of the engine itself: by its version, for the files of a published package all
 * bear one date, and by its files, for in a checkout they change within a version.
 */
function fingerprint(specFolder: string | undefined): string {
  const hash = createHash('sha256').update(`${readPackageManifest().version}\0`);
  const folders = specFolder === undefined ? [bundledSpec()] : [specFolder, bundledSpec(), shippedLibrary()];
  for (const folder of folders) {
    for (const name of filesIn(folder)) {
      if (name.endsWith('.tla')) hash.update(`${name}\0${readFileSync(join(folder, name), 'utf8')}\0`);
    }
  }
  for (const part of ['syntax', 'values', 'config', 'compile', 'trace']) {
    const folder = join(import.meta.dirname, '..', part);
    for (const name of filesIn(folder)) {
      const { size, mtimeMs } = statSync(join(folder, name));
      hash.update(`${part}/${name} ${size} ${mtimeMs}\0`);
    }
  }
  return hash.digest('hex').slice(0, 32);
}

const filesIn = (folder: string): readonly string[] => readdirSync(folder).sort();

function readProgram(file: string): WalkProgram | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // Nobody has compiled it yet.
    return undefined;
  }
  const value = parsed(text);
  return isProgram(value) ? value : undefined;
}

/** A file that somebody damaged counts as none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isProgram(value: unknown): value is WalkProgram {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const areStrings = (each: unknown) => Array.isArray(each) && each.every((item) => typeof item === 'string');
  return (
    areStrings(fields.get('variables')) &&
    areStrings(fields.get('tokens')) &&
    typeof fields.get('initial') === 'string' &&
    typeof fields.get('next') === 'string'
  );
}

/** Whoever changes a spec leaves a program behind with each change. */
const KEPT_PROGRAMS = 16;

function forgetOld(folder: string): void {
  const byAge = filesIn(folder).map((name) => ({ name, mtimeMs: statSync(join(folder, name)).mtimeMs }));
  byAge.sort((a, b) => b.mtimeMs - a.mtimeMs);
  for (const { name } of byAge.slice(KEPT_PROGRAMS)) rmSync(join(folder, name), { force: true });
}

/** A cache that cannot be written is no cache: the next run compiles again. */
function keepProgram(file: string, program: WalkProgram): void {
  const temporary = `${file}.${process.pid}`;
  try {
    makeFolder(join(file, '..'));
    writeFileSync(temporary, JSON.stringify(program));
    renameSync(temporary, file);
    forgetOld(join(file, '..'));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}
