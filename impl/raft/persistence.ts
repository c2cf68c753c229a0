import type { Entry, Index, Message, Server, Term } from '../../traces/trace-format.ts';
import { NO_VOTES, type ServerState, type Write } from './state.ts';
import { type LogEffect, logEffect, perform, wholeLog, wholeState } from './trace-step.ts';

/** A message that the step creates: it leaves at once, or it promises something and waits for storage. */
export type Outgoing =
  | { readonly kind: 'sent'; readonly message: Message }
  | { readonly kind: 'promised'; readonly message: Message };

/** The persistent state as it is: the change that changes nothing. */
export function noChange(state: ServerState): Write {
  return { currentTerm: state.currentTerm, votedFor: state.votedFor, keep: state.log.length, append: [] };
}

/**
 * The only place where currentTerm, votedFor and log change, and where a message is made to wait. A promise leaves
 * when all that the server has written so far is durable: "updated on stable storage before responding to RPCs"
 * (Figure 2).
 */
export function update(state: ServerState, change: Write, outgoing?: Outgoing): LogEffect {
  const effect = logEffect(state.log.length, change.keep, change.append);
  const changed =
    effect !== undefined || change.currentTerm !== state.currentTerm || change.votedFor !== state.votedFor;
  if (changed) apply(state, change);
  if (outgoing !== undefined) release(state, outgoing);
  return effect;
}

function apply(state: ServerState, change: Write): void {
  state.currentTerm = change.currentTerm;
  state.votedFor = change.votedFor;
  if (change.keep < state.log.length) state.log.length = change.keep;
  for (const entry of change.append) state.log.push(entry);
  state.durableLength = Math.min(state.durableLength, change.keep);
  state.writes.push(change);
  state.pending.push({ write: change, length: state.log.length, promised: [] });
  if (state.setup.atomicPersistence) markDurable(state, 1);
}

function release(state: ServerState, outgoing: Outgoing): void {
  const newest = state.pending.at(-1);
  if (outgoing.kind === 'sent' || newest === undefined) state.sends.push(outgoing.message);
  else newest.promised.push(outgoing.message);
}

/**
 * The environment's action Persist: the first `writes` pending writes are durable, and what rides on them leaves.
 *
 * @throws RangeError if so many writes are not pending: the host has lost count
 */
export function persist(state: ServerState, writes: number): void {
  if (writes < 1 || writes > state.pending.length) {
    throw new RangeError(`${writes} writes are durable, but ${state.pending.length} were pending`);
  }
  const released = state.pending.slice(0, writes).flatMap(({ promised }) => promised);
  perform(
    state,
    () => {
      markDurable(state, writes);
      state.sends.push(...released);
      return undefined;
    },
    (base) => ({
      ...base,
      action: 'Persist',
      args: { writes },
      ...(released.length === 0 ? {} : { releases: released.map(({ id }) => id) }),
    }),
  );
}

function markDurable(state: ServerState, writes: number): void {
  const last = state.pending.splice(0, writes).at(-1);
  if (last === undefined) return;
  state.durableTerm = last.write.currentTerm;
  state.durableVote = last.write.votedFor;
  state.durableLength = state.pending.reduce(
    (length, { write }) => Math.min(length, write.keep),
    last.length,
  );
}

/** Whether entry `index` of the log survives a crash (spec: IsDurable). */
export function isDurable(state: ServerState, index: Index): boolean {
  return index <= state.durableLength;
}

/** Whether the vote for oneself in the current term survives a crash. */
export function ownVoteIsDurable(state: ServerState): boolean {
  return state.durableTerm === state.currentTerm && state.durableVote === state.setup.server;
}

/** What a crash left, and how it came about: what a restarted server begins with. */
export interface Recovered {
  readonly currentTerm: Term;
  readonly votedFor: Server | null;
  readonly log: readonly Entry[];
  /** Anything that the surviving log covers and the server knew before; 0 where it was not kept. */
  readonly commitIndex: Index;
  /** How many of the writes that were pending survived, the last one possibly torn. */
  readonly writes: number;
  /** How many events the server had performed before. */
  readonly events: number;
}

/** The environment's action Restart, on the state of a server that has just been made. */
export function restart(state: ServerState, recovered: Recovered): void {
  state.events = recovered.events;
  perform(
    state,
    () => {
      state.currentTerm = recovered.currentTerm;
      state.votedFor = recovered.votedFor;
      for (const entry of recovered.log) state.log.push(entry);
      state.commitIndex = recovered.commitIndex;
      state.votesGranted = NO_VOTES;
      state.durableTerm = recovered.currentTerm;
      state.durableVote = recovered.votedFor;
      state.durableLength = recovered.log.length;
      return undefined;
    },
    (base) => ({
      ...base,
      action: 'Restart',
      args: { writes: recovered.writes, length: recovered.log.length },
      state: wholeState(state),
      log: wholeLog(state),
    }),
  );
}
