import { describe, expect, it } from 'vitest';
import { apply, functionOf, interval, sequence, setOf, string } from '../values/operations.ts';
import { FunctionValue, type Value } from '../values/value.ts';
import { explore } from './explore.ts';
import { modelOf } from './hand-written-models.fixture.ts';
import { NO_STATE, StateTable } from './state-table.ts';
import { ValueTable } from './value-table.ts';

/** A function whose hash is the same as that of all others. */
function collidingValue(number: number): Value {
  const value = functionOf([0, 5], [number, sequence([number])]);
  if (value instanceof FunctionValue) value.hashCode = 7;
  return value;
}

describe('a table of values', () => {
  it('gives equal values one number and one object', () => {
    const table = new ValueTable();
    const value = setOf([1, 2, 3]);
    expect(table.intern(value)).toBe(0);
    expect(table.intern(setOf([3, 2, 1]))).toBe(0);
    expect(table.intern(interval(1, 3))).toBe(0);
    expect(table.value(0)).toBe(value);
    expect(table.intern(string('a'))).toBe(1);
    expect(table.intern(1)).toBe(2);
    expect(table.intern(true)).toBe(3);
  });

  it('tells values with the same hash apart', () => {
    const table = new ValueTable();
    for (let i = 0; i < 300; i++) expect(table.intern(collidingValue(i))).toBe(i);
    for (let i = 0; i < 300; i++) expect(table.intern(collidingValue(i))).toBe(i);
  });
});

describe('a table of states', () => {
  it('finds each row again, over many pages', () => {
    const table = new StateTable(3, 0, 3);
    const row = new Int32Array(3);
    const rowOf = (i: number) => row.set([i % 7, i >> 3, -i]);
    for (let i = 0; i < 20_000; i++) {
      rowOf(i);
      if (table.find(row) !== NO_STATE || table.add(row, i - 1) !== i) throw new Error(`row ${i}`);
    }
    for (let i = 0; i < 20_000; i += 99) {
      rowOf(i);
      expect(table.find(row)).toBe(i);
      expect(table.predecessor(i)).toBe(i - 1);
      row.fill(0);
      table.readRow(i, row);
      expect([...row]).toEqual([i % 7, i >> 3, i === 0 ? 0 : -i]);
    }
  });

  it('identifies rows by some columns', () => {
    const table = new StateTable(2, 1, 2);
    expect(table.find(Int32Array.of(1, 5))).toBe(NO_STATE);
    table.add(Int32Array.of(1, 5), NO_STATE);
    expect(table.find(Int32Array.of(2, 5))).toBe(0);
  });

  it('takes about 60 bytes for a state of 12 variables', () => {
    const table = new StateTable(12, 0, 12);
    const row = new Int32Array(12);
    for (let i = 0; i < 300_000; i++) {
      row[i % 12] = i;
      table.find(row);
      table.add(row, i);
    }
    expect(table.bytes / table.size).toBeLessThan(66);
  });
});

it('a search is exact, whatever the hashes are', () => {
  const report = explore(
    modelOf({
      variables: ['x', 'y'],
      initial: [[collidingValue(0), true]],
      next: ([x = 0]) => {
        const i = Number(apply(x, 0));
        return [[collidingValue((i + 1) % 100), i % 2 === 0]];
      },
    }),
  );
  expect(report).toEqual({ outcome: 'complete', generated: 102, distinct: 101, depth: 101 });
});
