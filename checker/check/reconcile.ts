import type { EngineName, EngineVerdict, Rejection } from '../verdict.ts';
import { breaksIdentityRule } from './identity-rules.ts';

/** What each engine that ran said of one trace. */
export type EngineVerdicts = Readonly<Partial<Record<EngineName, EngineVerdict>>>;

/** What raftcheck says of one trace, once the engines' answers are held against each other. */
export type TraceVerdict = EngineVerdict;

const TITLES: Readonly<Record<EngineName, string>> = { replay: 'replay', native: 'native', tlc: 'TLC' };

/** An engine's answer to whether the trace is a behaviour of the spec. */
interface Answer {
  readonly by: EngineName;
  readonly verdict: EngineVerdict;
}

/**
 * The verdict of a check is that of the strongest engines that ran: native and TLC ask whether the trace is a behaviour
 * of the spec, replay only holds it against the rules that it knows. So native and TLC must come to the same verdict and
 * the same event. Replay may accept what they reject; it may never reject what they accept, not even by naming an
 * earlier event. Else raftcheck itself is wrong (RC5010). An engine that came to no verdict contradicts none.
 *
 * Two things replay alone can know, and they stand: that an event breaks a rule about the ids of messages, and that a
 * property of Raft fails in a run whose every event is a step of the spec (RC4010).
 */
export function reconcile({ replay, native, tlc }: EngineVerdicts): TraceVerdict {
  const failed = [tlc, native, replay].find((verdict) => verdict?.verdict === 'failed');
  if (failed !== undefined) return failed;
  const strong = reconcileEquals(
    native && { by: 'native', verdict: native },
    tlc && { by: 'tlc', verdict: tlc },
  );
  if (strong === undefined) return replay ?? noEngineRan();
  if (replay === undefined || strong.verdict.verdict === 'failed') return strong.verdict;
  return reconcileWeaker(replay, strong);
}

/** Either may be absent: then the other's answer stands. */
function reconcileEquals(native: Answer | undefined, tlc: Answer | undefined): Answer | undefined {
  if (native === undefined || tlc === undefined) return native ?? tlc;
  if (tlc.verdict.verdict === 'inconclusive') return native;
  if (native.verdict.verdict === 'inconclusive') return tlc;
  // Where both name the same event, native knows the cause.
  if (positionOf(native.verdict) === positionOf(tlc.verdict)) return native;
  return {
    by: 'native',
    verdict: disagreement(`native ${saidOf(native.verdict)}, and TLC ${saidOf(tlc.verdict)}`),
  };
}

function reconcileWeaker(replay: EngineVerdict, { by, verdict: strong }: Answer): TraceVerdict {
  if (replay.verdict !== 'rejected') {
    return strong.verdict === 'accepted' && failsProperty(replay) ? replay : strong;
  }
  const { rejection } = replay;
  if (breaksIdentityRule(rejection) && !rejectsUpTo(strong, rejection.position)) return replay;
  if (strong.verdict === 'accepted') {
    return disagreement(`replay ${saidOf(replay)}, and ${TITLES[by]} accepts the trace up to it`);
  }
  if (strong.verdict !== 'rejected') return replay;
  if (strong.rejection.position > rejection.position) {
    return disagreement(`replay ${saidOf(replay)}, and ${TITLES[by]} accepts that and ${saidOf(strong)}`);
  }
  if (strong.rejection.position < rejection.position) return strong;
  return by === 'native' ? { verdict: 'rejected', rejection: together(strong.rejection, rejection) } : replay;
}

/** No run of Raft has this, though each step is one of the spec: what the recording assumes is wrong. */
function failsProperty(replay: EngineVerdict): boolean {
  return replay.verdict === 'inconclusive' && replay.code === 'RC4010';
}

function rejectsUpTo(verdict: EngineVerdict, position: number): boolean {
  return verdict.verdict === 'rejected' && verdict.rejection.position <= position;
}

/** Where both reject the same event, native knows what the spec says of it, and replay which rule of Raft it breaks. */
export function together(native: Rejection, replay: Rejection): Rejection {
  const conjunct = native.conjunct ?? replay.conjunct;
  return {
    ...native,
    ...(conjunct === undefined ? {} : { conjunct }),
    rule: { code: replay.code, message: replay.message },
  };
}

/** The event that a verdict names; undefined where it names none. */
function positionOf(verdict: EngineVerdict): number | undefined {
  return verdict.verdict === 'rejected' ? verdict.rejection.position : undefined;
}

function saidOf(verdict: EngineVerdict): string {
  if (verdict.verdict !== 'rejected') return 'accepts the trace';
  const { action, file, line } = verdict.rejection;
  return `rejects ${action} at ${file}:${line}`;
}

function disagreement(message: string): TraceVerdict {
  return { verdict: 'failed', code: 'RC5010', message: `the engines contradict each other: ${message}` };
}

function noEngineRan(): TraceVerdict {
  return { verdict: 'failed', code: 'RC5011', message: 'no engine ran, so nothing is known about the trace' };
}
