import type { Rejection } from '../verdict.ts';

/**
 * Rules of the trace format about the identity of messages, which replay alone can hold: the spec's network is a bag of
 * contents, so where two messages say the same the other engines take one for the other. What they make of the run after
 * that may be anything.
 */
const IDENTITY_CODES: ReadonlySet<string> = new Set(['RC2004', 'RC2014', 'RC2029']);

/** Whether replay rejects an event by a rule of which the spec knows nothing. */
export function breaksIdentityRule({ code }: Rejection): boolean {
  return IDENTITY_CODES.has(code);
}
