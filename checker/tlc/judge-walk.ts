import type { RecordedEvent } from '../../traces/recording.ts';
import type { EngineVerdict } from '../verdict.ts';
import type { Chunk } from './chunks.ts';
import type { TlcResult } from './tlc-process.ts';
import { type Contents, rejectionOf } from './tlc-rejection.ts';
import type { WalkReport } from './walk-report.ts';

/** A part of a recording, and what TLC's walk along it printed. */
export interface WalkedChunk {
  readonly chunk: Chunk;
  readonly report: WalkReport;
}

const MAX_MESSAGE_LENGTH = 500;

/** What TLC was given to walk along: consecutive chunks of one recording. */
export interface Walk {
  readonly chunks: readonly WalkedChunk[];
  /** All events of the recording. */
  readonly events: readonly RecordedEvent[];
  readonly contents: Contents;
}

/** How TLC ended, as far as a verdict depends on it. */
export type WalkEnd = Pick<TlcResult, 'end' | 'complaints' | 'stderr' | 'exitCode'>;

/**
 * What one run of TLC says of its chunks. They are accepted only on positive evidence: TLC ended well, and
 * RaftTrace.tla printed the number of every one. Of several that fail only the earliest counts, since those after it
 * start in states that nobody has reached.
 */
export function judgeWalk(end: WalkEnd, walk: Walk): EngineVerdict {
  const matched = walk.chunks.reduce((sum, { report }) => sum + report.matched.size, 0);
  switch (end.end) {
    case 'noError':
      return judgeChunks(walk);
    case 'budgetExhausted':
      return {
        verdict: 'inconclusive',
        code: 'RC4001',
        message: `TLC's time was up: it had matched ${matched} events`,
        events: matched,
      };
    case 'aborted':
      return {
        verdict: 'inconclusive',
        code: 'RC4002',
        message: `TLC was stopped: it had matched ${matched} events`,
        events: matched,
      };
    default: {
      const message = describeFailure(end, walk);
      // The trace's numbers are within the format's limit, but what is computed with them is not.
      return isOverflow(end)
        ? { verdict: 'inconclusive', code: 'RC4101', message }
        : { verdict: 'failed', code: 'RC5006', message };
    }
  }
}

function judgeChunks(walk: Walk): EngineVerdict {
  const failing = firstFailing(walk);
  if (failing === undefined) return { verdict: 'accepted' };
  const stuck = firstUnmatched(failing, walk);
  if (stuck !== undefined) {
    return {
      verdict: 'rejected',
      rejection: rejectionOf(stuck, failing.report.differences, walk.contents),
    };
  }
  if (failing.chunk.end === undefined) {
    return {
      verdict: 'failed',
      code: 'RC5006',
      message: 'TLC matched every event and did not come to the end',
    };
  }
  const last = walk.events[failing.chunk.lastPosition];
  return {
    verdict: 'failed',
    code: 'RC5009',
    message: `the events up to ${last?.file}:${last?.line} lead to another state than the one at which they were cut`,
  };
}

/** TLC has no code of its own for it. */
function isOverflow({ end, complaints }: WalkEnd): boolean {
  return (
    end === 'evaluationError' && complaints.some(({ message }) => message.includes('Overflow when computing'))
  );
}

function firstFailing({ chunks }: Walk): WalkedChunk | undefined {
  return chunks.find(({ report }) => !report.consumed);
}

/** The first event that TLC could not match; undefined if it matched all of the chunk. */
function firstUnmatched({ chunk, report }: WalkedChunk, { events }: Walk): RecordedEvent | undefined {
  return events
    .slice(chunk.firstPosition, chunk.lastPosition + 1)
    .find(({ position }) => !report.matched.has(position));
}

function describeFailure({ complaints: [complaint], stderr, exitCode }: WalkEnd, walk: Walk): string {
  const failing = firstFailing(walk);
  const stuck = failing === undefined ? undefined : firstUnmatched(failing, walk);
  const at = stuck === undefined ? '' : ` at ${stuck.event.action}, ${stuck.file}:${stuck.line}`;
  const all = complaint?.message ?? (stderr.trim() || `it ended with ${exitCode ?? 'a signal'}`);
  // What was kept has Java's stack too.
  const said = all.split(/\n\s*at /)[0]?.slice(0, MAX_MESSAGE_LENGTH);
  const place = complaint?.module === undefined ? '' : ` (${complaint.module}.tla:${complaint.line})`;
  return `TLC failed${at}: ${said}${place}`;
}
