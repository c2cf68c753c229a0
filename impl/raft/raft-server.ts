import type { Message, Server } from '../../traces/trace-format.ts';
import {
  becomeLeader,
  handleRequestVoteRequest,
  handleRequestVoteResponse,
  hasWonElection,
  requestVote,
  timeout,
} from './election.ts';
import { persist, type Recovered, restart } from './persistence.ts';
import {
  advanceCommitIndex,
  appendEntries,
  appendNoOp,
  clientRequest,
  committableIndex,
  handleAppendEntriesRequest,
  handleAppendEntriesResponse,
} from './replication.ts';
import { type Effects, lastIndex, type ServerSetup, ServerState } from './state.ts';

/** What drives a server. Time is the host's: it says when a timeout has elapsed. */
export type Input =
  | { readonly type: 'electionTimeout' }
  /** Time to repeat what may have been lost: a leader's entries or heartbeats, a candidate's requests. */
  | { readonly type: 'retry' }
  | { readonly type: 'message'; readonly message: Message }
  /** Refused, without effect, but by a leader. */
  | { readonly type: 'clientRequest'; readonly command: string }
  /** The oldest `writes` of those handed over are durable. */
  | { readonly type: 'persisted'; readonly writes: number };

/** The actions that a server performs by its own rules: a seeded bug replaces some of them. */
export const ACTIONS = {
  timeout,
  requestVote,
  handleRequestVoteRequest,
  handleRequestVoteResponse,
  becomeLeader,
  hasWonElection,
  clientRequest,
  appendNoOp,
  appendEntries,
  handleAppendEntriesRequest,
  handleAppendEntriesResponse,
  advanceCommitIndex,
  committableIndex,
} as const;

export type Actions = typeof ACTIONS;

const DEFAULT_MAX_ENTRIES = 64;

/**
 * One Raft server without clock, randomness or I/O: an input in, effects out. What the spec leaves open is decided
 * here: when a candidate asks, when a leader sends and how much, when it commits.
 */
export class RaftServer {
  readonly state: ServerState;
  readonly #actions: Actions;

  /** A server's first start: it has performed nothing and holds nothing. */
  constructor(setup: ServerSetup, actions: Actions = ACTIONS) {
    this.state = new ServerState(setup);
    this.#actions = actions;
  }

  /** A server that comes back after a crash, with what the crash left. */
  static restart(setup: ServerSetup, recovered: Recovered, actions: Actions = ACTIONS): RaftServer {
    const server = new RaftServer(setup, actions);
    restart(server.state, recovered);
    return server;
  }

  /** The server that a client should turn to, as far as this one knows. */
  leaderHint: Server | undefined;

  /**
   * Takes one input.
   *
   * @returns what the host must do: hand the writes to storage, in order, then send the messages
   */
  step(input: Input): Effects {
    switch (input.type) {
      case 'electionTimeout':
        this.#campaign();
        break;
      case 'retry':
        this.#retry();
        break;
      case 'message':
        this.#receive(input.message);
        break;
      case 'clientRequest':
        this.#takeCommand(input.command);
        break;
      case 'persisted':
        persist(this.state, input.writes);
        this.#proceed();
        break;
    }
    return this.#drain();
  }

  #campaign(): void {
    if (this.state.role === 'leader') return;
    this.leaderHint = undefined;
    this.#actions.timeout(this.state);
    for (const peer of this.state.peers) this.#actions.requestVote(this.state, peer);
    this.#proceed();
  }

  #retry(): void {
    const { state } = this;
    if (state.role === 'leader') for (const peer of state.peers) this.#replicateTo(peer);
    if (state.role === 'candidate') {
      for (const peer of state.peers) {
        if (!state.votesGranted.has(peer)) this.#actions.requestVote(state, peer);
      }
    }
  }

  #receive(message: Message): void {
    const { state } = this;
    switch (message.type) {
      case 'RequestVoteRequest':
        this.#actions.handleRequestVoteRequest(state, message);
        break;
      case 'RequestVoteResponse':
        this.#actions.handleRequestVoteResponse(state, message);
        break;
      case 'AppendEntriesRequest':
        this.#actions.handleAppendEntriesRequest(state, message);
        if (message.term === state.currentTerm) this.leaderHint = message.from;
        break;
      case 'AppendEntriesResponse':
        this.#actions.handleAppendEntriesResponse(state, message);
        this.#followUp(message.from, message.success);
        break;
    }
    this.#proceed();
  }

  /** A follower that lacks entries gets them at once; one that has refused gets the next guess. */
  #followUp(peer: Server, success: boolean): void {
    const { state } = this;
    if (state.role !== 'leader') return;
    const next = state.nextIndex.get(peer) ?? 1;
    if (!success || next <= lastIndex(state)) this.#replicateTo(peer);
  }

  #takeCommand(command: string): void {
    if (this.state.role !== 'leader') return;
    this.#actions.clientRequest(this.state, command);
    // Only to followers that have all that came before: the others are sent the rest as they answer.
    for (const peer of this.state.peers) {
      if (this.state.nextIndex.get(peer) === lastIndex(this.state)) this.#replicateTo(peer);
    }
    this.#proceed();
  }

  #replicateTo(peer: Server): void {
    const { state } = this;
    const next = state.nextIndex.get(peer) ?? 1;
    const maxEntries = state.setup.maxEntries ?? DEFAULT_MAX_ENTRIES;
    const count = Math.min(lastIndex(state) + 1 - next, maxEntries);
    // Pipelining (thesis 10.2.1): where the follower is known to match, the next request goes on from here.
    const matches = (state.matchIndex.get(peer) ?? 0) === next - 1;
    this.#actions.appendEntries(state, peer, { prev: next - 1, count, next: matches ? next + count : next });
  }

  /** What has become possible by the step: to lead, to commit. */
  #proceed(): void {
    if (this.#actions.hasWonElection(this.state)) {
      this.#actions.becomeLeader(this.state);
      this.leaderHint = this.state.setup.server;
      this.#actions.appendNoOp(this.state);
      for (const peer of this.state.peers) this.#replicateTo(peer);
    }
    const index = this.#actions.committableIndex(this.state);
    if (index !== undefined) this.#actions.advanceCommitIndex(this.state, index);
  }

  #drain(): Effects {
    const { writes, sends } = this.state;
    this.state.writes = [];
    this.state.sends = [];
    return { writes, sends };
  }
}
