import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeOutputFolder } from './output-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'raftcheck-output-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('is made with all above it, and may be there', () => {
  const inner = join(folder, 'a', 'b');
  expect(makeOutputFolder(inner)).toBe(inner);
  expect(makeOutputFolder(inner)).toBe(inner);
  expect(existsSync(inner)).toBe(true);
});

it('is refused where a file stands', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(() => makeOutputFolder(file)).toThrow(expect.objectContaining({ code: 'RC6001' }));
  expect(() => makeOutputFolder(join(file, 'below'))).toThrow(expect.objectContaining({ code: 'RC6001' }));
});
