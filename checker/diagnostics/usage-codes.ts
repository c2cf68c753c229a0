import type { CodeTable } from './code-table.ts';

/** RC6xxx: the command line makes no sense. */
export const USAGE_CODES = {
  RC6001: {
    title: 'wrong usage',
    explanation:
      'An argument or a flag is unknown, missing, or has a value that the command cannot use. The message says ' +
      'which one; `raftcheck COMMAND --help` lists what is possible.',
  },
} as const satisfies CodeTable;
