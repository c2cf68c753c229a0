import type { EngineName, EngineVerdict, Rejection } from '../verdict.ts';

/** What each engine that ran said of one trace. */
export type EngineVerdicts = Readonly<Partial<Record<EngineName, EngineVerdict>>>;

/** What raftcheck says of one trace, once the engines' answers are held against each other. */
export type TraceVerdict =
  | { readonly verdict: 'accepted' }
  | { readonly verdict: 'rejected'; readonly rejection: Rejection }
  | { readonly verdict: 'inconclusive'; readonly code: string; readonly message: string }
  | { readonly verdict: 'failed'; readonly code: string; readonly message: string };

/**
 * Rules of the trace format about the identity of messages, which replay alone can hold: the spec's network is a bag of
 * contents, so where two messages say the same TLC takes one for the other.
 */
const IDENTITY_CODES: ReadonlySet<string> = new Set(['RC2004', 'RC2014', 'RC2029']);

/**
 * The verdict of a check is that of the strongest engine that ran: TLC asks whether the trace is a behaviour of
 * the spec, replay only holds it against the rules that it knows. Replay may accept what TLC rejects; it may
 * never reject what TLC accepts, not even by naming an earlier event: then raftcheck itself is wrong (RC5010).
 */
export function reconcile(engines: EngineVerdicts): TraceVerdict {
  const { replay, tlc } = engines;
  const failed = [tlc, replay].find((verdict) => verdict?.verdict === 'failed');
  if (failed !== undefined) return failed;
  if (replay !== undefined && tlc !== undefined) return reconcileBoth(replay, tlc);
  return tlc ?? replay ?? noEngineRan();
}

function reconcileBoth(replay: EngineVerdict, tlc: EngineVerdict): TraceVerdict {
  if (replay.verdict !== 'rejected') return tlc;
  if (IDENTITY_CODES.has(replay.rejection.code) && tlc.verdict !== 'rejected' && tlc.verdict !== 'failed')
    return replay;
  if (tlc.verdict === 'accepted') {
    return disagreement(`replay rejects ${placeOf(replay.rejection)}, and TLC accepts the trace up to it`);
  }
  if (tlc.verdict !== 'rejected') return replay;
  if (tlc.rejection.position > replay.rejection.position) {
    return disagreement(
      `replay rejects ${placeOf(replay.rejection)}, and TLC accepts that and rejects ${placeOf(tlc.rejection)}`,
    );
  }
  // Where both name the same event, replay knows the cause.
  return tlc.rejection.position < replay.rejection.position ? tlc : replay;
}

function placeOf({ action, file, line }: Rejection): string {
  return `${action} at ${file}:${line}`;
}

function disagreement(message: string): TraceVerdict {
  return { verdict: 'failed', code: 'RC5010', message: `the engines contradict each other: ${message}` };
}

function noEngineRan(): TraceVerdict {
  return { verdict: 'failed', code: 'RC5011', message: 'no engine ran, so nothing is known about the trace' };
}
