import { Command, Option } from '@commander-js/extra-typings';
import { paint } from '../diagnostics/render.ts';
import { readPackageManifest } from '../package-root.ts';
import { COMMANDS, type CommandEntry, type CommandGroup } from './commands.ts';
import type { Output } from './output.ts';

const GLOBAL = 'Global options:';

/** What is left for the text beside a flag may be so narrow; commander's own 40 leave it unwrapped in 66 columns. */
const NARROWEST_COLUMNS = 12;

/** The parser of the whole command line. It throws what it has to complain of, and prints help only. */
export function createProgram(output: Output): Command {
  const { name, version, description } = readPackageManifest();
  const program = new Command(name)
    .description(description)
    .usage('COMMAND [options]')
    .version(
      `${name}/${version} ${process.platform}-${process.arch} node-${process.version}`,
      '--version',
      'Show the version.',
    )
    .addHelpOption(new Option('-h, --help', 'Show help, for a command with examples.').helpGroup(GLOBAL))
    .configureHelp({
      minWidthToWrap: NARROWEST_COLUMNS,
      styleTitle: (title) => paint('bold', title),
      subcommandTerm: (command) => command.name(),
      commandDescription: (command) =>
        [command.summary(), command.description()].filter((text) => text !== '').join('\n\n'),
    })
    // What is written to stderr is the help that `raftcheck` and `raftcheck tlc` give, which is what was asked for.
    .configureOutput({
      writeErr: (text) => process.stdout.write(text),
      getErrHelpWidth: () => process.stdout.columns,
      outputError: () => {},
    })
    .exitOverride()
    .enablePositionalOptions();
  addCommands(program, COMMANDS, output);
  return program;
}

/** Adds the names at once, and to a command that is called all the rest. */
function addCommands(
  parent: Command,
  entries: readonly (CommandEntry | CommandGroup)[],
  output: Output,
): void {
  const completions = new Map<string, () => Promise<void>>();
  for (const entry of entries) {
    const command = parent.command(entry.name).summary(entry.summary);
    if ('commands' in entry) {
      addCommands(command.usage('COMMAND [options]'), entry.commands, output);
    } else {
      completions.set(entry.name, async () => {
        const define = await entry.load();
        define(command, output);
        addFormat(command);
        refuseSlips(command);
      });
    }
  }
  parent.helpCommand(false).hook('preSubcommand', (_parent, called) => completions.get(called.name())?.());
}

/** `Output` knows already what was asked for. */
function addFormat(command: Command): void {
  command
    .addOption(
      new Option('--format <FORMAT>', 'How the result is printed on stdout.')
        .choices(['pretty', 'json'])
        .default('pretty')
        .helpGroup(GLOBAL),
    )
    .addOption(new Option('--json', 'The same as --format json.').helpGroup(GLOBAL));
}

/** What commander lets pass: an option that is given twice, and one that takes the next option for its value. */
function refuseSlips(command: Command): void {
  for (const option of command.options.filter((each) => each.required)) {
    let isGiven = false;
    command.on(`option:${option.name()}`, (value: string) => {
      if (command.options.some((each) => each.long === value)) {
        command.error(`option '${option.flags}' argument missing`);
      }
      if (isGiven && !option.variadic) command.error(`option '${option.flags}' can be given only once`);
      isGiven = true;
    });
  }
}
