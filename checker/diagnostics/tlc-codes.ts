import type { CodeTable } from './code-table.ts';

/** RC3xxx: TLC rejects a trace, or finds a property of a model violated. */
export const TLC_CODES = {
  RC3001: {
    title: 'property violated',
    explanation:
      'TLC found a behaviour of the model that violates the named property, and prints it as a counterexample. ' +
      'Either the spec is wrong or the property asks too much.',
  },
  RC3002: {
    title: 'deadlock',
    explanation:
      'TLC found a state of the model in which no action is enabled. If the model is meant to end there, say ' +
      'CHECK_DEADLOCK FALSE in its configuration.',
  },
} as const satisfies CodeTable;
