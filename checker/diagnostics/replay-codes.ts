import type { CodeTable } from './code-table.ts';

/** RC2xxx: the replay engine rejects a trace. */
export const REPLAY_CODES = {} as const satisfies CodeTable;
