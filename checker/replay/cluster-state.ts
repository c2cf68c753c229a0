import type { Entry, Message, MessageId, ObservedState, Server } from '../../traces/trace-format.ts';

/** What storage holds, or is asked to hold: `Written` in Persistence.tla. */
export interface WrittenState {
  readonly currentTerm: number;
  readonly votedFor: Server | null;
  readonly log: readonly Entry[];
}

/** A write handed to storage, and the messages that leave once it is durable. */
export interface PendingState {
  readonly write: WrittenState;
  readonly promised: readonly Message[];
}

/** Every variable of one server, disk and pending writes included. */
export interface FullServerState extends ObservedState {
  readonly log: readonly Entry[];
  readonly disk: WrittenState;
  /** Oldest first. */
  readonly pending: readonly PendingState[];
}

/**
 * The state of all servers between two events: a border where another engine may start or stop. What is in flight
 * is not in it, for that follows from the recording: what was created, released, received, dropped and duplicated.
 */
export interface ClusterState {
  /** How many events lie before it: the position of the next one. */
  readonly position: number;
  readonly servers: Readonly<Record<Server, FullServerState>>;
  /** Promises that waited when their sender crashed: they never left. */
  readonly lost: readonly MessageId[];
}
