import type { REPLAY_CODES } from '../diagnostics/replay-codes.ts';
import type { ConjunctLabel } from './conjuncts.ts';

/** A rule that the event under check breaks; its place in the trace is the engine's to add. */
export interface Violation {
  readonly code: keyof typeof REPLAY_CODES;
  readonly conjunct: ConjunctLabel;
  readonly message: string;
  readonly variable?: string;
  readonly expected?: unknown;
  readonly recorded?: unknown;
  /** What would have been allowed, in words. */
  readonly allowed?: string;
}
