import { spawnSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { discard, unfinished, writeWhole } from './write-whole.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'raftcheck-whole-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a file that is written as a whole', () => {
  it('appears under its name when it is complete', () => {
    const file = join(folder, 'a.txt');
    const place = unfinished(file);
    writeFileSync(place.temporary, 'half');
    expect(readdirSync(folder)).not.toContain('a.txt');
    discard(place);
    expect(readdirSync(folder)).toEqual([]);
    writeWhole(file, 'whole');
    expect(readFileSync(file, 'utf8')).toBe('whole');
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });

  it('stays what a link leads to', () => {
    const [target, link] = [join(folder, 'target'), join(folder, 'link')];
    writeFileSync(target, 'old');
    symlinkSync(target, link);
    writeWhole(link, 'new');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('new');
  });

  it('is no folder, and leaves nothing behind where it cannot be written', () => {
    mkdirSync(join(folder, 'inner'));
    expect(() => writeWhole(join(folder, 'inner'), '')).toThrow('it is a folder');
    expect(() => writeWhole(join(folder, 'missing', 'a.txt'), '')).toThrow('ENOENT');
    expect(readdirSync(folder)).toEqual(['inner']);
  });

  it.skipIf(process.platform === 'win32')('does not take the place of a pipe', () => {
    const pipe = join(folder, 'pipe');
    spawnSync('mkfifo', [pipe]);
    expect(unfinished(pipe)).toEqual({ temporary: pipe, final: pipe });
  });
});
