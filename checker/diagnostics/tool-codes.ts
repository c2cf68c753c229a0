import type { CodeTable } from './code-table.ts';

/** RC5xxx: a tool that was needed is missing or failed, or raftcheck itself is at fault. */
export const TOOL_CODES = {
  RC5001: {
    title: 'internal error',
    explanation:
      'raftcheck ran into a state that its authors did not foresee. No verdict was reached. Please report it with ' +
      'the command line and the stack that was printed.',
  },
  RC5010: {
    title: 'engines contradict each other',
    explanation:
      'Replay rejects an event that TLC accepts. Replay may be weaker than the spec, never stronger: so either the ' +
      'spec or replay is wrong, and the trace may be right. Both outputs were kept; please report them.',
  },
  RC5011: {
    title: 'no engine ran',
    explanation: 'None of the engines that were asked for could run, so nothing is known about the trace.',
  },
} as const satisfies CodeTable;
