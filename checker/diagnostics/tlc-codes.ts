import type { CodeTable } from './code-table.ts';

/** RC3xxx: a trace is rejected by TLC or the native engine, or a property of a model is violated. */
export const TLC_CODES = {
  RC3001: {
    title: 'property violated',
    explanation:
      'A behaviour of the model violates the named property; it is printed as a counterexample. ' +
      'Either the spec is wrong or the property asks too much.',
  },
  RC3002: {
    title: 'deadlock',
    explanation:
      'In a state of the model no action is enabled. If the model is meant to end there, say ' +
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
