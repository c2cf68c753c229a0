import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../checker/package-root.ts';
import { diagnosticsPage } from './diagnostics-page.ts';

test('docs/diagnostics.md says what the table of codes says (else: npm run docs)', () => {
  expect(readFileSync(join(packageRoot(), 'docs/diagnostics.md'), 'utf8')).toBe(diagnosticsPage());
});
