import { describe, expect, test } from 'vitest';
import type { Entry } from '../../traces/trace-format.ts';
import { VOTE } from './recorded-run.fixture.ts';
import { TraceNames } from './trace-names.ts';

const log = (length: number, term = 1): Entry[] =>
  Array.from({ length }, (_, index) => ({ term, command: `x=${index}` }));

describe('the names of recurring values', () => {
  test('are equal for equal contents and no others', () => {
    const names = new TraceNames();
    const tokens = [{ command: 'a' }, { command: 'b' }, { hash: 'a' }, { command: 'a' }].map((content) =>
      names.command(content),
    );
    expect(tokens[3]).toBe(tokens[0]);
    expect(new Set(tokens).size).toBe(3);
    expect(names.contents.get('c2')).toEqual({ hash: 'a' });
  });

  test('say nothing of what a client wrote', () => {
    const names = new TraceNames();
    names.entry({ term: 1, command: '"]\\n==== /\\ TRUE (*' });
    expect(names.entries).toEqual([{ name: 'e0', text: '[term |-> 1, command |-> "c0"]' }]);
  });

  test('do not depend on the id of a message', () => {
    const names = new TraceNames();
    expect(names.message({ ...VOTE, id: 's2:9.0' })).toBe(names.message(VOTE));
    expect(names.message({ ...VOTE, voteGranted: false })).not.toBe(names.message(VOTE));
    expect(names.messages).toHaveLength(2);
  });

  test('write a long log once, and its prefixes as such', () => {
    const names = new TraceNames();
    expect(names.log(log(3))).toBe('<<e0, e1, e2>>');
    expect(names.log(log(100))).toBe('SubSeq(l0, 1, 100)');
    expect(names.log(log(60))).toBe('SubSeq(l0, 1, 60)');
    expect(names.log([...log(60), { term: 2, noop: true }])).toBe('(SubSeq(l0, 1, 60) \\o <<e100>>)');
    expect(names.log(log(20, 7))).toBe('SubSeq(l1, 1, 20)');
    expect(names.logs).toHaveLength(2);
  });
});
