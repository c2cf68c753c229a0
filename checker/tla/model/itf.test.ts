import { describe, expect, test } from 'vitest';
import {
  functionOf,
  modelValue,
  NATURALS,
  recordOf,
  recordShape,
  sequence,
  setOf,
  string,
} from '../values/operations.ts';
import { itfValue, toItf } from './itf.ts';

const big = (value: number) => ({ '#bigint': String(value) });

describe('the Informal Trace Format', () => {
  test.each([
    ['a number', 3, big(3)],
    ['a negative one', -1, big(-1)],
    ['a boolean', true, true],
    ['a string', string('a'), 'a'],
    ['a model value', modelValue('s1'), 's1'],
    ['a sequence', sequence([1, 2]), [big(1), big(2)]],
    ['a set', setOf([2, 1]), { '#set': [big(1), big(2)] }],
    ['a record', recordOf(recordShape(['a', 'b']), [1, false]), { a: big(1), b: false }],
    [
      'a function',
      functionOf([modelValue('m'), modelValue('n')], [1, 2]),
      {
        '#map': [
          ['m', big(1)],
          ['n', big(2)],
        ],
      },
    ],
    [
      'a record of which a field looks like a keyword',
      functionOf([string('#set')], [1]),
      { '#map': [['#set', big(1)]] },
    ],
    ['an infinite set', NATURALS, { '#unserializable': 'Nat' }],
  ])('writes %s', (_what, value, expected) => {
    expect(itfValue(value)).toEqual(expected);
  });

  test('writes a behaviour', () => {
    const trace = toItf(
      ['x', 'y'],
      [
        [1, true],
        [2, true],
      ],
      ['Init', 'Next'],
      { source: 'M.tla', description: 'd' },
    );
    expect(trace).toMatchObject({
      '#meta': { format: 'ITF', source: 'M.tla', description: 'd' },
      vars: ['x', 'y'],
      states: [
        { '#meta': { index: 0, action: 'Init' }, x: big(1), y: true },
        { '#meta': { index: 1, action: 'Next' }, x: big(2), y: true },
      ],
    });
  });
});
