import type { CodeTable } from './code-table.ts';

/** RC5xxx: a tool that was needed is missing or failed, or raftcheck itself is at fault. */
export const TOOL_CODES = {
  RC5001: {
    title: 'internal error',
    explanation:
      'raftcheck ran into a state that its authors did not foresee. No verdict was reached. Please report it with ' +
      'the command line and the stack that was printed.',
  },
} as const satisfies CodeTable;
