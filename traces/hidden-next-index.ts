import type { Server, TraceEvent } from './trace-format.ts';

/**
 * Whose nextIndex a recording has hidden and not shown since. Before an event that shows it again RaftTrace.tla takes a
 * step of its own, LearnNextIndex.
 */
export class HiddenNextIndex {
  readonly #servers = new Set<Server>();

  /** What the event tells of a nextIndex that earlier ones have hidden; undefined if it is none of that. */
  shownBy(event: TraceEvent): Readonly<Record<Server, number>> | undefined {
    if (this.#servers.size === 0 || !('server' in event) || hidesNextIndex(event)) return undefined;
    return this.#servers.has(event.server) ? event.state?.nextIndex : undefined;
  }

  /** Takes the next event. */
  take(event: TraceEvent): void {
    if (!('server' in event)) return;
    if (hidesNextIndex(event)) this.#servers.add(event.server);
    else if (event.state?.nextIndex !== undefined) this.#servers.delete(event.server);
  }
}

/** Whether an event leaves out what became of nextIndex. */
export function hidesNextIndex(event: TraceEvent): boolean {
  return 'server' in event && event.unobserved?.includes('nextIndex') === true;
}
