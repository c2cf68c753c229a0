import type { AppendEntriesRequest, Index, Term } from '../../traces/trace-format.ts';
import type { Cluster } from './cluster.ts';
import { isQuorum } from './configuration.ts';
import { counted } from './counted.ts';
import { ancestorAt, holds, type LogNode } from './log-tree.ts';
import { lastIndex, lastNode, nodeAt, type ServerState } from './state.ts';
import type { Violation } from './violation.ts';

/**
 * What the properties of RaftProperties.tla need to remember of the past: `elections` and `commits` there. A run that
 * starts in Init and whose every event is a step of the spec keeps all of them, as the models show; so here they guard
 * the spec and this engine, and they speak where a run rests on assumptions: a start in mid-life, or messages of servers
 * that recorded nothing.
 */
export class History {
  /** The first violation that is not reported yet. */
  violation: Violation | undefined;
  readonly #leaders = new Map<Term, ServerState>();
  #lastElection: { readonly term: Term; readonly tip: LogNode } | undefined;
  /** Of the leaders whose election nobody recorded the one of the highest term, and how far its log is known. */
  #lastShown: { readonly term: Term; readonly tip: LogNode } | undefined;
  /** By index, the entry that was first known to be committed there. */
  readonly #committed: LogNode[];
  /** The last entry that is known to have been committed in each term or before it, in the order of terms. */
  readonly #commits: { readonly term: Term; readonly node: LogNode }[] = [];

  constructor(cluster: Cluster) {
    this.#committed = [cluster.tree.root];
    for (const server of cluster.servers) {
      this.#rememberCommitted(server);
      if (server.role === 'leader') this.#rememberElection(server);
    }
  }

  /** The ends of the logs that this history speaks of. */
  *tips(): Iterable<LogNode> {
    yield* this.#committed.slice(-1);
    for (const { node } of this.#commits) yield node;
    if (this.#lastElection !== undefined) yield this.#lastElection.tip;
    if (this.#lastShown !== undefined) yield this.#lastShown.tip;
  }

  /** ElectionSafety and LeaderCompleteness, where a server has become leader. */
  elected(leader: ServerState): void {
    const term = leader.currentTerm;
    const rival = this.#rivalOf(leader, term);
    if (rival !== undefined) {
      this.#report(
        'RC2041',
        'ElectionSafety',
        `${rival.name} and ${leader.name} were both elected in term ${term}`,
      );
    }
    const earlier = this.#committedBefore(term);
    if (earlier !== undefined && leader.log[earlier.node.index] !== earlier.node) {
      this.#report(
        'RC2043',
        'LeaderCompleteness',
        `${leader.name} leads term ${term} without entry ${earlier.node.index}, committed in term ${earlier.term} or before`,
      );
    }
    this.#rememberElection(leader);
  }

  /**
   * ElectionSafety and LeaderCompleteness, where AppendEntries come from a leader whose election was not recorded: only
   * the leader of a term sends them (section 5.2), and what they show of its log was there or came to stay.
   */
  heardOfLeader(leader: ServerState, request: AppendEntriesRequest): void {
    const { term } = request;
    const rival = this.#rivalOf(leader, term);
    if (rival !== undefined) {
      this.#report(
        'RC2041',
        'ElectionSafety',
        `${rival.name} leads term ${term}, and ${leader.name} sends AppendEntries of it, as only its leader may`,
      );
    }
    this.#leaders.set(term, leader);
    const index = this.#lacksCommitted(request);
    if (index === undefined) return;
    this.#report(
      'RC2043',
      'LeaderCompleteness',
      `${leader.name} leads term ${term}, and sends another entry ${index} than was committed before`,
    );
  }

  /** Where a follower has taken them, its log is the leader's up to the last of them (LogMatching). */
  showedItsLog(follower: ServerState, { term, prevLogIndex, entries }: AppendEntriesRequest): void {
    const tip = nodeAt(follower, prevLogIndex + entries.length);
    const { term: before = 0, tip: known } = this.#lastShown ?? {};
    if (known === undefined || term > before || (term === before && tip.index > known.index)) {
      this.#lastShown = { term, tip };
    }
  }

  #rivalOf(leader: ServerState, term: Term): ServerState | undefined {
    const rival = this.#leaders.get(term);
    return rival === leader ? undefined : rival;
  }

  #rememberElection(leader: ServerState): void {
    const { currentTerm: term } = leader;
    this.#leaders.set(term, leader);
    if (this.#lastElection === undefined || this.#lastElection.term <= term) {
      this.#lastElection = { term, tip: lastNode(leader) };
    }
  }

  #committedBefore(term: Term) {
    return this.#commits.findLast((commit) => commit.term < term);
  }

  /** The first index at which the request shows another entry than was committed before its term. O(its entries). */
  #lacksCommitted({ term, prevLogIndex, prevLogTerm, entries }: AppendEntriesRequest): Index | undefined {
    const end = this.#committedBefore(term)?.node.index ?? 0;
    if (prevLogIndex > end) return undefined;
    if (prevLogIndex > 0 && this.#committed[prevLogIndex]?.term !== prevLogTerm) return prevLogIndex;
    for (const [offset, entry] of entries.slice(0, end - prevLogIndex).entries()) {
      const index = prevLogIndex + 1 + offset;
      const node = this.#committed[index];
      if (node !== undefined && !holds(node, entry)) return index;
    }
    return undefined;
  }

  /** LogMatching, LogTermsSeen and LogTermsMonotone, where a server has appended an entry. */
  appended(cluster: Cluster, server: ServerState, node: LogNode): void {
    const { index, term } = node;
    if (term > server.currentTerm) {
      this.#report(
        'RC2045',
        'LogTermsSeen',
        `${server.name} is in term ${server.currentTerm}, and its entry ${index} is of term ${term}`,
      );
    }
    if (term < node.parent.term) {
      this.#report(
        'RC2046',
        'LogTermsMonotone',
        `entry ${index} of ${server.name} is of term ${term}, the one before of term ${node.parent.term}`,
      );
    }
    if (node.hasRival) this.#matchLogs(cluster, server, node);
  }

  #matchLogs(cluster: Cluster, server: ServerState, node: LogNode): void {
    for (const rival of cluster.tree.rivalsOf(node)) {
      const holder = cluster.servers.find(({ log }) => log[rival.index] === rival);
      if (holder === undefined) continue;
      this.#report(
        'RC2042',
        'LogMatching',
        `${server.name} and ${holder.name} both hold an entry ${node.index} of term ${node.term}, and their logs up to it differ`,
      );
    }
  }

  /** CommittedNeverTruncated, where a running server deletes what follows `keep`. */
  truncates(server: ServerState, keep: Index): void {
    if (keep >= server.commitIndex) return;
    this.#report(
      'RC2049',
      'CommittedNeverTruncated',
      `${server.name} deletes entry ${keep + 1}, and takes ${counted(server.commitIndex, 'entry', 'entries')} as committed`,
    );
  }

  /** MatchedIsDurable, where a leader has learned how far a follower matches. */
  matched(leader: ServerState, follower: ServerState): void {
    if (!follower.isRecorded || follower.currentTerm !== leader.currentTerm) return;
    const index = leader.matchIndex[follower.number] ?? 0;
    const { tip } = follower.disk;
    const durable =
      index === 0 || (index <= tip.index && diskNodeAt(follower, index).term === nodeAt(leader, index).term);
    if (durable) return;
    this.#report(
      'RC2047',
      'MatchedIsDurable',
      `${leader.name} takes ${follower.name} as matching up to ${index}, and ${follower.name} does not hold that durably`,
    );
  }

  /** StateMachineSafety, where a server knows that more is committed. */
  advancedCommit(server: ServerState): void {
    const index = Math.min(server.commitIndex, this.#committed.length - 1);
    if (server.log[index] !== this.#committed[index]) {
      this.#report(
        'RC2044',
        'StateMachineSafety',
        `${server.name} takes another entry as committed at an index up to ${index} than a server before`,
      );
      return;
    }
    this.#rememberCommitted(server);
  }

  /** StateMachineSafety and LeaderCompleteness, where the leader of a term has told a server that more is committed. */
  learnedCommit(server: ServerState, term: Term): void {
    this.advancedCommit(server);
    const node = nodeAt(server, server.commitIndex);
    const known = this.#committedBefore(term + 1);
    // So it nearly always is, for the leader was seen to commit it.
    if (known !== undefined && known.node.index >= node.index) return;
    this.#commit(term, node, `${server.name} learns in term ${term} that entry ${node.index} is committed`);
  }

  #rememberCommitted(server: ServerState): void {
    const end = Math.min(server.commitIndex, lastIndex(server));
    for (let at = this.#committed.length; at <= end; at += 1) this.#committed.push(nodeAt(server, at));
  }

  /** CommittedIsDurableOnQuorum and LeaderCompleteness, where a leader has committed by counting. */
  committed(cluster: Cluster, leader: ServerState): void {
    const index = leader.commitIndex;
    const term = leader.currentTerm;
    const node = nodeAt(leader, index);
    const holds = (voter: ServerState) =>
      !voter.isRecorded || (index <= voter.disk.tip.index && diskNodeAt(voter, index) === node);
    if (!isQuorum(cluster, holds)) {
      this.#report(
        'RC2048',
        'CommittedIsDurableOnQuorum',
        `${leader.name} commits entry ${index}, which is not on the disks of a majority`,
      );
    }
    this.#commit(term, node, `${leader.name} commits entry ${index} in term ${term}`);
  }

  /** LeaderCompleteness, where an entry is found to be committed in this term or before. */
  #commit(term: Term, node: LogNode, how: string): void {
    const later = this.#lastElection;
    if (later !== undefined && later.term > term && ancestorAt(later.tip, node.index) !== node) {
      this.#report('RC2043', 'LeaderCompleteness', `${how}, and the leader of term ${later.term} lacks it`);
    }
    const shown = this.#lastShown;
    if (shown !== undefined && shown.term > term && !areOfOneLog(shown.tip, node)) {
      const message = `${how}, and the leader of term ${shown.term} has another one`;
      this.#report('RC2043', 'LeaderCompleteness', message);
    }
    const before = this.#commits.findLastIndex((commit) => commit.term <= term);
    const isSameTerm = this.#commits[before]?.term === term;
    this.#commits.splice(isSameTerm ? before : before + 1, isSameTerm ? 1 : 0, { term, node });
  }

  #report(code: Violation['code'], conjunct: Violation['conjunct'], message: string): void {
    this.violation ??= { code, conjunct, message };
  }
}

/** The entry at an index that the disk is known to have. O(1) as long as the disk is a prefix of the log. */
function diskNodeAt(server: ServerState, index: Index): LogNode {
  const { tip } = server.disk;
  return server.log[tip.index] === tip ? nodeAt(server, index) : ancestorAt(tip, index);
}

/** Whether one of two logs continues the other. */
function areOfOneLog(one: LogNode, other: LogNode): boolean {
  const index = Math.min(one.index, other.index);
  return ancestorAt(one, index) === ancestorAt(other, index);
}
