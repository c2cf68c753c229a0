import type { CodeTable } from './code-table.ts';

/** RC6xxx: the command line makes no sense, or names what is not there. */
export const USAGE_CODES = {
  RC6001: {
    title: 'wrong usage',
    explanation:
      'An argument or a flag is unknown, missing, or has a value that the command cannot use. The message says ' +
      'which one; `raftcheck COMMAND --help` lists what is possible.',
  },
  RC6002: {
    title: 'no event to explain',
    explanation:
      'The line that was named is the header, the end line, or not there; or it is not clear which file it is counted in.',
  },
  RC6104: {
    title: 'no spec there',
    explanation:
      'The .tla or .cfg file of a model does not exist, or the folder that --spec names cannot be read or has no ' +
      'RaftTrace.tla.',
  },
} as const satisfies CodeTable;
