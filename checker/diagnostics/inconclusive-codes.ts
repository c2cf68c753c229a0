import type { CodeTable } from './code-table.ts';

/** RC4xxx: neither accepted nor rejected. An exhausted budget never counts as accepted. */
export const INCONCLUSIVE_CODES = {
  RC4001: {
    title: 'time budget exhausted',
    explanation:
      'The engine was stopped because its time was up. What it had looked at until then showed no fault, and that is ' +
      'all that can be said. Give it a larger --budget, or a smaller trace or model.',
  },
  RC4002: {
    title: 'interrupted',
    explanation: 'The check was stopped from outside before it came to a verdict. Run it again to get one.',
  },
  RC4010: {
    title: 'a property fails under the assumptions of the recording',
    explanation:
      'Every event is a step of the spec, and yet a property of Raft is violated. A whole run cannot do that; so it comes ' +
      'from what the recording assumes: the state it starts in, or the messages of servers that recorded nothing. ' +
      'Replay alone sees this: such a run is not accepted, whatever the other engines say of its steps. ' +
      'Record the run from its start and on all servers to find out which.',
  },
} as const satisfies CodeTable;
