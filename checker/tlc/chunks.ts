import type { ClusterState } from '../replay/cluster-state.ts';

/**
 * A part of a recording that TLC walks on its own: from one border to the next. Nobody needs to trust a border, for
 * the part before it must end there.
 */
export interface Chunk {
  /** Positions of recorded events. */
  readonly firstPosition: number;
  readonly lastPosition: number;
  /** The state it starts in; absent where it starts as Raft does. */
  readonly start?: ClusterState;
  /** The state it must end in, which is the next one's start; absent in the last chunk. */
  readonly end?: ClusterState;
}

/** How a recording may be cut. */
export interface Cutting {
  /** Chunks that TLC walks side by side. */
  readonly workers: number;
  /** A shorter chunk costs more than it gains. */
  readonly minEventsPerChunk: number;
  /** What one JVM holds at a time. */
  readonly maxEventsPerRun: number;
}

/**
 * Cuts the events 0 to `events - 1` at some of the borders that there are.
 *
 * @param start the state before event 0; absent where that is the initial state of Raft
 * @returns the runs of TLC, one after the other, each with its chunks
 */
export function planRuns(
  events: number,
  start: ClusterState | undefined,
  borders: readonly ClusterState[],
  { workers, minEventsPerChunk, maxEventsPerRun }: Cutting,
): Chunk[][] {
  const runs = Math.ceil(events / maxEventsPerRun);
  const eventsPerRun = Math.ceil(events / runs);
  const chunksPerRun = Math.max(1, Math.min(workers, Math.floor(eventsPerRun / minEventsPerChunk)));
  const cuts = chooseCuts(events, runs * chunksPerRun, borders);
  const starts = [start, ...cuts];
  const chunks = starts.map((from, index): Chunk => {
    const to = cuts[index];
    return {
      firstPosition: index === 0 ? 0 : (from?.position ?? 0),
      lastPosition: (to?.position ?? events) - 1,
      ...(from === undefined ? {} : { start: from }),
      ...(to === undefined ? {} : { end: to }),
    };
  });
  return Array.from({ length: Math.ceil(chunks.length / chunksPerRun) }, (_, run) =>
    chunks.slice(run * chunksPerRun, (run + 1) * chunksPerRun),
  );
}

/** The borders nearest to where equal parts would end; fewer if there are not enough. */
function chooseCuts(events: number, parts: number, borders: readonly ClusterState[]): ClusterState[] {
  const usable = borders.filter(({ position }) => position > 0 && position < events);
  const cuts = new Set<ClusterState>();
  for (let part = 1; part < parts; part++) {
    const ideal = (events * part) / parts;
    const nearest = usable.reduce<ClusterState | undefined>((best, border) => {
      const closer =
        best === undefined || Math.abs(border.position - ideal) < Math.abs(best.position - ideal);
      return closer ? border : best;
    }, undefined);
    if (nearest !== undefined) cuts.add(nearest);
  }
  return [...cuts].sort((a, b) => a.position - b.position);
}
