import { unescapeTlaString } from './tla-value-parser.ts';

/** What RaftTrace.tla printed while TLC walked along a chunk. */
export interface WalkReport {
  /** Every event was matched, and the end is the one that was demanded. */
  readonly consumed: boolean;
  /** The positions of the events that were matched. */
  readonly matched: ReadonlySet<number>;
  /** Where a recorded value is not the spec's. */
  readonly differences: readonly Difference[];
}

/** A recorded value that is not what the spec says. */
export interface Difference {
  /** The position of the event. */
  readonly at: number;
  /** A variable of the server, `sends` or `releases`. */
  readonly what: string;
  /** The spec's value, as TLC prints it. */
  readonly specified: string;
}

const CONSUMED = /^<<"consumed", (\d+)>>$/;
const MATCHED = /^<<"matched", (\d+), (\d+)>>$/;
const DIFFERS = /^<<"differs", (\d+), (\d+), "(\w+)", "(.*)">>$/;

interface GrowingReport extends WalkReport {
  consumed: boolean;
  readonly matched: Set<number>;
  readonly differences: Difference[];
}

function emptyReport(): GrowingReport {
  return { consumed: false, matched: new Set(), differences: [] };
}

/**
 * Reads the lines that the spec printed; a line that was cut off proves nothing and is passed over.
 *
 * @param chunks how many there are
 * @returns a report for each, in the order of their numbers in the module
 */
export function readWalks(printed: readonly string[], chunks: number): readonly WalkReport[] {
  const reports = Array.from({ length: chunks }, emptyReport);
  const reportOf = (chunk: string | undefined) => reports[Number(chunk) - 1];
  for (const line of printed) {
    const consumed = CONSUMED.exec(line);
    const matched = MATCHED.exec(line);
    const differs = DIFFERS.exec(line);
    const report = reportOf((consumed ?? matched ?? differs)?.[1]);
    if (report === undefined) continue;
    if (consumed !== null) report.consumed = true;
    if (matched !== null) report.matched.add(Number(matched[2]));
    const [, , at, what, specified] = differs ?? [];
    if (what !== undefined && specified !== undefined) {
      report.differences.push({ at: Number(at), what, specified: unescapeTlaString(specified) });
    }
  }
  return reports;
}
