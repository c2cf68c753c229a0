import { CommanderError } from '@commander-js/extra-typings';
import { exitCodeOf, isDiagnosticCode } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { renderDiagnostic } from '../diagnostics/render.ts';
import type { ExitCode } from '../exit-codes.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { helpCommandFor } from './commands.ts';
import { usageError } from './usage-error.ts';

/** Why a command line failed, and what the process says about it. */
export interface Failure {
  readonly exitCode: ExitCode;
  /** Absent if there is nothing to say: somebody asked for an exit, as --help does. */
  readonly diagnostic?: Diagnostic;
  /** For faults of raftcheck itself only. */
  readonly stack?: string;
}

/**
 * Turns whatever was thrown into an exit code and a diagnostic. Errors with a code of ours keep it, commander's
 * complaints about the command line become RC6001, output that cannot be written is RC5012, and all else is a fault of
 * raftcheck (RC5001): an uncaught error must never end with 1, which says "rejected".
 *
 * @param args the command line: what is said of wrong usage ends with the help of the command that it calls
 */
export function describeFailure(error: unknown, args: readonly string[] = []): Failure {
  const code = property(error, 'code');
  const message = error instanceof Error ? error.message : String(error);
  if (isDiagnosticCode(code)) {
    const file = property(error, 'file');
    const line = property(error, 'line');
    const hint = property(error, 'hint') ?? (code === 'RC6001' ? helpCommandFor(args) : undefined);
    return {
      exitCode: exitCodeOf(code),
      diagnostic: {
        code,
        severity: 'error',
        message,
        ...(typeof file === 'string' ? { file } : {}),
        ...(typeof line === 'number' ? { line } : {}),
        ...(typeof hint === 'string' ? { hint } : {}),
      },
    };
  }
  if (error instanceof CommanderError) {
    return isAsked(error)
      ? { exitCode: EXIT_CODES.ok }
      : describeFailure(usageError(complaintOf(error)), args);
  }
  if (property(error, 'syscall') === 'write') {
    return {
      exitCode: EXIT_CODES.toolFailed,
      diagnostic: {
        code: 'RC5012',
        severity: 'error',
        message: `the output cannot be written: ${message}`,
        hint: 'make room, or send it elsewhere',
      },
    };
  }
  return {
    exitCode: EXIT_CODES.toolFailed,
    diagnostic: {
      code: 'RC5001',
      severity: 'error',
      message: `internal error: ${message}`,
      hint: 'report it with the command line and the stack above',
    },
    ...(error instanceof Error && error.stack !== undefined ? { stack: error.stack } : {}),
  };
}

/** Prints a failure on stderr, for people. */
export function reportFailure(failure: Failure): void {
  if (failure.diagnostic === undefined) return;
  if (failure.stack !== undefined) process.stderr.write(`${failure.stack}\n`);
  process.stderr.write(`${renderDiagnostic(failure.diagnostic)}\n`);
}

/** Help and version are what was asked for; `commander.help` is the help of `raftcheck tlc`, where a command might follow. */
function isAsked({ code, exitCode }: CommanderError): boolean {
  return exitCode === 0 || code === 'commander.help';
}

/** Without commander's own "error: ", and in one line where it adds what may have been meant. */
function complaintOf({ message }: CommanderError): string {
  return message.replace(/^error: /, '').replaceAll('\n', ' ');
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Reflect.get(value, name);
}
