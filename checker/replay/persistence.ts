import type {
  Index,
  Message,
  MessageId,
  PersistEvent,
  RestartEvent,
  Server,
  Term,
} from '../../traces/trace-format.ts';
import type { Cluster } from './cluster.ts';
import { counted } from './counted.ts';
import { ancestorAt, commonAncestor, type LogNode } from './log-tree.ts';
import { becomeFollower, forgetFollowers, forgetVotes, setCommitIndex } from './roles.ts';
import { lastIndex, lastNode, nodeAt, type ServerState, VARIABLE_BITS, type Written } from './state.ts';
import type { Violation } from './violation.ts';

const { currentTerm: TERM, votedFor: VOTE, log: LOG } = VARIABLE_BITS;

/** Gives currentTerm and votedFor their new values. */
export function setTermAndVote(cluster: Cluster, server: ServerState, term: Term, vote: Server | null): void {
  if (term !== server.currentTerm) {
    server.currentTerm = term;
    cluster.changed |= TERM;
  }
  if (vote !== server.votedFor) {
    server.votedFor = vote;
    cluster.changed |= VOTE;
  }
}

/** Cuts the log after index `keep`. */
export function truncate(cluster: Cluster, server: ServerState, keep: Index): void {
  server.log.length = keep + 1;
  cluster.keptLength = keep;
  cluster.changed |= LOG;
}

/** Puts one more node at the end of the log. */
export function append(cluster: Cluster, server: ServerState, node: LogNode): void {
  if ((cluster.changed & LOG) === 0) cluster.keptLength = lastIndex(server);
  server.log.push(node);
  cluster.changed |= LOG;
}

/**
 * The end of `Update` in Persistence.tla: hands what the event changed to storage as one write, and lets `promised`
 * wait for it, or for the newest write before. Without a pending write a promise leaves at once.
 */
export function handOverWrite(
  cluster: Cluster,
  server: ServerState,
  seq: number,
  promised: Message | undefined,
): void {
  if ((cluster.changed & (TERM | VOTE | LOG)) !== 0) {
    const { currentTerm, votedFor } = server;
    const tip = lastNode(server);
    if (cluster.atomicPersistence) server.disk = { currentTerm, votedFor, tip };
    else {
      server.pending.push({
        currentTerm,
        votedFor,
        tip,
        seq,
        promised: promised === undefined ? undefined : [promised],
      });
    }
    return;
  }
  if (promised === undefined || server.pending.length === 0) return;
  const newest = server.pending[server.pending.length - 1];
  if (newest === undefined) return;
  if (newest.promised === undefined) newest.promised = [promised];
  else newest.promised.push(promised);
}

const NO_IDS: readonly MessageId[] = [];

/** `Persist`: the first n pending writes are durable, and what rides on them leaves. */
export function persist(cluster: Cluster, server: ServerState, event: PersistEvent): Violation | undefined {
  const { writes } = event.args;
  const newest = server.pending[writes - 1];
  if (newest === undefined) {
    return {
      code: 'RC2013',
      conjunct: 'Persist.guard.writes',
      message: `${server.name} completes ${counted(writes, 'write')}, and ${pendingWrites('are', cluster, server)}`,
      variable: 'args.writes',
      recorded: writes,
      allowed: server.pending.length === 0 ? 'no Persist here' : upTo(1, server.pending.length),
    };
  }
  const violation = releasesWhatWaited(server, writes, event.releases ?? NO_IDS);
  if (violation !== undefined) return violation;
  newest.promised = undefined;
  server.disk = newest;
  if (writes === 1) server.pending.shift();
  else server.pending.splice(0, writes);
  return undefined;
}

/** How many there are, and why there are none where the header says so. */
function pendingWrites(
  verb: 'are' | 'were',
  { atomicPersistence }: Cluster,
  { pending }: ServerState,
): string {
  return atomicPersistence
    ? `none ${verb} pending: by the header's feature atomicPersistence each is durable at once`
    : `${counted(pending.length, verb === 'are' ? 'is' : 'was', verb)} pending`;
}

function upTo(least: number, most: number): string {
  return least >= most ? counted(most, 'write') : `${least} to ${counted(most, 'write')}`;
}

/** The order of `releases` does not matter; that each id is in it once, does. */
function releasesWhatWaited(
  server: ServerState,
  writes: number,
  releases: readonly MessageId[],
): Violation | undefined {
  let at = 0;
  let inOrder = true;
  for (let write = 0; write < writes; write += 1) {
    const promised = server.pending[write]?.promised;
    if (promised === undefined) continue;
    for (const message of promised) {
      if (releases[at] !== message.id) inOrder = false;
      at += 1;
    }
  }
  if (inOrder && at === releases.length) return undefined;
  const expected = server.pending
    .slice(0, writes)
    .flatMap(({ promised }) => (promised ?? []).map(({ id }) => id));
  if (JSON.stringify([...expected].sort()) === JSON.stringify([...releases].sort())) return undefined;
  return {
    code: 'RC2014',
    conjunct: 'Persist.releases',
    message: `Persist releases ${releases.join(', ') || 'nothing'}, and ${expected.join(', ') || 'nothing'} waited for these writes`,
    variable: 'releases',
    expected,
    recorded: releases,
  };
}

/** `IsDurable`: whether entry i of the server's log survives a crash. */
export function isDurable(server: ServerState, index: Index): boolean {
  const { tip } = server.disk;
  if (index === 0) return true;
  if (index > tip.index || index > lastIndex(server)) return false;
  // Nearly always the disk is a prefix of the log.
  if (server.log[tip.index] === tip) return true;
  return ancestorAt(tip, index).term === nodeAt(server, index).term;
}

/** `OwnVoteIsDurable`: so does its vote for itself in its current term. */
export function ownVoteIsDurable(server: ServerState): boolean {
  return server.disk.currentTerm === server.currentTerm && server.disk.votedFor === server.name;
}

/** `Restart`: a crash, and the restart with what the crash left. */
export function restart(cluster: Cluster, server: ServerState, event: RestartEvent): Violation | undefined {
  const { writes, length } = event.args;
  const commit = event.state?.commitIndex ?? event.args.commitIndex ?? server.commitIndex;
  const whole = writes === 0 ? server.disk : server.pending[writes - 1];
  if (whole === undefined) {
    return {
      code: 'RC2015',
      conjunct: 'Restart.guard.writes',
      message: `${counted(writes, 'write')} survived the crash, and ${pendingWrites('were', cluster, server)}`,
      variable: 'args.writes',
      recorded: writes,
      allowed: upTo(0, server.pending.length),
    };
  }
  const shortest =
    writes === 0 ? whole.tip.index : commonAncestor(writtenBefore(server, writes), whole.tip).index;
  if (length < shortest || length > whole.tip.index) {
    return {
      code: 'RC2016',
      conjunct: 'Restart.guard.length',
      message: `a log of ${counted(length, 'entry', 'entries')} survived, and that is none of the lengths that the crash could leave`,
      variable: 'args.length',
      recorded: length,
      allowed: shortest === whole.tip.index ? `${shortest}` : `${shortest} to ${whole.tip.index}`,
    };
  }
  const tip = ancestorAt(whole.tip, length);
  return coversCommit(server, tip, commit) ?? begin(cluster, server, whole, tip, commit);
}

/** `WriteBefore`: the log that write n was to replace. */
function writtenBefore(server: ServerState, writes: number): LogNode {
  return (writes === 1 ? server.disk : (server.pending[writes - 2] ?? server.disk)).tip;
}

function coversCommit(server: ServerState, tip: LogNode, commit: Index): Violation | undefined {
  if (commit > server.commitIndex) {
    return {
      code: 'RC2017',
      conjunct: 'Restart.guard.commit',
      message: `commitIndex is ${commit} after the restart, and was ${server.commitIndex} before`,
      variable: 'commitIndex',
      recorded: commit,
      allowed: `0 to ${Math.min(server.commitIndex, tip.index)}`,
    };
  }
  const covered =
    commit === 0 ||
    (commit <= tip.index &&
      commit <= lastIndex(server) &&
      ancestorAt(tip, commit).term === nodeAt(server, commit).term);
  if (covered) return undefined;
  return {
    code: 'RC2018',
    conjunct: 'Restart.guard.covered',
    message: `commitIndex is ${commit} after the restart, and the log that survived does not cover that`,
    variable: 'commitIndex',
    recorded: commit,
    allowed: `0 to ${commonAncestor(tip, lastNode(server)).index}`,
  };
}

function begin(
  cluster: Cluster,
  server: ServerState,
  whole: Written,
  tip: LogNode,
  commit: Index,
): undefined {
  setTermAndVote(cluster, server, whole.currentTerm, whole.votedFor);
  replaceLog(cluster, server, tip);
  server.disk = { currentTerm: whole.currentTerm, votedFor: whole.votedFor, tip };
  losePending(server);
  becomeFollower(cluster, server);
  forgetVotes(cluster, server);
  forgetFollowers(cluster, server);
  setCommitIndex(cluster, server, commit);
  return undefined;
}

/** What waited for a write is lost, for one that survived as well: the crash came before it was sent. */
function losePending({ pending, lost }: ServerState): void {
  for (const { promised } of pending) for (const { id } of promised ?? []) lost.add(id);
  pending.length = 0;
}

function replaceLog(cluster: Cluster, server: ServerState, tip: LogNode): void {
  const before = lastNode(server);
  if (before === tip) return;
  const common = commonAncestor(before, tip).index;
  truncate(cluster, server, common);
  const survived: LogNode[] = [];
  for (let node = tip; node.index > common; node = node.parent) survived.push(node);
  for (const node of survived.reverse()) server.log.push(node);
}
