import type { RecordedEvent } from '../../traces/recording.ts';
import type { Header, ServerTraceEvent } from '../../traces/trace-format.ts';
import type { Rejection } from '../verdict.ts';
import { borderOf } from './border.ts';
import { Cluster } from './cluster.ts';
import type { ClusterState } from './cluster-state.ts';
import { conjunctOf } from './conjuncts.ts';
import {
  becomeLeader,
  handleRequestVoteRequest,
  handleRequestVoteResponse,
  requestVote,
  timeout,
} from './election.ts';
import { hideNextIndex, learnNextIndex } from './hidden-next-index.ts';
import { dropMessage, duplicateMessage } from './network.ts';
import { showsState } from './observation.ts';
import { persist, restart } from './persistence.ts';
import {
  advanceCommitIndex,
  appendEntries,
  appendNoOp,
  clientRequest,
  handleAppendEntriesRequest,
  handleAppendEntriesResponse,
} from './replication.ts';
import { lastNode, type ServerState, VARIABLE_BITS } from './state.ts';
import type { Violation } from './violation.ts';

/**
 * Re-executes the spec's actions, event by event, and holds what was recorded against what they do. Synchronous, and
 * O(entries in the message) an event; holds the live logs, the promises that wait, and the ids of those that crashes
 * lost; else nothing of the past.
 */
export class ReplayEngine {
  readonly #cluster: Cluster;
  #events = 0;
  /** Whether the run rests on nothing but its own events: then TLC's models vouch for the properties. */
  #isClosed: boolean;
  #finding: Rejection | undefined;

  constructor(header: Header) {
    this.#cluster = new Cluster(header);
    this.#isClosed = header.initial === undefined && (header.unrecorded ?? []).length === 0;
  }

  /** How many events were taken. */
  get events(): number {
    return this.#events;
  }

  /**
   * A property of RaftProperties.tla that is violated although every event is a step of the spec: so what the
   * recording assumes (a start in mid-life, servers that recorded nothing) is not what a Raft cluster does.
   */
  get finding(): Rejection | undefined {
    return this.#finding;
  }

  /** How many log entries are held, those that several logs share counted once. */
  get heldEntries(): number {
    return this.#cluster.tree.size;
  }

  /**
   * Takes the next event.
   *
   * @returns why it is no step of the spec; after that the engine must not be used
   */
  step(recorded: RecordedEvent): Rejection | undefined {
    const { event, origin } = recorded;
    const cluster = this.#cluster;
    if (origin === 'environment') this.#isClosed = false;
    let violation: Violation | undefined;
    if (event.action === 'DropMessage') violation = dropMessage(cluster, event);
    else if (event.action === 'DuplicateMessage') violation = duplicateMessage(cluster, event);
    else {
      const server = cluster.server(event.server);
      cluster.changed = 0;
      if (server.hiddenNextIndex.size > 0) learnNextIndex(cluster, server, event);
      violation = perform(cluster, server, event, origin) ?? showsState(cluster, server, event);
      if (violation === undefined) hideNextIndex(cluster, server, event);
      if ((cluster.changed & VARIABLE_BITS.log) !== 0 && cluster.tree.wantsSweep) this.#sweep();
    }
    if (violation !== undefined) return toRejection(recorded, violation);
    this.#events += 1;
    return cluster.history.violation === undefined
      ? undefined
      : this.#takeFinding(recorded, cluster.history.violation);
  }

  /** In a closed run a violated property is a rejection; the spec's models say that it cannot occur. */
  #takeFinding(recorded: RecordedEvent, violation: Violation): Rejection | undefined {
    const rejection = toRejection(recorded, violation);
    this.#cluster.history.violation = undefined;
    if (this.#isClosed) return rejection;
    this.#finding ??= rejection;
    return undefined;
  }

  #sweep(): void {
    const { servers, history, tree } = this.#cluster;
    const tips = [...history.tips()];
    for (const server of servers) {
      tips.push(lastNode(server), server.disk.tip);
      for (const { tip } of server.pending) tips.push(tip);
    }
    tree.sweep(tips);
  }

  /** The whole state after the events so far. O(all of it): for borders, not for every event. */
  border(): ClusterState {
    return borderOf(this.#cluster, this.#events);
  }
}

function perform(
  cluster: Cluster,
  server: ServerState,
  event: ServerTraceEvent,
  origin: RecordedEvent['origin'],
): Violation | undefined {
  switch (event.action) {
    case 'AppendEntries':
      return appendEntries(cluster, server, event);
    case 'HandleAppendEntriesRequest':
      return handleAppendEntriesRequest(cluster, server, event, origin);
    case 'HandleAppendEntriesResponse':
      return handleAppendEntriesResponse(cluster, server, event, origin);
    case 'Persist':
      return persist(cluster, server, event);
    case 'ClientRequest':
      return clientRequest(cluster, server, event);
    case 'AdvanceCommitIndex':
      return advanceCommitIndex(cluster, server, event);
    case 'RequestVote':
      return requestVote(cluster, server, event);
    case 'HandleRequestVoteRequest':
      return handleRequestVoteRequest(cluster, server, event, origin);
    case 'HandleRequestVoteResponse':
      return handleRequestVoteResponse(cluster, server, event, origin);
    case 'Timeout':
      return timeout(cluster, server, event);
    case 'BecomeLeader':
      return becomeLeader(cluster, server, event);
    case 'AppendNoOp':
      return appendNoOp(cluster, server, event);
    case 'Restart':
      return restart(cluster, server, event);
  }
}

function toRejection({ event, file, line, position }: RecordedEvent, violation: Violation): Rejection {
  const { conjunct, ...rest } = violation;
  return {
    ...rest,
    file,
    line,
    position,
    server: 'server' in event ? event.server : null,
    action: event.action,
    engine: 'replay',
    conjunct: conjunctOf(conjunct),
  };
}
