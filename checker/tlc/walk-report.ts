import { unescapeTlaString } from './tla-value-parser.ts';

/** What RaftTrace.tla printed while TLC walked along a trace. */
export interface WalkReport {
  /** The numbers of the chunks that were consumed whole, from 1. */
  readonly consumed: ReadonlySet<number>;
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
const MATCHED = /^<<"matched", (\d+)>>$/;
const DIFFERS = /^<<"differs", (\d+), "(\w+)", "(.*)">>$/;

/** Reads the lines that the spec printed; a line that was cut off proves nothing and is passed over. */
export function readWalk(printed: readonly string[]): WalkReport {
  const consumed = new Set<number>();
  const matched = new Set<number>();
  const differences: Difference[] = [];
  for (const line of printed) {
    const [, chunk] = CONSUMED.exec(line) ?? [];
    if (chunk !== undefined) consumed.add(Number(chunk));
    const [, position] = MATCHED.exec(line) ?? [];
    if (position !== undefined) matched.add(Number(position));
    const [, at, what, specified] = DIFFERS.exec(line) ?? [];
    if (what !== undefined && specified !== undefined)
      differences.push({ at: Number(at), what, specified: unescapeTlaString(specified) });
  }
  return { consumed, matched, differences };
}
