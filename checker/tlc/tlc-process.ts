import { spawn } from 'node:child_process';
import { realpathSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative, resolve } from 'node:path';
import { CodedError } from '../diagnostics/coded-error.ts';
import { shippedLibrary } from '../package-root.ts';
import { javaCommand, NEEDED_JAVA } from './java.ts';
import { classifyEnd, type TlcEnd } from './tlc-end.ts';
import type { TlcJar } from './tlc-jar.ts';
import { TLC_CODE, TlcMessageParser } from './tlc-messages.ts';
import { parseCounts, type StateCounts, type TlcReport, TlcReporter } from './tlc-report.ts';

/** One run of TLC. */
export interface TlcRun {
  readonly jar: Pick<TlcJar, 'path'>;
  /** The root module, `.../Name.tla`. */
  readonly specFile: string;
  readonly configFile: string;
  /** Folders in which modules are looked up besides the spec's own. */
  readonly libraryFolders?: readonly string[];
  /** 1 if absent. */
  readonly workers?: number | 'auto';
  /** Further options of TLC, such as `-deadlock`. */
  readonly options?: readonly string[];
  /** Further options of the JVM, such as `-Xmx2g`. */
  readonly jvmOptions?: readonly string[];
  /** For runs of a second or two: costs less CPU to start, and is slower in the long run. */
  readonly short?: boolean;
  readonly budgetMs?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (counts: StateCounts) => void;
}

export interface TlcResult extends TlcReport {
  readonly end: TlcEnd;
  /** TLC's exit code; null if it was stopped. */
  readonly exitCode: number | null;
  readonly elapsedMs: number;
  /** What was printed on stderr, its last 4000 characters. */
  readonly stderr: string;
}

const SHORT_JVM_OPTIONS = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
const LONG_JVM_OPTIONS = ['-XX:+UseParallelGC'];

/**
 * Runs TLC and reads what it says. It leaves no file behind, and no process if this one ends.
 *
 * @throws CodedError RC5002 if there is no Java, RC5003 if there is no TLC in the jar
 */
export async function runTlc(run: TlcRun): Promise<TlcResult> {
  const startMs = performance.now();
  // TLC names its folder of states by the second, and unpacks the standard modules into Java's folder for
  // temporary files, where two runs at once would read each other's half-written copies: each run gets its own.
  const scratch = await mkdtemp(join(tmpdir(), 'raftcheck-tlc-'));
  try {
    const reporter = new TlcReporter();
    const process = await spawnTlc(run, scratch, reporter);
    const report = reporter.report();
    if (/could not find or load main class tlc2/i.test(process.stderr)) throw noTlcIn(run.jar.path);
    return {
      ...report,
      end: process.stopped ?? classifyEnd(process.exitCode, report),
      exitCode: process.stopped === undefined ? process.exitCode : null,
      elapsedMs: performance.now() - startMs,
      stderr: process.stderr,
    };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function noTlcIn(jar: string): CodedError {
  return new CodedError('RC5003', `${jar} is no jar with TLC: Java finds no tlc2.TLC in it`, {
    hint: 'name a tla2tools.jar, or name none and let raftcheck install one',
  });
}

interface ProcessEnd {
  readonly exitCode: number | null;
  readonly stderr: string;
  readonly stopped?: 'budgetExhausted' | 'aborted';
}

function tlcArguments(run: TlcRun, scratch: string): string[] {
  const specFile = resolve(run.specFile);
  const library = [dirname(specFile), ...(run.libraryFolders ?? []).map((folder) => resolve(folder))];
  return [
    ...(run.short === true ? SHORT_JVM_OPTIONS : LONG_JVM_OPTIONS),
    '-XX:-UsePerfData',
    // Before Java 18 the locale decides how many characters, and so columns, a text of a spec has.
    '-Dfile.encoding=UTF-8',
    `-Djava.io.tmpdir=${scratch}`,
    `-DTLA-Library=${library.join(delimiter)}`,
    ...(run.jvmOptions ?? []),
    '-cp',
    // TLC looks up modules in its library, then in its jar, then along the class path: a jar's own module of a name comes first.
    [resolve(run.jar.path), shippedLibrary()].join(delimiter),
    'tlc2.TLC',
    '-tool',
    '-metadir',
    join(scratch, 'states'),
    '-workers',
    String(run.workers ?? 1),
    '-config',
    configPath(run),
    ...(run.options ?? []),
    specFile,
  ];
}

/**
 * The configuration as TLC finds it: it drops the spec's folder from a path, or else looks for the path within that folder
 * (util.SimpleFilenameToStream), so that one of another folder must lead there from the spec's.
 */
function configPath({ specFile, configFile }: TlcRun): string {
  const path = resolve(configFile);
  const folder = dirname(resolve(specFile));
  if (dirname(path) === folder) return path;
  try {
    return relative(realpathSync(folder), realpathSync(path));
  } catch {
    return path;
  }
}

function spawnTlc(run: TlcRun, scratch: string, reporter: TlcReporter): Promise<ProcessEnd> {
  return new Promise((resolveEnd, reject) => {
    const child = spawn(javaCommand(), tlcArguments(run, scratch), {
      cwd: scratch,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stopped: ProcessEnd['stopped'];
    const stop = (reason: NonNullable<ProcessEnd['stopped']>) => {
      stopped ??= reason;
      child.kill('SIGKILL');
    };
    const onAbort = () => stop('aborted');
    const onExit = () => {
      child.kill('SIGKILL');
      rmSync(scratch, { recursive: true, force: true });
    };
    const timer =
      run.budgetMs === undefined ? undefined : setTimeout(() => stop('budgetExhausted'), run.budgetMs);
    process.once('exit', onExit);
    run.signal?.addEventListener('abort', onAbort, { once: true });
    if (run.signal?.aborted === true) onAbort();
    const release = () => {
      clearTimeout(timer);
      process.off('exit', onExit);
      run.signal?.removeEventListener('abort', onAbort);
    };

    const parser = new TlcMessageParser({
      onLine: (line) => reporter.onLine(line),
      onMessage: (message) => {
        reporter.onMessage(message);
        if (message.code !== TLC_CODE.progress) return;
        const counts = parseCounts(message.text);
        if (counts !== undefined) run.onProgress?.(counts);
      },
    });
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => parser.write(chunk));
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr = (stderr + chunk).slice(-4_000);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      release();
      if (error.code !== 'ENOENT') return reject(error);
      reject(
        new CodedError('RC5002', `TLC needs Java, and there is no ${javaCommand()}`, {
          hint: `install Java ${NEEDED_JAVA} or newer, or set JAVA_HOME; raftcheck doctor shows what is found`,
        }),
      );
    });
    child.on('close', (exitCode) => {
      release();
      parser.end();
      resolveEnd({ exitCode, stderr, ...(stopped === undefined ? {} : { stopped }) });
    });
  });
}
