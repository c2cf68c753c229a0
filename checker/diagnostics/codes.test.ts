import { describe, expect, test } from 'vitest';
import { EXIT_CODES } from '../exit-codes.ts';
import { CODE_FAMILIES, exitCodeOf, isDiagnosticCode, listCodes } from './codes.ts';

describe('diagnostic codes', () => {
  test.each(listCodes())('%s is well formed and belongs to a family', (code, { title, explanation }) => {
    expect(isDiagnosticCode(code)).toBe(true);
    expect(CODE_FAMILIES.map((family) => family.digit)).toContain(code[2]);
    expect(title).not.toMatch(/\.$/);
    expect(explanation).toMatch(/\.$/);
  });

  test('the family decides the exit code', () => {
    expect(exitCodeOf('RC1003')).toBe(EXIT_CODES.malformed);
    expect(exitCodeOf('RC2001')).toBe(EXIT_CODES.rejected);
    expect(exitCodeOf('RC3001')).toBe(EXIT_CODES.rejected);
    expect(exitCodeOf('RC4001')).toBe(EXIT_CODES.inconclusive);
    expect(exitCodeOf('RC5001')).toBe(EXIT_CODES.toolFailed);
    expect(exitCodeOf('RC6001')).toBe(EXIT_CODES.usage);
  });

  test('a family that does not exist never counts as a verdict', () => {
    expect(exitCodeOf('RC0001')).toBe(EXIT_CODES.toolFailed);
    expect(exitCodeOf('nonsense')).toBe(EXIT_CODES.toolFailed);
  });
});
