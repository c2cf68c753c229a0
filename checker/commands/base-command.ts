import { Command } from '@oclif/core/command';
import * as Flags from '@oclif/core/flags';
import type { ExitCode } from '../exit-codes.ts';
import { describeFailure, reportFailure } from './failure.ts';

/**
 * What all commands share: how a result is printed and what an error becomes.
 *
 * `run` returns the result as a plain object (`{format: 'raftcheck-NAME', version: 1, ...}`), which `--format json`
 * prints on stdout; for people the command itself prints with `this.log`, which is silent with `--format json`.
 * Exit codes go through `setExitCode`, never through `this.exit`: that would replace the JSON result.
 */
export abstract class BaseCommand extends Command {
  static override enableJsonFlag = true;

  static override baseFlags = {
    format: Flags.option({
      options: ['pretty', 'json'] as const,
      default: 'pretty',
      summary: 'How the result is printed on stdout.',
      helpGroup: 'GLOBAL',
    })(),
  };

  /** `--json` is the short form of `--format json`. */
  override jsonEnabled(): boolean {
    const end = this.argv.indexOf('--');
    const flags = end === -1 ? this.argv : this.argv.slice(0, end);
    return flags.some(
      (flag, index) =>
        flag === '--json' || flag === '--format=json' || (flag === '--format' && flags[index + 1] === 'json'),
    );
  }

  protected override logJson(json: unknown): void {
    process.stdout.write(`${JSON.stringify(json, null, 2)}\n`);
  }

  /** Sets what the process will end with, once all output is out. */
  protected setExitCode(code: ExitCode): void {
    process.exitCode = code;
  }

  protected override toErrorJson(error: unknown): unknown {
    const { diagnostic, exitCode } = describeFailure(error);
    return { format: 'raftcheck-error', version: 1, exitCode, error: diagnostic ?? null };
  }

  protected override async catch(error: unknown): Promise<void> {
    const failure = describeFailure(error);
    this.setExitCode(failure.exitCode);
    // Else oclif warns, in development, that the command forgot to parse what it could not parse.
    this.parsed = true;
    if (this.jsonEnabled()) {
      if (failure.stack !== undefined) process.stderr.write(`${failure.stack}\n`);
      this.logJson(this.toErrorJson(error));
    } else {
      reportFailure(failure);
    }
  }
}
