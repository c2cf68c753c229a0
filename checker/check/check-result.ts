import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ExitCode } from '../exit-codes.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import type { EngineName, Rejection } from '../verdict.ts';
import { withAgain } from './again.ts';
import type { UserSpec } from './user-spec.ts';

/** `malformed`: the trace cannot be read, so there is nothing to judge. `failed`: a tool is at fault. */
export type Outcome = 'accepted' | 'rejected' | 'inconclusive' | 'malformed' | 'failed';

/** What one engine said, as it is printed. */
export interface EngineResult {
  readonly verdict: 'accepted' | 'rejected' | 'inconclusive' | 'failed';
  /** Why, where it is not accepted. */
  readonly code?: string;
  readonly message?: string;
  /** The event that this engine rejects. */
  readonly file?: string;
  readonly line?: number;
}

/** What is said of one trace. */
export interface TraceResult {
  /** As the user named it: a file, a folder of one run, or `-`. */
  readonly path: string;
  /** How many events were judged. */
  readonly events: number;
  readonly verdict: Outcome;
  /** The engines that ran. An engine that is absent did not. */
  readonly engines: Readonly<Partial<Record<EngineName, EngineResult>>>;
  readonly rejection?: Rejection;
  /** Why the trace is malformed, or the check inconclusive or failed. */
  readonly error?: Diagnostic;
  /** What the verdict rests on: what was not observed, assumed, cut off, or not run. */
  readonly notes: readonly Diagnostic[];
  /** Where the engines' outputs were kept, if they contradict each other. */
  readonly kept?: string;
}

/** The result of `raftcheck check`, as `--format json` prints it; docs/check-result.md describes it. */
export interface CheckResult {
  readonly format: 'raftcheck-check';
  readonly version: 1;
  readonly verdict: Outcome;
  readonly traces: readonly TraceResult[];
  /** What the traces were held against, if it is not the package's own spec. */
  readonly spec?: UserSpec;
}

/** From what must be mended first to all is well: the verdict over many traces is the first that occurs. */
const BY_URGENCY = ['failed', 'malformed', 'rejected', 'inconclusive', 'accepted'] as const;

/**
 * The verdict over all traces: accepted only if every single one is.
 *
 * @throws if there is no trace: nothing was shown, so nothing is accepted
 */
export function checkResult(traces: readonly TraceResult[], spec?: UserSpec): CheckResult {
  const verdict = BY_URGENCY.find((outcome) => traces.some((trace) => trace.verdict === outcome));
  if (verdict === undefined) throw new Error('a check of no traces has no verdict');
  return {
    format: 'raftcheck-check',
    version: 1,
    verdict,
    traces: traces.map(withCommand),
    ...(spec === undefined ? {} : { spec }),
  };
}

function withCommand(trace: TraceResult): TraceResult {
  const { path, rejection } = trace;
  return rejection === undefined ? trace : { ...trace, rejection: withAgain(rejection, path) };
}

const EXIT_CODE_OF: Readonly<Record<Outcome, ExitCode>> = {
  accepted: EXIT_CODES.ok,
  rejected: EXIT_CODES.rejected,
  inconclusive: EXIT_CODES.inconclusive,
  malformed: EXIT_CODES.malformed,
  failed: EXIT_CODES.toolFailed,
};

/** The exit code that a verdict leads to. */
export function exitCodeOfOutcome(outcome: Outcome): ExitCode {
  return EXIT_CODE_OF[outcome];
}
