import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync } from 'node:fs';
import { ClusterError } from './cluster-error.ts';
import { property } from './message-check.ts';

/** What a server's own trace says about its life so far. */
export interface TracedLife {
  /** False where the file is new, or the process died before its header was written whole. */
  readonly hasHeader: boolean;
  /** How many events there are; the last one's seq. */
  readonly events: number;
  /** How many writes the trace knows to be durable: those that its Persist and Restart events cover. */
  readonly durableWrites: number;
  /** How many writes the trace knows of beyond those: some of them may have reached the disk. */
  readonly pendingWrites: number;
}

const NEWLINE = 0x0a;

/**
 * Reads back what a server recorded before it was killed, and cuts off a last line that is not whole. The event of
 * such a line never took effect, for a line is handed to the kernel before the write or the message that belongs to it.
 *
 * @throws ClusterError RC5204 where a whole line is no event
 */
export function continueTrace(path: string): TracedLife {
  if (!existsSync(path)) return { hasHeader: false, events: 0, durableWrites: 0, pendingWrites: 0 };
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  if (end < bytes.length) cutFile(path, end);
  const lines = bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
  let durableWrites = 0;
  let pendingWrites = 0;
  for (const line of lines.slice(1)) {
    const event = parseEvent(line, path);
    const completed = property(property(event, 'args'), 'writes');
    switch (property(event, 'action')) {
      case 'Persist':
        durableWrites += Number(completed);
        pendingWrites -= Number(completed);
        break;
      case 'Restart':
        // What survived is the new disk, the rest is lost.
        durableWrites += Number(completed);
        pendingWrites = 0;
        break;
      default:
        if (queuesWrite(event)) pendingWrites += 1;
    }
  }
  return { hasHeader: lines.length > 0, events: Math.max(0, lines.length - 1), durableWrites, pendingWrites };
}

/** Every event that changes the term, the vote or the log hands one write to storage. */
function queuesWrite(event: unknown): boolean {
  const state = property(event, 'state');
  return (
    property(event, 'log') !== undefined ||
    property(state, 'currentTerm') !== undefined ||
    property(state, 'votedFor') !== undefined
  );
}

function parseEvent(line: string, path: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new ClusterError('RC5204', `the trace has a line that is no event: ${line.slice(0, 80)}`, path);
  }
}

function cutFile(path: string, end: number): void {
  const fd = openSync(path, 'r+');
  ftruncateSync(fd, end);
  fsyncSync(fd);
  closeSync(fd);
}
