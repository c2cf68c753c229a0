import { TraceError, type TracePlace } from './trace-error.ts';
import type { Header, Server, ServerTraceEvent } from './trace-format.ts';

/** Holds every server's `seq` to counting without gaps. */
export class SequenceCheck {
  readonly #last = new Map<Server, number>();
  readonly #startsAnywhere: boolean;

  constructor(header: Header) {
    this.#startsAnywhere = header.initial !== undefined;
  }

  /** @throws TraceError RC1012 */
  check({ server, seq }: ServerTraceEvent, place: TracePlace): void {
    const last = this.#last.get(server);
    this.#last.set(server, seq);
    if (last === undefined ? this.#startsAnywhere || seq === 1 : seq === last + 1) return;
    throw new TraceError(
      'RC1012',
      last === undefined
        ? `the first event of ${server} has seq ${seq}, expected 1`
        : `the event of ${server} has seq ${seq}, expected ${last + 1}`,
      place,
      last === undefined
        ? 'A recording that starts in mid-life says so by `initial` in its header.'
        : undefined,
    );
  }
}
