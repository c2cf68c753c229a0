import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../checker/package-root.ts';

/** The modules of the first table of a page, in its order. */
function modulesIn(page: string): readonly string[] {
  const lines = readFileSync(join(packageRoot(), page), 'utf8').split('\n');
  const start = lines.findIndex((line) => line.startsWith('| '));
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  return lines.slice(start, end).flatMap((line) => /`(\w+\.tla)`/.exec(line)?.[1] ?? []);
}

test('the page of the spec and that of the whole name the modules in one order', () => {
  const order = modulesIn('docs/reading-order.md');
  expect(order).toHaveLength(9);
  expect(modulesIn('spec/raft/README.md')).toEqual(order);
});
