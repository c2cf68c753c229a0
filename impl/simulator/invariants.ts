import type { Entry, Index, Server, Term } from '../../traces/trace-format.ts';
import { isQuorum } from '../raft/configuration.ts';
import type { RaftServer } from '../raft/raft-server.ts';
import type { Effects, ServerState, Write } from '../raft/state.ts';
import { fail } from './invariant-violation.ts';
import { PromiseInvariants } from './promise-invariants.ts';
import type { ClusterObserver, SimulatedCluster } from './simulated-cluster.ts';
import type { SimulatedDisk } from './simulated-disk.ts';

interface Seen {
  readonly role: string;
  readonly currentTerm: Term;
  readonly commitIndex: Index;
  readonly logLength: Index;
  readonly matchIndex: ReadonlyMap<Server, Index>;
}

const NOTHING_SEEN: Seen = {
  role: 'follower',
  currentTerm: 0,
  commitIndex: 0,
  logLength: 0,
  matchIndex: new Map(),
};

/**
 * Checks the properties of spec/raft/RaftProperties.tla after each step, in constant time an entry: what a step may
 * have broken is seen from what it has changed.
 *
 * @throws InvariantViolation from the step that breaks one
 */
export class Invariants implements ClusterObserver {
  #cluster: SimulatedCluster | undefined;
  readonly #leaders = new Map<Term, Server>();
  /** LogMatching by induction: for an index and a term, the entry and the term before it. */
  readonly #entries: Map<Term, { readonly entry: Entry; readonly previousTerm: Term }>[] = [];
  readonly #committed: Entry[] = [];
  readonly #seen = new Map<Server, Seen>();
  readonly #promises = new PromiseInvariants();

  /** The cluster whose disks must hold what is promised and committed. */
  watch(cluster: SimulatedCluster): void {
    this.#cluster = cluster;
  }

  stepped(server: Server, raft: RaftServer, effects: Effects): void {
    const { state } = raft;
    const before = this.#seen.get(server) ?? NOTHING_SEEN;
    this.#checkMonotone(server, state, before);
    const stillLeads =
      before.role === 'leader' && state.role === 'leader' && before.currentTerm === state.currentTerm;
    let { logLength } = before;
    for (const write of effects.writes) {
      if (stillLeads && write.keep < logLength) {
        fail('LeaderAppendOnly', server, `the leader cut its log back to ${write.keep}`);
      }
      this.#checkWrite(server, write, state, before);
      logLength = write.keep + write.append.length;
    }
    const disk = this.#cluster?.disk(server);
    if (disk !== undefined) this.#promises.sent(state, disk, effects.sends);
    if (state.role === 'leader' && before.role !== 'leader') {
      this.#promises.elected(state);
      this.#checkElection(server, state);
    }
    this.#checkMatchIndex(server, state, stillLeads ? before.matchIndex : undefined);
    this.#checkCommits(server, state, before.commitIndex);
    this.#remember(server, state);
  }

  restarted(server: Server, raft: RaftServer): void {
    this.#promises.restarted(raft.state);
    this.#remember(server, raft.state);
  }

  persisted(server: Server, disk: SimulatedDisk): void {
    this.#promises.persisted(server, disk);
  }

  #remember(server: Server, state: ServerState): void {
    const { role, currentTerm, commitIndex, log, matchIndex } = state;
    this.#seen.set(server, { role, currentTerm, commitIndex, logLength: log.length, matchIndex });
  }

  #checkMonotone(server: Server, state: ServerState, before: Seen): void {
    if (state.currentTerm < before.currentTerm) fail('TermMonotone', server, 'currentTerm fell');
    if (state.commitIndex < before.commitIndex) fail('CommitIndexMonotone', server, 'commitIndex fell');
  }

  #checkWrite(server: Server, write: Write, state: ServerState, before: Seen): void {
    if (write.keep < before.commitIndex) {
      fail('CommittedNeverTruncated', server, `entry ${write.keep + 1} was committed and is cut off`);
    }
    let previousTerm = state.log[write.keep - 1]?.term ?? 0;
    for (const [offset, entry] of write.append.entries()) {
      this.#checkLogMatching(server, write.keep + offset, entry, previousTerm);
      previousTerm = entry.term;
    }
  }

  #checkLogMatching(server: Server, position: number, entry: Entry, previousTerm: Term): void {
    let terms = this.#entries[position];
    if (terms === undefined) {
      terms = new Map();
      this.#entries[position] = terms;
    }
    const known = terms.get(entry.term);
    if (known === undefined) terms.set(entry.term, { entry, previousTerm });
    else if (!isSameEntry(known.entry, entry) || known.previousTerm !== previousTerm) {
      fail('LogMatching', server, `another log has another entry ${position + 1} of term ${entry.term}`);
    }
  }

  #checkElection(server: Server, state: ServerState): void {
    const leader = this.#leaders.get(state.currentTerm);
    if (leader !== undefined && leader !== server) {
      fail('ElectionSafety', server, `${leader} was elected in term ${state.currentTerm} too`);
    }
    this.#leaders.set(state.currentTerm, server);
    const last = this.#committed.length;
    const own = state.log[last - 1];
    const committed = this.#committed[last - 1];
    if (committed !== undefined && (own === undefined || own.term !== committed.term)) {
      fail(
        'LeaderCompleteness',
        server,
        `the leader of term ${state.currentTerm} lacks committed entry ${last}`,
      );
    }
  }

  /** @param before what matched earlier in the same leadership */
  #checkMatchIndex(server: Server, state: ServerState, before: ReadonlyMap<Server, Index> | undefined): void {
    if (state.role !== 'leader') return;
    for (const [peer, match] of state.matchIndex) {
      const next = state.nextIndex.get(peer) ?? 0;
      if (match >= next) fail('MatchIndexBelowNextIndex', server, `for ${peer}: ${match} >= ${next}`);
      if (match < (before?.get(peer) ?? 0)) fail('MatchIndexMonotone', server, `${peer} fell to ${match}`);
    }
  }

  #checkCommits(server: Server, state: ServerState, before: Index): void {
    if (state.commitIndex > state.log.length)
      fail('CommitIndexInLog', server, 'commitIndex is beyond the log');
    for (let index = before + 1; index <= state.commitIndex; index += 1) {
      const entry = state.log[index - 1];
      const committed = this.#committed[index - 1];
      if (entry === undefined) continue;
      if (committed === undefined) this.#committed.push(entry);
      else if (!isSameEntry(committed, entry)) {
        fail('StateMachineSafety', server, `another entry ${index} was committed before`);
      }
    }
    if (state.role === 'leader' && state.commitIndex > before) this.#checkCommitRule(server, state);
  }

  #checkCommitRule(server: Server, state: ServerState): void {
    const entry = state.log[state.commitIndex - 1];
    const { peers, setup } = state;
    if (entry?.term !== state.currentTerm) {
      fail(
        'CommitsOnlyCurrentTerm',
        server,
        `entry ${state.commitIndex} of term ${entry?.term} was committed by counting`,
      );
    }
    const cluster = this.#cluster;
    if (cluster === undefined) return;
    const holders = [server, ...peers].filter(
      (holder) => cluster.disk(holder).log[state.commitIndex - 1]?.term === entry?.term,
    );
    if (!isQuorum(new Set(holders), setup.configuration)) {
      fail(
        'CommittedIsDurableOnQuorum',
        server,
        `entry ${state.commitIndex} is only on ${holders.join(', ')}`,
      );
    }
  }
}

function isSameEntry(a: Entry, b: Entry): boolean {
  if (a === b) return true;
  if (a.term !== b.term) return false;
  if ('command' in a) return 'command' in b && a.command === b.command;
  if ('hash' in a) return 'hash' in b && a.hash === b.hash;
  return 'noop' in b;
}
