import { type Failure, reportFailure } from './failure.ts';

/**
 * How a command talks: to people while it works, or, with `--format json`, with one object at the end.
 *
 * A command returns its result as a plain object (`{format: 'raftcheck-NAME', version: 1, ...}`) for `result`, and
 * tells people by `log` and `note`, which are silent with `--format json`.
 */
export class Output {
  readonly isJson: boolean;

  constructor(isJson: boolean) {
    this.isJson = isJson;
  }

  /** Tells people on stdout. */
  log(text: string): void {
    if (!this.isJson) process.stdout.write(`${text}\n`);
  }

  /** Tells people on stderr. */
  note(text: string): void {
    if (!this.isJson) process.stderr.write(`${text}\n`);
  }

  /** Gives the result as JSON, if that is what was asked for. */
  result(result: object): void {
    if (this.isJson) this.#json(result);
  }

  /** Says why there is no result: on stdout as JSON, else on stderr. */
  failure(failure: Failure): void {
    if (!this.isJson) {
      reportFailure(failure);
    } else if (failure.diagnostic !== undefined) {
      if (failure.stack !== undefined) process.stderr.write(`${failure.stack}\n`);
      const { exitCode, diagnostic } = failure;
      this.#json({ format: 'raftcheck-error', version: 1, exitCode, error: diagnostic });
    }
  }

  #json(value: object): void {
    process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }
}

/** Whether the result is wanted as JSON. It is read without a parser, as what a parser complains of is JSON then, too. */
export function isJsonAsked(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const flags = end === -1 ? args : args.slice(0, end);
  return flags.some(
    (flag, index) =>
      flag === '--json' || flag === '--format=json' || (flag === '--format' && flags[index + 1] === 'json'),
  );
}
