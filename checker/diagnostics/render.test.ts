import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { CodedError } from './coded-error.ts';
import { renderDiagnostic } from './render.ts';

const pipe = new Writable();

test('a diagnostic says what, where and what to do, without colour when it goes to a file', () => {
  const error = new CodedError('RC5001', 'it broke', { file: 'a.ndjson', line: 7, hint: 'mend it' });
  expect(renderDiagnostic(error.toDiagnostic(), pipe)).toBe(
    'error RC5001: it broke\n  at a.ndjson:7\n  hint: mend it',
  );
});

test('what is not known is left out', () => {
  const diagnostic = new CodedError('RC4001', 'time is up').toDiagnostic();
  expect(diagnostic).toEqual({ code: 'RC4001', severity: 'error', message: 'time is up' });
  expect(renderDiagnostic(diagnostic, pipe)).toBe('error RC4001: time is up');
});
