import * as Flags from '@oclif/core/flags';
import { durationFlag } from './duration-flag.ts';
import { sizeFlag } from './size-flag.ts';

/** The flags of `raftcheck model`. */
export const MODEL_FLAGS = {
  config: Flags.string({ summary: 'The configuration of FILE.tla.', helpValue: 'FILE.cfg' }),
  library: Flags.string({
    summary: 'A folder in which modules are looked up besides that of FILE.tla.',
    helpValue: 'FOLDER',
    multiple: true,
  }),
  list: Flags.boolean({
    summary: 'List the models and the mutants, and check none.',
    exclusive: ['all', 'mutants'],
  }),
  all: Flags.option({
    options: ['small', 'medium', 'large'] as const,
    summary: 'Check every model up to a class of run time: seconds, minutes, hours.',
    exclusive: ['mutants'],
  })(),
  mutants: Flags.boolean({ summary: 'Check the mutants of the spec: the mistake in each must be found.' }),
  mutant: Flags.string({
    summary: 'Check one mutant of the spec.',
    helpValue: 'NAME',
    exclusive: ['all', 'mutants'],
  }),
  engine: Flags.option({
    options: ['native', 'tlc', 'both'] as const,
    default: 'native' as const,
    summary: 'What checks: the engine of raftcheck, TLC, or both, compared.',
  })(),
  workers: Flags.integer({ summary: 'How many threads search.', default: 1, min: 1 }),
  budget: durationFlag({ summary: 'Stop an engine after this time; then the verdict is inconclusive.' }),
  memory: sizeFlag({ summary: 'Stop before more memory than this is taken (for TLC: the heap of Java).' }),
  simulate: Flags.integer({
    summary: 'Look at this many random behaviours instead of every state.',
    helpValue: 'N',
    min: 1,
    exclusive: ['all', 'mutants'],
  }),
  seed: Flags.integer({
    summary: 'The same seed gives the same behaviours; 1 unless said.',
    dependsOn: ['simulate'],
  }),
  depth: Flags.integer({
    summary: 'The most states of a random behaviour; 100 unless said.',
    min: 1,
    dependsOn: ['simulate'],
  }),
  coverage: Flags.boolean({
    summary: 'Count how often each action was taken and each conjunct held (slow; one thread).',
    exclusive: ['all', 'mutants', 'simulate'],
  }),
  counterexample: Flags.string({
    summary: 'Write the counterexample to a file.',
    helpValue: 'FILE',
    exclusive: ['all', 'mutants'],
  }),
  as: Flags.option({
    options: ['itf', 'trace'] as const,
    summary: 'How: in the Informal Trace Format, the default, or as a trace for raftcheck check.',
    dependsOn: ['counterexample'],
  })(),
};
