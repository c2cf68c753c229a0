import type { RecordedEvent } from './recording.ts';
import type { FileEvent } from './trace-file.ts';

/**
 * An event of a file, with its place in the run. Two literals, so that the events of a trace all have one layout where
 * no line has two actions.
 */
export function recordedEvent(
  { event, line, isFirstHalf }: FileEvent,
  position: number,
  file: string,
  origin: RecordedEvent['origin'],
): RecordedEvent {
  if (isFirstHalf) return { event, position, file, line, origin, isFirstHalf };
  return { event, position, file, line, origin };
}
