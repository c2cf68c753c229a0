/**
 * The places where a server process can be made to kill itself with SIGKILL, just before or in the middle of the
 * named step. They lie between the effects that must come in order: the trace's line, the write, its fsync, the
 * record of that, and the messages that it releases.
 */
export const CRASH_POINTS = {
  'torn-trace': 'in the middle of the line that records an event',
  write: 'after the line that records an event, before the write that belongs to it',
  'torn-write': 'in the middle of a write',
  fsync: 'between a write and its fsync',
  'persist-record': 'between an fsync and the line that records it',
  release: 'after the line that records an fsync, before the messages that it releases',
} as const;

export type CrashPoint = keyof typeof CRASH_POINTS;

export function isCrashPoint(name: unknown): name is CrashPoint {
  return typeof name === 'string' && Object.hasOwn(CRASH_POINTS, name);
}

/** A crash that waits for the process to come to its place. */
export class Crash {
  #armed: CrashPoint | undefined;

  /** The process dies when it next comes to this point. */
  arm(point: CrashPoint): void {
    this.#armed = point;
  }

  isArmed(point: CrashPoint): boolean {
    return this.#armed === point;
  }

  /** Dies here, if this is the place. No handler runs and nothing is flushed: it is what kill -9 does. */
  reach(point: CrashPoint): void {
    if (this.#armed === point) process.kill(process.pid, 'SIGKILL');
  }
}
