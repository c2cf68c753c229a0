import type { RecordedEvent } from '../../traces/recording.ts';
import type { EngineVerdict } from '../verdict.ts';
import type { Chunk } from './chunks.ts';
import type { TlcResult } from './tlc-process.ts';
import { type Contents, rejectionOf } from './tlc-rejection.ts';
import { readWalk, type WalkReport } from './walk-report.ts';

/** What TLC was given to walk along. */
export interface Walk {
  /** In the order of their numbers in the generated module. */
  readonly chunks: readonly Chunk[];
  /** All events of the recording. */
  readonly events: readonly RecordedEvent[];
  readonly contents: Contents;
}

/**
 * What one run of TLC says of its chunks. They are accepted only on positive evidence: TLC ended well, and
 * RaftTrace.tla printed the number of every one. Of several that fail only the earliest counts, since those after it
 * start in states that nobody has reached.
 */
export function judgeWalk(
  result: Pick<TlcResult, 'end' | 'printed' | 'complaints' | 'stderr' | 'exitCode'>,
  walk: Walk,
): EngineVerdict {
  const report = readWalk(result.printed);
  const progress = `it had matched ${report.matched.size} events`;
  switch (result.end) {
    case 'noError':
      return judgeReport(report, walk);
    case 'budgetExhausted':
      return { verdict: 'inconclusive', code: 'RC4001', message: `TLC's time was up: ${progress}` };
    case 'aborted':
      return { verdict: 'inconclusive', code: 'RC4002', message: `TLC was stopped: ${progress}` };
    default:
      return { verdict: 'failed', code: 'RC5006', message: describeFailure(result, report, walk) };
  }
}

function judgeReport(report: WalkReport, walk: Walk): EngineVerdict {
  const failing = firstFailing(report, walk);
  if (failing === undefined) return { verdict: 'accepted' };
  const stuck = firstUnmatched(report, failing, walk);
  if (stuck !== undefined) {
    return { verdict: 'rejected', rejection: rejectionOf(stuck, report.differences, walk.contents) };
  }
  if (failing.end === undefined) {
    return {
      verdict: 'failed',
      code: 'RC5006',
      message: 'TLC matched every event and did not come to the end',
    };
  }
  const last = walk.events[failing.lastPosition];
  return {
    verdict: 'failed',
    code: 'RC5009',
    message: `the events up to ${last?.file}:${last?.line} lead to another state than the one at which they were cut`,
  };
}

function firstFailing({ consumed }: WalkReport, { chunks }: Walk): Chunk | undefined {
  return chunks.find((_, index) => !consumed.has(index + 1));
}

function firstUnmatched(
  { matched }: WalkReport,
  { firstPosition, lastPosition }: Chunk,
  { events }: Walk,
): RecordedEvent | undefined {
  return events.slice(firstPosition, lastPosition + 1).find(({ position }) => !matched.has(position));
}

function describeFailure(
  { complaints: [complaint], stderr, exitCode }: Pick<TlcResult, 'complaints' | 'stderr' | 'exitCode'>,
  report: WalkReport,
  walk: Walk,
): string {
  const failing = firstFailing(report, walk);
  const stuck = failing === undefined ? undefined : firstUnmatched(report, failing, walk);
  const at = stuck === undefined ? '' : ` at ${stuck.event.action}, ${stuck.file}:${stuck.line}`;
  const said = complaint?.message ?? (stderr.trim() || `it ended with ${exitCode ?? 'a signal'}`);
  const place = complaint?.module === undefined ? '' : ` (${complaint.module}.tla:${complaint.line})`;
  return `TLC failed${at}: ${said}${place}`;
}
