import { type FSWatcher, statSync, watch } from 'node:fs';

/** Why a recording is followed no further, its end aside. */
export type FollowEnd = 'interrupted' | 'idle' | 'closed';

export interface FollowOptions {
  /** Milliseconds without growth after which the recording is taken to be over; it is waited for ever if absent. */
  readonly idleMs?: number;
  /** Milliseconds after which files are looked at again, whatever the file system tells. */
  readonly pollMs?: number;
}

const POLL_MS = 100;

/**
 * Waits for the files of one run to grow. What the file system tells about changes only shortens the wait: some file systems
 * tell nothing.
 */
export class Follower {
  readonly #idleMs: number;
  readonly #pollMs: number;
  /** The sizes that were seen last, in bytes. */
  readonly #sizes = new Map<string, number>();
  readonly #watchers: FSWatcher[] = [];
  readonly #waiting = new Set<() => void>();
  #end: FollowEnd | undefined;
  #grownAtMs = performance.now();

  constructor({ idleMs = Number.POSITIVE_INFINITY, pollMs = POLL_MS }: FollowOptions = {}) {
    this.#idleMs = idleMs;
    this.#pollMs = pollMs;
  }

  /** Undefined for as long as it goes on: the files are then read up to where they are. */
  get end(): FollowEnd | undefined {
    return this.#end;
  }

  /** Looks at this file or folder too. */
  add(path: string): void {
    if (this.#sizes.has(path) || this.#end !== undefined) return;
    this.#sizes.set(path, sizeOf(path));
    try {
      const watcher = watch(path, { persistent: false }, () => this.#wake());
      watcher.on('error', () => watcher.close());
      this.#watchers.push(watcher);
    } catch {
      // Polling alone does as well, a little later.
    }
  }

  /** Something was read: the time without growth begins anew. */
  noteGrowth(): void {
    this.#grownAtMs = performance.now();
  }

  /** Ends the following; whoever waits goes on at once. */
  stop(reason: FollowEnd = 'closed'): void {
    this.#end ??= reason;
    for (const watcher of this.#watchers.splice(0)) watcher.close();
    this.#wake();
  }

  /** Until something may have grown, or it is over; no longer than a poll takes. */
  async wait(): Promise<void> {
    this.#lookAround();
    const idleLeftMs = this.#grownAtMs + this.#idleMs - performance.now();
    if (idleLeftMs <= 0) this.stop('idle');
    if (this.#end !== undefined) return;
    await new Promise<void>((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        this.#waiting.delete(finish);
        resolve();
      };
      const timer = setTimeout(finish, Math.min(this.#pollMs, idleLeftMs));
      this.#waiting.add(finish);
    });
  }

  /** A result, or undefined if the following ends before it is there. */
  async race<T>(result: Promise<T>): Promise<T | undefined> {
    let isThere = false;
    const note = () => {
      isThere = true;
      this.#wake();
    };
    result.then(note, note);
    // A result that is there already needs no poll.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (!isThere && this.#end === undefined) await this.wait();
    return isThere ? result : undefined;
  }

  /** One file may wait for another: what grows need not be what is read next. */
  #lookAround(): void {
    for (const [path, size] of this.#sizes) {
      const now = sizeOf(path);
      if (now === size) continue;
      this.#sizes.set(path, now);
      this.noteGrowth();
    }
  }

  #wake(): void {
    for (const finish of [...this.#waiting]) finish();
  }
}

/** Of what is not there, -1. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? -1;
}
