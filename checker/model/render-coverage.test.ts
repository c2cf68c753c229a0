import { expect, test } from 'vitest';
import { renderCoverage } from './render-coverage.ts';

test('columns have headings, and two conjuncts of one line are told apart', () => {
  const conjunct = { definition: 'Step', file: '/spec/Steps.tla', line: 7 };
  const text = renderCoverage({
    actions: [
      { action: 'Step', file: '/spec/Steps.tla', line: 6, taken: 1234 },
      { action: 'Stop', file: '/spec/Steps.tla', line: 9, taken: 0 },
    ],
    conjuncts: [
      { ...conjunct, column: 9, evaluated: 2000, held: 1234 },
      { ...conjunct, column: 20, evaluated: 1234, held: 1234 },
      { ...conjunct, column: 31, evaluated: 0, held: 0 },
    ],
  });
  expect(text.split('\n').map((line) => line.trim().replace(/ +/g, ' '))).toEqual([
    'actions',
    'steps action',
    '1,234 Step (Steps.tla:6)',
    '0 Stop (Steps.tla:9) never taken',
    '',
    'conjuncts that were not always true (1 more were)',
    'true evaluated definition, and where the conjunct begins',
    '1,234 2,000 Step (Steps.tla:7:9)',
    '0 0 Step (Steps.tla:7:31) never evaluated',
  ]);
  const [, , step = '', , , , heading = '', first = ''] = text.split('\n');
  expect(step.indexOf('1,234') + 5).toBe(heading.indexOf('true') + 4);
  expect(first.indexOf('2,000') + 5).toBe(heading.indexOf('evaluated') + 9);
});
