import { TLC_CODE } from './tlc-messages.ts';
import type { TlcComplaint, TlcReport } from './tlc-report.ts';
import { isAboutSpec } from './unexpected-exception.ts';

/** How TLC ended. */
export type TlcEnd =
  /** The search is complete and nothing was violated. */
  | 'noError'
  /** Something was violated: `violation` says what. */
  | 'violated'
  /** The spec cannot be parsed: `complaints` say where. */
  | 'specError'
  /** The configuration does not fit the spec. */
  | 'configError'
  /** An expression cannot be evaluated. */
  | 'evaluationError'
  /** The budget ran out and TLC was stopped. */
  | 'budgetExhausted'
  /** The signal was aborted and TLC was stopped. */
  | 'aborted'
  /** TLC failed in another way. */
  | 'crashed';

/** What of a report tells how TLC ended. */
type Told = Pick<TlcReport, 'complaints' | 'counts' | 'isComplete' | 'violation'>;

/**
 * How TLC ended that was not stopped. Its exit codes are those of tlc2.output.EC.ExitStatus, but 0 proves nothing: it is
 * also that of a run that gave up, such as where a temporal property has no value in an initial state.
 */
export function classifyEnd(exitCode: number | null, report: Told): TlcEnd {
  switch (exitCode) {
    case 0:
      // With -continue TLC ends with 0 in spite of violations.
      if (report.violation !== undefined) return 'violated';
      return foundNoError(report) ? 'noError' : endOfComplaints(report);
    case 10:
      return 'configError';
    case 11:
    case 12:
    case 13:
      return report.violation === undefined ? 'crashed' : 'violated';
    case 75:
    case 76:
    case 77:
      return 'evaluationError';
    case 150:
      return 'specError';
    case 151:
      return 'configError';
    default:
      return endOfComplaints(report);
  }
}

/** It says so, complains of nothing, and has looked at every state that it found. */
function foundNoError({ isComplete, complaints, counts }: Told): boolean {
  return isComplete && complaints.length === 0 && (counts === undefined || counts.queue === 0);
}

/** An unreadable configuration file, and some errors of evaluation, end with 255 like a crash, and some with 0. */
function endOfComplaints({ complaints }: Told): TlcEnd {
  if (complaints.some(({ message }) => message.includes('ConfigFileException'))) return 'configError';
  return complaints.some(blamesTheSpec) ? 'evaluationError' : 'crashed';
}

const STATE_FAILED: ReadonlySet<number> = new Set([
  TLC_CODE.initialStateFailed,
  TLC_CODE.successorIncomplete,
]);

/** Only errors of evaluation name positions in the spec, but not all of them do. */
function blamesTheSpec({ code, message, module }: TlcComplaint): boolean {
  if (module !== undefined || STATE_FAILED.has(code)) return true;
  return code === TLC_CODE.general && isAboutSpec(message);
}
