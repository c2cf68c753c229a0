import { type Command, Option } from '@commander-js/extra-typings';
import type { FlagsOf } from './command.ts';
import { parseDurationMs } from './duration-flag.ts';
import { integerWithin } from './integer-flag.ts';
import { parseSizeBytes } from './size-flag.ts';
import { usageError } from './usage-error.ts';

/** The flags of `raftcheck model`. */
export const withModelFlags = (command: Command) =>
  command
    .option('--config <FILE.cfg>', 'The configuration of FILE.tla.')
    .option(
      '--library <FOLDER...>',
      'Folders in which modules are looked up besides that of FILE.tla. Other flags, or --, come between them and ' +
        'FILE.tla.',
    )
    .addOption(
      new Option('--list', 'List the models and the mutants, and check none.').conflicts(['all', 'mutants']),
    )
    .addOption(
      new Option('--all <CLASS>', 'Check every model up to a class of run time: seconds, minutes, hours.')
        .choices(['small', 'medium', 'large'])
        .conflicts('mutants'),
    )
    .option('--mutants', 'Check the mutants of the spec: the mistake in each must be found.')
    .addOption(new Option('--mutant <NAME>', 'Check one mutant of the spec.').conflicts(['all', 'mutants']))
    .addOption(
      new Option('--engine <ENGINE>', 'What checks: the engine of raftcheck, TLC, or both, compared.')
        .choices(['native', 'tlc', 'both'])
        .default('native'),
    )
    .option('--workers <N>', 'How many threads search.', integerWithin({ min: 1 }), 1)
    .option(
      '--budget <TIME>',
      'Stop an engine after this time, as 500ms, 10s or 2m; then the verdict is inconclusive.',
      parseDurationMs,
    )
    .option(
      '--memory <SIZE>',
      'Stop before more memory than this is taken, as 512m or 4g (for TLC: the heap of Java).',
      parseSizeBytes,
    )
    .addOption(
      new Option('--simulate <N>', 'Look at this many random behaviours instead of every state.')
        .argParser(integerWithin({ min: 1 }))
        .conflicts(['all', 'mutants']),
    )
    .option(
      '--seed <N>',
      'With --simulate: the same seed gives the same behaviours; 1 unless said.',
      integerWithin({}),
    )
    .option(
      '--depth <N>',
      'With --simulate: the most states of a random behaviour, the initial one included; 100 unless said.',
      integerWithin({ min: 1 }),
    )
    .addOption(
      new Option(
        '--coverage',
        'Count how often each action was taken and each conjunct held (slow; one thread).',
      ).conflicts(['all', 'mutants', 'simulate']),
    )
    .addOption(
      new Option('--counterexample <FILE>', 'Write the counterexample to a file.').conflicts([
        'all',
        'mutants',
      ]),
    )
    .addOption(
      new Option(
        '--as <FORM>',
        'With --counterexample: in the Informal Trace Format, the default, or as a trace for raftcheck check.',
      ).choices(['itf', 'trace']),
    );

export type ModelFlags = FlagsOf<typeof withModelFlags>;

/** Refuses a flag that says something only beside another one which is not there. */
export function refuseLoneFlags(flags: ModelFlags): void {
  for (const [flag, needed] of [
    ['seed', 'simulate'],
    ['depth', 'simulate'],
    ['as', 'counterexample'],
  ] as const) {
    if (flags[flag] !== undefined && flags[needed] === undefined) {
      throw usageError(`--${flag} goes with --${needed}`);
    }
  }
}
