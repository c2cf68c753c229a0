import { EXIT_CODES } from '../exit-codes.ts';
import { COMMANDS } from './commands.ts';
import { describeFailure, reportFailure } from './failure.ts';
import { isJsonAsked, Output } from './output.ts';
import { createProgram } from './program.ts';

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
  const output = new Output(isJsonAsked(args));
  try {
    await createProgram(output).parseAsync(withHelpAlone(args), { from: 'user' });
    process.exitCode ??= EXIT_CODES.ok;
  } catch (error) {
    const failure = describeFailure(error, args);
    process.exitCode = failure.exitCode;
    output.failure(failure);
  }
}

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

/**
 * Where help is asked for, whatever else is on the command line, right or wrong, does not matter. `raftcheck help check`
 * is what people type who know other tools.
 */
function withHelpAlone(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  const known = end === -1 ? args : args.slice(0, end);
  if (args[0] !== 'help' && !known.includes('--help')) return args;
  const words = known.filter((word) => word !== 'help' && !word.startsWith('-'));
  return COMMANDS.some(({ name }) => name === words[0]) ? [...words, '--help'] : words;
}
