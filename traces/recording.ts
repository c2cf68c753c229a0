import type { TraceError } from './trace-error.ts';
import type { Header, TraceEvent } from './trace-format.ts';

/** An event with its place: what the engines take and what a rejection names. */
export interface RecordedEvent {
  readonly event: TraceEvent;
  /** 0, 1, 2, ... in the order in which the engines see the events. */
  readonly position: number;
  /** The file that recorded the event, `-` for standard input. */
  readonly file: string;
  /** The line in that file, from 1. */
  readonly line: number;
  /**
   * Where the message that is received comes from:
   * `sent`: an event of this recording created it, this is its first receive (or a recorded copy's);
   * `repeated`: it was received before and no DuplicateMessage was recorded: the network duplicated it;
   * `environment`: an unrecorded server, or a time before the recording, created it.
   * `none`: the event receives nothing.
   */
  readonly origin: 'none' | 'sent' | 'repeated' | 'environment';
  /** The first of two actions of one line: the server's next event stands on the same line. */
  readonly isFirstHalf?: true;
}

/** How a recording ended. */
export interface Ending {
  readonly events: number;
  /** Files without an end line, and archives without their end: the recording was cut off there. */
  readonly cutOff: readonly string[];
  /** Those of them that are archives and end in their midst, whatever their last line says. */
  readonly truncatedArchives?: readonly string[];
}

/**
 * One run, from one merged file or from a file for each server, already in
 * causal order. `events` yields batches so that a long trace costs no promise
 * an event; it throws a TraceError where the recording is malformed.
 */
export interface Recording {
  readonly header: Header;
  readonly events: AsyncIterable<readonly RecordedEvent[]>;
  /** Known once `events` has ended. */
  readonly ending: () => Ending;
  /**
   * The fault of an archive that was read in part only: then nothing that was read from it can be relied on. A stream
   * is not looked at, for it cannot be read again.
   */
  readonly damage?: () => Promise<TraceError | undefined>;
}
