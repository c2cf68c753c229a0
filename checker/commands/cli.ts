import { run } from '@oclif/core/run';
import { EXIT_CODES } from '../exit-codes.ts';
import { packageRoot, readPackageManifest } from '../package-root.ts';
import { describeFailure, reportFailure } from './failure.ts';

/** The status with which a shell reports a program that SIGPIPE ended. */
const SIGPIPE_STATUS = 141;

/**
 * Runs one command line and leaves its result in process.exitCode; it never throws and never ends the process
 * itself, so that output that is still on its way gets out.
 *
 * @param args the command line without the interpreter and the script
 */
export async function runCli(args: readonly string[]): Promise<void> {
  endWhereOutputFails();
  endOnSignals();
  const manifest = readPackageManifest();
  // The commands are listed, not searched for: no folder is scanned at the start.
  const file = fileOf(args[0]);
  const target = import.meta.filename.endsWith('.ts')
    ? `./checker/commands/${file}.ts`
    : `./dist/checker/commands/${file}.js`;
  try {
    await run(helpAsked(args), {
      root: packageRoot(),
      enablePerf: false,
      pjson: {
        name: manifest.name,
        version: manifest.version,
        engines: manifest.engines,
        oclif: {
          bin: 'raftcheck',
          dirname: 'raftcheck',
          topicSeparator: ' ',
          commands: { strategy: 'explicit', target, identifier: 'COMMANDS' },
          topics: { tlc: { description: 'The TLC model checker that raftcheck runs.' } },
        },
      },
    });
    process.exitCode ??= EXIT_CODES.ok;
  } catch (error) {
    const failure = describeFailure(error);
    process.exitCode = failure.exitCode;
    reportFailure(failure);
  }
}

/** The file with a command alone, so that the others need not be loaded; with all of them for anything else. */
export function fileOf(command: string | undefined): string {
  return command !== undefined && ALONE.has(command) ? command : 'index';
}

const ALONE: ReadonlySet<string> = new Set([
  'check',
  'cluster',
  'demo',
  'doctor',
  'explain',
  'model',
  'simulate',
]);

/**
 * `raftcheck ... | head` closes the pipe early. Work that nobody reads is not carried on, and that is no error
 * worth a stack trace; but without a verdict the exit code must not say "accepted" either. A result that cannot be
 * written for another reason is lost, and whoever waits for it must learn that. What stderr does not take is lost too,
 * but the exit code still says what the result is.
 */
function endWhereOutputFails(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? SIGPIPE_STATUS);
    const failure = describeFailure(error);
    reportFailure(failure);
    process.exit(failure.exitCode);
  });
  process.stderr.on('error', () => {});
}

/**
 * Node ends on a signal without its "exit" event, and so without killing TLC and removing temporary files. A
 * command that listens to a signal itself has its own way to end.
 */
function endOnSignals(): void {
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ] as const) {
    process.once(signal, () => {
      if (process.listenerCount(signal) === 0) process.exit(128 + number);
    });
  }
}

/** `raftcheck help check` is what people type who know other tools. */
function helpAsked(args: readonly string[]): string[] {
  const [first, ...rest] = args;
  return first === 'help' ? [...rest, '--help'] : [...args];
}
