import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../traces/trace-format.ts';
import { ancestorAt, commonAncestor, entriesUpTo, type LogNode, LogTree } from './log-tree.ts';

const entries: fc.Arbitrary<readonly Entry[]> = fc.array(
  fc.oneof(
    fc.record({ term: fc.nat(2), command: fc.constantFrom('a', 'b') }),
    fc.record({ term: fc.nat(2), noop: fc.constant<true>(true) }),
    fc.record({ term: fc.nat(2), hash: fc.constantFrom('a', 'b') }),
  ),
  { maxLength: 6 },
);

function grow(tree: LogTree, log: readonly Entry[]): LogNode {
  let tip = tree.root;
  for (const entry of log) tip = tree.extend(tip, entry);
  return tip;
}

function commonLength(one: readonly Entry[], other: readonly Entry[]): number {
  const at = one.findIndex((entry, index) => JSON.stringify(entry) !== JSON.stringify(other[index]));
  return at === -1 ? one.length : at;
}

describe('the tree of logs', () => {
  it('holds two logs as the same node exactly if they are equal', () => {
    fc.assert(
      fc.property(entries, entries, (one, other) => {
        const tree = new LogTree();
        expect(grow(tree, one) === grow(tree, other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
    );
  });

  it('gives a log back entry by entry', () => {
    fc.assert(
      fc.property(entries, (log) => {
        expect(entriesUpTo(grow(new LogTree(), log))).toEqual(log);
      }),
    );
  });

  it('knows how much two logs share', () => {
    fc.assert(
      fc.property(entries, entries, (one, other) => {
        const tree = new LogTree();
        expect(commonAncestor(grow(tree, one), grow(tree, other)).index).toBe(commonLength(one, other));
      }),
    );
  });

  it('finds the entry at an index', () => {
    const tip = grow(new LogTree(), [
      { term: 1, command: 'a' },
      { term: 2, command: 'b' },
    ]);
    expect(ancestorAt(tip, 1)).toMatchObject({ index: 1, term: 1, content: 'a' });
  });

  it('names the other entry of an index and a term, and none where the terms differ', () => {
    const tree = new LogTree();
    const one = tree.extend(tree.root, { term: 1, command: 'a' });
    const other = tree.extend(tree.root, { term: 1, command: 'b' });
    const later = tree.extend(tree.root, { term: 2, command: 'a' });
    expect([...tree.rivalsOf(one)]).toEqual([other]);
    expect([...tree.rivalsOf(later)]).toEqual([]);
  });

  it('forgets what no log holds any more, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(entries), fc.array(entries), (kept, truncated) => {
        const tree = new LogTree();
        const tips = kept.map((log) => grow(tree, log));
        const { size } = tree;
        for (const log of truncated) grow(tree, log);
        tree.sweep(tips);
        expect(tree.size).toBe(size);
        for (const [at, log] of kept.entries()) expect(grow(tree, log)).toBe(tips[at]);
        expect(tree.size).toBe(size);
      }),
    );
  });
});
