import type { Command } from '@commander-js/extra-typings';
import { paint } from '../diagnostics/render.ts';
import type { Output } from './output.ts';

/**
 * Adds to a command what only its own file knows: description, arguments, flags, examples, and what it does.
 * Exit codes go through process.exitCode, so that all output gets out.
 */
export type Define = (command: Command, output: Output) => void;

/** The values of the flags that a function adds to a command. */
export type FlagsOf<AddFlags extends (command: Command) => { opts(): unknown }> = ReturnType<
  ReturnType<AddFlags>['opts']
>;

/** A command line, and what it is good for. A line break stands where the command line is to be continued. */
export interface Example {
  readonly description: string;
  readonly command: string;
}

/** The last section of a command's help. */
export function examples(list: readonly Example[]): string {
  const lines = list.map(
    ({ description, command }) => `  ${description}\n    $ ${command.replaceAll('\n', ' \\\n        ')}`,
  );
  return `\n${[paint('bold', 'Examples:'), ...lines].join('\n')}`;
}
