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
  RC3101: {
    title: 'no such step in the spec',
    explanation:
      'The trace is no behaviour of the spec: in the state that the events before it lead to, the spec does not allow ' +
      'the recorded action with the recorded choices. Where the replay engine rejects the same event, it names the cause.',
  },
  RC3102: {
    title: 'the step leads elsewhere',
    explanation:
      'The trace is no behaviour of the spec: the recorded action is allowed, but the spec gives a variable another ' +
      'value, creates another message, or releases other messages than the trace recorded. Both are printed.',
  },
} as const satisfies CodeTable;
