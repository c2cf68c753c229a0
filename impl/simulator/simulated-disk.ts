import type { Entry, Index, Server, Term } from '../../traces/trace-format.ts';
import type { Write } from '../raft/state.ts';

/** What a crash leaves of a server's persistent state. */
export interface Survivor {
  readonly currentTerm: Term;
  readonly votedFor: Server | null;
  readonly log: readonly Entry[];
  /** How many of the pending writes survived, the last one possibly torn. */
  readonly writes: number;
}

/**
 * A server's disk and the writes under way to it: spec/raft/Persistence.tla's `disk` and `pending`. The log is kept
 * once, with the pending writes as changes of it, so that a write costs what it appends.
 */
export class SimulatedDisk {
  currentTerm: Term = 0;
  votedFor: Server | null = null;
  readonly log: Entry[] = [];
  readonly pending: Write[] = [];

  handOver(writes: readonly Write[]): void {
    this.pending.push(...writes);
  }

  /** The oldest `count` pending writes reach the disk. */
  complete(count: number): void {
    for (const write of this.pending.splice(0, count)) this.#apply(write, write.append.length);
  }

  /**
   * The lengths at which the log of the `count`-th pending write may be torn: it is cut back before it grows.
   *
   * @returns the least and the greatest length
   */
  tornLengths(count: number): readonly [Index, Index] {
    const write = this.pending[count - 1];
    return write === undefined
      ? [this.log.length, this.log.length]
      : [write.keep, write.keep + write.append.length];
  }

  /** A crash: `count` pending writes survive, of the last one's entries only `entries`; the others are lost. */
  crash(count: number, entries: number): Survivor {
    const surviving = this.pending.slice(0, count);
    for (const [position, write] of surviving.entries()) {
      this.#apply(write, position === count - 1 ? entries : write.append.length);
    }
    this.pending.length = 0;
    return {
      currentTerm: this.currentTerm,
      votedFor: this.votedFor,
      log: this.log.slice(),
      writes: count,
    };
  }

  #apply(write: Write, entries: number): void {
    this.currentTerm = write.currentTerm;
    this.votedFor = write.votedFor;
    this.log.length = write.keep;
    for (const entry of write.append.slice(0, entries)) this.log.push(entry);
  }
}
