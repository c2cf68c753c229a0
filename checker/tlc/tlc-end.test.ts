import { expect, test } from 'vitest';
import { classifyEnd } from './tlc-end.ts';

const FINE = { complaints: [], isComplete: true, counts: { distinct: 2, generated: 3, queue: 0 } };
const CANNOT_EVALUATE = { code: 2102, message: 'Head of <<>>\nWhile working on the initial state:\nx = 0' };

test('a run that says so, complains of nothing and has looked at every state found no error', () => {
  expect(classifyEnd(0, FINE)).toBe('noError');
});

test.each([
  ['without saying so', { ...FINE, isComplete: false }, 'crashed'],
  ['with states left to look at', { ...FINE, counts: { ...FINE.counts, queue: 1 } }, 'crashed'],
  ['with a complaint about the spec', { ...FINE, complaints: [CANNOT_EVALUATE] }, 'evaluationError'],
  ['with another complaint', { ...FINE, complaints: [{ code: 1001, message: 'no memory' }] }, 'crashed'],
] as const)('a run that ends with 0 %s did not', (_name, report, end) => {
  expect(classifyEnd(0, report)).toBe(end);
});

test.each([
  ['java.lang.RuntimeException', 'evaluationError'],
  ['tlc2.tool.EvalException', 'evaluationError'],
  ['java.lang.NullPointerException', 'crashed'],
  ['java.io.IOException', 'crashed'],
])('an exception of the kind %s is %s', (kind, end) => {
  const message = `TLC threw an unexpected exception.\nThe exception was a ${kind}\n: Head of <<>>`;
  expect(classifyEnd(255, { ...FINE, isComplete: false, complaints: [{ code: 1000, message }] })).toBe(end);
});
