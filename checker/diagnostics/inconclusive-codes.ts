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
} as const satisfies CodeTable;
