import type { CodeTable } from './code-table.ts';

/** RC428x: what the native engine leaves open about a model. */
export const MODEL_CODES = {
  RC4280: {
    title: 'not every property was checked',
    explanation:
      'The native engine searched every state and found no violation, but it cannot check some property of infinite ' +
      'behaviours (<>, ~>, WF, SF): because of its form, or under a VIEW without which there are too many states. `notChecked` says which, and why. ' +
      'TLC may check it: --engine tlc.',
  },
  RC4281: {
    title: 'a statement of the configuration that the native engine does not support',
    explanation:
      'The message names the statement, such as POSTCONDITION, or a value for an operator of a standard module. TLC may know it.',
  },
  RC4282: {
    title: 'the budget of memory or states is exhausted',
    explanation:
      'The search was stopped because it would have taken more memory or states than allowed. What it had looked at ' +
      'until then showed no fault. Give it more with --memory, or make the model smaller.',
  },
  RC4283: {
    title: 'only random behaviours were looked at',
    explanation:
      'Simulation found no violation in the behaviours that it drew; there may be one in another. Without --simulate ' +
      'every state is looked at.',
  },
  RC4284: {
    title: 'a counterexample that cannot be written as a trace',
    explanation:
      'A trace records the events of the Raft spec from a state in which no message is under way. The message says what ' +
      'does not fit. --as itf writes any counterexample.',
  },
} as const satisfies CodeTable;
