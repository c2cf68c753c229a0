import type { Server } from '../../traces/trace-format.ts';
import type { RaftServer } from '../raft/raft-server.ts';
import type { Effects } from '../raft/state.ts';
import { catchViolation, type InvariantViolation } from './invariant-violation.ts';
import type { ClusterObserver } from './simulated-cluster.ts';
import type { SimulatedDisk } from './simulated-disk.ts';

/** Remembers the first property that a run violates, and lets the run go on unwatched. */
export class FirstViolation implements ClusterObserver {
  readonly #observer: ClusterObserver;
  #violation: InvariantViolation | undefined;

  constructor(observer: ClusterObserver) {
    this.#observer = observer;
  }

  get violation(): InvariantViolation | undefined {
    return this.#violation;
  }

  stepped(server: Server, raft: RaftServer, effects: Effects): void {
    this.#violation ??= catchViolation(() => this.#observer.stepped(server, raft, effects));
  }

  restarted(server: Server, raft: RaftServer): void {
    this.#violation ??= catchViolation(() => this.#observer.restarted(server, raft));
  }

  persisted(server: Server, disk: SimulatedDisk): void {
    this.#violation ??= catchViolation(() => this.#observer.persisted(server, disk));
  }
}
