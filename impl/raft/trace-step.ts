import type {
  Entry,
  Index,
  LogChange,
  ObservedState,
  Role,
  Server,
  ServerTraceEvent,
} from '../../traces/trace-format.ts';
import { lastIndex, type ServerState } from './state.ts';

/** What every event carries besides its action's own part. */
export interface EventBase {
  readonly server: Server;
  readonly seq: number;
  readonly state?: Partial<ObservedState>;
  readonly log?: LogChange;
}

/** The values before the step; sets and functions by reference, for they are replaced where they change. */
interface Before {
  readonly currentTerm: number;
  readonly votedFor: Server | null;
  readonly role: Role;
  readonly commitIndex: Index;
  readonly votesGranted: ReadonlySet<Server>;
  readonly nextIndex: ReadonlyMap<Server, Index>;
  readonly matchIndex: ReadonlyMap<Server, Index>;
}

/** What a step did to the log; undefined if nothing. */
export type LogEffect = LogChange | undefined;

/**
 * Performs one action of the spec: counts it, and tells the sink exactly what it changed. Without a sink it costs
 * a counter.
 *
 * @param body performs the action and says what became of the log
 * @param describe adds what only this action's event carries
 */
export function perform(
  state: ServerState,
  body: () => LogEffect,
  describe: (base: EventBase) => ServerTraceEvent,
): void {
  state.events += 1;
  const { trace, server } = state.setup;
  if (trace === undefined) {
    body();
    return;
  }
  const seq = state.events;
  const before: Before = { ...valuesOf(state) };
  const log = body();
  const changed = changedState(before, state);
  trace(
    describe({
      server,
      seq,
      ...(changed === undefined ? {} : { state: changed }),
      ...(log === undefined ? {} : { log }),
    }),
  );
}

/** All observed variables, whole: what a Restart tells. */
export function wholeState(state: ServerState): ObservedState {
  return {
    currentTerm: state.currentTerm,
    votedFor: state.votedFor,
    role: state.role,
    commitIndex: state.commitIndex,
    votesGranted: [...state.votesGranted].sort(),
    nextIndex: Object.fromEntries(state.nextIndex),
    matchIndex: Object.fromEntries(state.matchIndex),
  };
}

/** The whole log as a change of an empty one. */
export function wholeLog(state: ServerState): LogChange {
  return { keep: 0, append: state.log.slice(0, lastIndex(state)) };
}

function valuesOf(state: ServerState): Before {
  const { currentTerm, votedFor, role, commitIndex, votesGranted, nextIndex, matchIndex } = state;
  return { currentTerm, votedFor, role, commitIndex, votesGranted, nextIndex, matchIndex };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function changedState(before: Before, after: ServerState): Partial<ObservedState> | undefined {
  const changed: Writable<Partial<ObservedState>> = {};
  if (after.currentTerm !== before.currentTerm) changed.currentTerm = after.currentTerm;
  if (after.votedFor !== before.votedFor) changed.votedFor = after.votedFor;
  if (after.role !== before.role) changed.role = after.role;
  if (after.commitIndex !== before.commitIndex) changed.commitIndex = after.commitIndex;
  if (!sameSet(before.votesGranted, after.votesGranted))
    changed.votesGranted = [...after.votesGranted].sort();
  if (!sameMap(before.nextIndex, after.nextIndex)) changed.nextIndex = Object.fromEntries(after.nextIndex);
  if (!sameMap(before.matchIndex, after.matchIndex))
    changed.matchIndex = Object.fromEntries(after.matchIndex);
  for (const _ in changed) return changed;
  return undefined;
}

function sameSet(a: ReadonlySet<Server>, b: ReadonlySet<Server>): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const item of a) if (!b.has(item)) return false;
  return true;
}

function sameMap(a: ReadonlyMap<Server, Index>, b: ReadonlyMap<Server, Index>): boolean {
  if (a === b) return true;
  for (const [server, index] of a) if (b.get(server) !== index) return false;
  return true;
}

/** The change that a write makes to the log; undefined if it makes none. */
export function logEffect(length: Index, keep: Index, append: readonly Entry[]): LogEffect {
  return keep === length && append.length === 0 ? undefined : { keep, append };
}
