import { expect, test } from 'vitest';
import { parseTlaValue, unescapeTlaString } from './tla-value-parser.ts';

const one = { kind: 'number', number: 1 };
const s1 = { kind: 'string', string: 's1' };

test.each([
  ['1', one],
  ['-7', { kind: 'number', number: -7 }],
  ['TRUE', { kind: 'boolean', boolean: true }],
  ['FALSE', { kind: 'boolean', boolean: false }],
  ['Nil', { kind: 'modelValue', name: 'Nil' }],
  ['"s1"', s1],
  ['"a \\" b \\\\"', { kind: 'string', string: 'a " b \\' }],
  ['<<>>', { kind: 'sequence', elements: [] }],
  ['<<1, "s1">>', { kind: 'sequence', elements: [one, s1] }],
  ['{}', { kind: 'set', elements: [] }],
  ['{"s1", {1}}', { kind: 'set', elements: [s1, { kind: 'set', elements: [one] }] }],
  ['[s1 |-> 1]', { kind: 'function', pairs: [[s1, one]] }],
  [
    '("s1" :> 1 @@ 1 :> <<>>)',
    {
      kind: 'function',
      pairs: [
        [s1, one],
        [one, { kind: 'sequence', elements: [] }],
      ],
    },
  ],
])('reads %s', (text, value) => {
  expect(parseTlaValue(text)).toEqual(value);
});

test.each(['', '<<1', '1 2', '[a |-> ]', '[1]', '("s1" :> )', '1 .. 3', '"open', '<<,>>'])(
  'does not guess at %j',
  (text) => {
    expect(parseTlaValue(text)).toBeUndefined();
  },
);

test('takes the backslashes out of what TLC printed in quotes', () => {
  expect(unescapeTlaString(String.raw`<<\"s1\", \"\\\">>`)).toBe(String.raw`<<"s1", "\">>`);
});
