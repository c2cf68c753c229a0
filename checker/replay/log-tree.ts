import type { Entry, Index, Term } from '../../traces/trace-format.ts';

/** What an entry holds besides its term. */
type Kind = 'command' | 'hash' | 'noop';

/**
 * An entry at its place: the entry and all that come before it. Two logs agree up to an index exactly if they hold the
 * same node there, so a prefix of any length is compared by one identity, without hashing and without collisions.
 */
export interface LogNode {
  readonly index: Index;
  readonly term: Term;
  readonly kind: Kind;
  /** The command or its hash; empty for a no-op. */
  readonly content: string;
  /** The entry before; the root is its own parent. */
  readonly parent: LogNode;
  /** The next node of the tree with the same index. */
  sibling: LogNode | undefined;
  /** Whether the tree has, or had, another node of this index and term: LogMatching depends on who holds them. */
  hasRival: boolean;
  /** The sweep that last saw this node in use. */
  sweep: number;
}

class Node implements LogNode {
  readonly index: Index;
  readonly term: Term;
  readonly kind: Kind;
  readonly content: string;
  readonly parent: LogNode;
  sibling: LogNode | undefined = undefined;
  hasRival = false;
  sweep = 0;

  constructor(index: Index, term: Term, kind: Kind, content: string, parent: LogNode | undefined) {
    this.index = index;
    this.term = term;
    this.kind = kind;
    this.content = content;
    this.parent = parent ?? this;
  }
}

/** Whether the node holds this entry; what comes before it is not compared. */
export function holds(node: LogNode, entry: Entry): boolean {
  if (node.term !== entry.term) return false;
  if ('command' in entry) return node.content === entry.command && node.kind === 'command';
  if ('hash' in entry) return node.content === entry.hash && node.kind === 'hash';
  return node.kind === 'noop';
}

/** The entry that a node stands for, as a trace writes it. */
export function entryOf(node: LogNode): Entry {
  const { term, kind, content } = node;
  if (kind === 'noop') return { term, noop: true };
  return kind === 'command' ? { term, command: content } : { term, hash: content };
}

/** The entries of the log that ends in `tip`, first one first. O(length). */
export function entriesUpTo(tip: LogNode): readonly Entry[] {
  const entries: Entry[] = [];
  for (let node = tip; node.index > 0; node = node.parent) entries.push(entryOf(node));
  return entries.reverse();
}

/** The node of index `index` on the way from the root to `tip`. O(tip.index - index). */
export function ancestorAt(tip: LogNode, index: Index): LogNode {
  let node = tip;
  while (node.index > index) node = node.parent;
  return node;
}

/** The last node that two logs share: `CommonLength` in Persistence.tla. O(what they do not share). */
export function commonAncestor(one: LogNode, other: LogNode): LogNode {
  let a = ancestorAt(one, other.index);
  let b = ancestorAt(other, a.index);
  while (a !== b) {
    a = a.parent;
    b = b.parent;
  }
  return a;
}

/** A sweep comes when so many nodes, or a quarter of what is held, were added: then it costs O(1) for each of them. */
const SWEEP_AFTER = 1000;

/**
 * All logs of a run: in memory, on disk and in pending writes, sharing what they have in common. A log is its last
 * node. The same entries after the same entries are always the same node.
 */
export class LogTree {
  /** The empty log. */
  readonly root: LogNode = new Node(0, 0, 'noop', '', undefined);
  /** By index, the first of the nodes there. */
  readonly #heads: (LogNode | undefined)[] = [undefined];
  #size = 0;
  #sweeps = 0;
  #sweepAt = SWEEP_AFTER;

  /** How many nodes there are, the root aside. */
  get size(): number {
    return this.#size;
  }

  /** The log `tip` with one more entry. Amortised O(1). */
  extend(tip: LogNode, entry: Entry): LogNode {
    const index = tip.index + 1;
    const head = this.#heads[index];
    for (let node = head; node !== undefined; node = node.sibling) {
      if (node.parent === tip && holds(node, entry)) return node;
    }
    return this.#grow(tip, entry, head);
  }

  #grow(tip: LogNode, entry: Entry, head: LogNode | undefined): LogNode {
    const index = tip.index + 1;
    const node =
      'command' in entry
        ? new Node(index, entry.term, 'command', entry.command, tip)
        : 'hash' in entry
          ? new Node(index, entry.term, 'hash', entry.hash, tip)
          : new Node(index, entry.term, 'noop', '', tip);
    for (let other = head; other !== undefined; other = other.sibling) {
      if (other.term === node.term) {
        other.hasRival = true;
        node.hasRival = true;
      }
    }
    node.sibling = head;
    this.#heads[index] = node;
    this.#size += 1;
    return node;
  }

  /** The nodes of other histories with the index and term of this one. */
  *rivalsOf(node: LogNode): Iterable<LogNode> {
    if (!node.hasRival) return;
    for (let other = this.#heads[node.index]; other !== undefined; other = other.sibling) {
      if (other !== node && other.term === node.term) yield other;
    }
  }

  /** Whether enough was added since the last sweep. */
  get wantsSweep(): boolean {
    return this.#size >= this.#sweepAt;
  }

  /** Forgets the nodes that none of these logs holds: what was truncated everywhere. */
  sweep(tips: Iterable<LogNode>): void {
    this.#sweeps += 1;
    const mark = this.#sweeps;
    for (const tip of tips) {
      for (let node = tip; node.index > 0 && node.sweep !== mark; node = node.parent) node.sweep = mark;
    }
    this.#size = 0;
    let length = 1;
    for (let index = 1; index < this.#heads.length; index += 1) {
      const kept = this.#keepMarked(index, mark);
      this.#heads[index] = kept;
      if (kept !== undefined) length = index + 1;
    }
    this.#heads.length = length;
    this.#sweepAt = this.#size + Math.max(SWEEP_AFTER, this.#size / 4);
  }

  #keepMarked(index: Index, mark: number): LogNode | undefined {
    let kept: LogNode | undefined;
    for (let node = this.#heads[index]; node !== undefined; ) {
      const next: LogNode | undefined = node.sibling;
      if (node.sweep === mark) {
        node.sibling = kept;
        kept = node;
        this.#size += 1;
      }
      node = next;
    }
    return kept;
  }
}
