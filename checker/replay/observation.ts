import type {
  Entry,
  Index,
  LogChange,
  ObservedState,
  Server,
  ServerTraceEvent,
  Variable,
} from '../../traces/trace-format.ts';
import type { REPLAY_CODES } from '../diagnostics/replay-codes.ts';
import type { Cluster } from './cluster.ts';
import { CONJUNCTS, type ConjunctLabel } from './conjuncts.ts';
import { holds } from './log-tree.ts';
import { bitsOf, entriesBetween, lastIndex, nodeAt, type ServerState, VARIABLE_BITS } from './state.ts';
import type { Violation } from './violation.ts';

/** The bits of the variables that this event observes: `Observes` in RaftTrace.tla. */
function observedBits(cluster: Cluster, { unobserved }: ServerTraceEvent): number {
  return unobserved === undefined ? cluster.observed : cluster.observed & ~bitsOf(unobserved);
}

/** Whether the event says what a variable is after it. */
export function sees(cluster: Cluster, event: ServerTraceEvent, variable: Variable): boolean {
  return (observedBits(cluster, event) & VARIABLE_BITS[variable]) !== 0;
}

/**
 * `ShowsState` in RaftTrace.tla: a variable that the event mentions has the recorded value; one that it does not
 * mention has kept its own; one that was not observed has whatever the spec gives it. Only what changed is looked at.
 */
export function showsState(
  cluster: Cluster,
  server: ServerState,
  event: ServerTraceEvent,
): Violation | undefined {
  const { state, log } = event;
  const observed = observedBits(cluster, event);
  let mentioned = 0;
  if (state !== undefined) {
    for (const name in state) {
      if (!isObservedVariable(name)) continue;
      const bit = VARIABLE_BITS[name];
      mentioned |= bit;
      if ((observed & bit) !== 0 && !shows(cluster, server, name, state)) {
        return differs(cluster, server, event, name, state[name]);
      }
    }
  }
  if (log !== undefined) {
    mentioned |= VARIABLE_BITS.log;
    if ((observed & VARIABLE_BITS.log) !== 0 && !showsLog(cluster, server, log)) {
      return differs(cluster, server, event, 'log', log);
    }
  }
  const missing = cluster.changed & observed & ~mentioned;
  return missing === 0 ? undefined : leavesOut(cluster, server, event, missing);
}

function isObservedVariable(name: string): name is keyof ObservedState {
  switch (name) {
    case 'currentTerm':
    case 'votedFor':
    case 'role':
    case 'commitIndex':
    case 'votesGranted':
    case 'matchIndex':
    case 'nextIndex':
      return true;
    default:
      return false;
  }
}

function shows(
  cluster: Cluster,
  server: ServerState,
  name: keyof ObservedState,
  state: Partial<ObservedState>,
): boolean {
  switch (name) {
    case 'currentTerm':
      return state.currentTerm === server.currentTerm;
    case 'votedFor':
      return state.votedFor === server.votedFor;
    case 'role':
      return state.role === server.role;
    case 'commitIndex':
      return state.commitIndex === server.commitIndex;
    case 'votesGranted':
      return showsVotes(cluster, server, state.votesGranted ?? []);
    case 'matchIndex':
      return showsIndexes(cluster, server, state.matchIndex ?? {}, server.matchIndex);
    case 'nextIndex':
      return showsIndexes(cluster, server, state.nextIndex ?? {}, server.nextIndex);
  }
}

function showsVotes(cluster: Cluster, server: ServerState, recorded: readonly Server[]): boolean {
  let granted = 0;
  for (const vote of server.votesGranted) if (vote) granted += 1;
  if (new Set(recorded).size !== granted) return false;
  for (const name of recorded) if (server.votesGranted[cluster.server(name).number] !== true) return false;
  return true;
}

function showsIndexes(
  cluster: Cluster,
  server: ServerState,
  recorded: Readonly<Record<Server, Index>>,
  indexes: readonly Index[],
): boolean {
  const { servers } = cluster;
  for (let number = 0; number < servers.length; number += 1) {
    const peer = servers[number];
    if (peer !== undefined && peer !== server && recorded[peer.name] !== indexes[number]) return false;
  }
  let count = 0;
  for (const _peer in recorded) count += 1;
  return count === servers.length - 1;
}

/** `ShowsLog`: what the recording keeps is still there, and what it appends follows. O(what it appends). */
function showsLog(cluster: Cluster, server: ServerState, { keep, append }: LogChange): boolean {
  const kept = (cluster.changed & VARIABLE_BITS.log) === 0 ? lastIndex(server) : cluster.keptLength;
  if (keep > kept || keep + append.length !== lastIndex(server)) return false;
  let index = keep;
  for (const entry of append) {
    index += 1;
    if (!holds(nodeAt(server, index), entry)) return false;
  }
  return true;
}

const CODES = {
  currentTerm: 'RC2021',
  votedFor: 'RC2022',
  role: 'RC2023',
  commitIndex: 'RC2024',
  votesGranted: 'RC2025',
  matchIndex: 'RC2026',
  nextIndex: 'RC2027',
  log: 'RC2028',
} as const satisfies Record<Variable, keyof typeof REPLAY_CODES>;

/** In the order of RaftTrace.tla. */
const VARIABLES = [
  'currentTerm',
  'votedFor',
  'role',
  'commitIndex',
  'votesGranted',
  'matchIndex',
  'nextIndex',
  'log',
] as const satisfies readonly Variable[];

function isConjunctLabel(label: string): label is ConjunctLabel {
  return Object.hasOwn(CONJUNCTS, label);
}

function effectOf({ action }: ServerTraceEvent, variable: Variable): ConjunctLabel {
  const label = `${action}.${variable}`;
  if (!isConjunctLabel(label)) throw new Error(`no conjunct of the spec is known for ${label}`);
  return label;
}

function differs(
  cluster: Cluster,
  server: ServerState,
  event: ServerTraceEvent,
  variable: Variable,
  recorded: unknown,
): Violation {
  return {
    code: CODES[variable],
    conjunct: effectOf(event, variable),
    message: `${event.action} leaves ${server.name} with another ${variable} than was recorded`,
    variable,
    expected: specified(cluster, server, variable),
    recorded,
  };
}

function leavesOut(
  cluster: Cluster,
  server: ServerState,
  event: ServerTraceEvent,
  missing: number,
): Violation | undefined {
  const variable = VARIABLES.find((name) => (missing & VARIABLE_BITS[name]) !== 0);
  if (variable === undefined) return undefined;
  return {
    code: CODES[variable],
    conjunct: effectOf(event, variable),
    message: `${event.action} changes ${variable} of ${server.name}, and the event says by its silence that it stayed the same`,
    variable,
    expected: specified(cluster, server, variable),
  };
}

/** What the spec says that the variable is after the event, as a trace writes it. */
function specified(cluster: Cluster, server: ServerState, variable: Variable): unknown {
  switch (variable) {
    case 'votesGranted':
      return votesOf(cluster, server);
    case 'nextIndex':
      return indexesOf(cluster, server, server.nextIndex);
    case 'matchIndex':
      return indexesOf(cluster, server, server.matchIndex);
    case 'log': {
      const keep = (cluster.changed & VARIABLE_BITS.log) === 0 ? lastIndex(server) : cluster.keptLength;
      const append: readonly Entry[] = entriesBetween(server, keep, lastIndex(server));
      return { keep, append };
    }
    default:
      return server[variable];
  }
}

/** votesGranted as a trace writes it. */
export function votesOf({ servers }: Cluster, server: ServerState): readonly Server[] {
  return servers
    .filter(({ number }) => server.votesGranted[number] === true)
    .map(({ name }) => name)
    .sort();
}

/** nextIndex or matchIndex as a trace writes it. */
export function indexesOf(
  { servers }: Cluster,
  server: ServerState,
  indexes: readonly Index[],
): Readonly<Record<Server, Index>> {
  return Object.fromEntries(
    servers.filter((peer) => peer !== server).map((peer) => [peer.name, indexes[peer.number] ?? 0]),
  );
}
