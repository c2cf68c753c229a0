import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it, test } from 'vitest';
import { makeFolder } from './make-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'raftcheck-folder-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** In a process of its own, which has a folder of its own to be in, and which can be ended. */
function run(script: string): string {
  const module = fileURLToPath(new URL('./make-folder.ts', import.meta.url));
  const text = `import { makeFolder } from ${JSON.stringify(module)}; ${script}`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', text], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 10_000,
  }).stdout;
}

it('is made with all above it, and may be there', () => {
  const inner = join(folder, 'a', 'b', 'c');
  makeFolder(inner);
  makeFolder(inner);
  expect(statSync(inner).isDirectory()).toBe(true);
});

it('takes relative paths', () => {
  run("makeFolder('x/y'); makeFolder('./z');");
  expect(existsSync(join(folder, 'x', 'y')) && existsSync(join(folder, 'z'))).toBe(true);
});

it('fails where a file stands in the way', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(() => makeFolder(file)).toThrow('EEXIST');
  expect(() => makeFolder(join(file, 'below'))).toThrow();
});

test.skipIf(!existsSync('/proc/self'))('fails where the system knows no such folders', () => {
  const script = "try { makeFolder('/proc/no-such/folder'); } catch (error) { console.log(error.code); }";
  expect(run(script)).toBe('ENOENT\n');
});
