import { expect, test } from 'vitest';
import { causeOf, isAboutSpec } from './unexpected-exception.ts';

const BEFORE =
  'TLC threw an unexpected exception.\nThis was probably caused by an error in the spec or model.\nSee the User Output or TLC Console for clues to what happened.\nThe exception was a ';

test.each([
  ['java.lang.RuntimeException\n: Attempted to apply tuple\n<<1>>', true, 'Attempted to apply tuple\n<<1>>'],
  ['java.lang.RuntimeException\n: util.Assert$TLCRuntimeException: no domain', true, 'no domain'],
  ['java.lang.RuntimeException\n: ', true, undefined],
  ['java.lang.NullPointerException\n: null', false, undefined],
])('%j', (rest, isSpec, cause) => {
  expect(isAboutSpec(BEFORE + rest)).toBe(isSpec);
  expect(causeOf(BEFORE + rest)).toBe(cause ?? BEFORE + rest);
});

test('a message without an exception is what it says', () => {
  expect(isAboutSpec('Attempted to apply tuple')).toBe(true);
  expect(causeOf('Attempted to apply tuple')).toBe('Attempted to apply tuple');
});
