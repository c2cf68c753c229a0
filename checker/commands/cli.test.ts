import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../package-root.ts';
import { COMMANDS } from './commands.ts';

const BIN = join(packageRoot(), 'bin/raftcheck.js');

function raftcheck(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

const LINES = COMMANDS.flatMap((entry) =>
  'commands' in entry
    ? entry.commands.map(({ name, summary }) => ({ words: [entry.name, name], summary }))
    : [{ words: [entry.name], summary: entry.summary }],
);

/** Whatever is white space is one space: help is wrapped. */
function unwrapped(text: string): string {
  return text.replace(/\s+/g, ' ');
}

describe('what is loaded', () => {
  /** Prints the names of the files with commands that are loaded. */
  const PRELOAD = `data:text/javascript,${encodeURIComponent(`
    import { registerHooks } from 'node:module';
    registerHooks({
      load(url, context, nextLoad) {
        const [, file] = /checker\\/commands\\/(.*)\\.ts$/.exec(url) ?? [];
        if (file !== undefined) process.stderr.write(file + ' ');
        return nextLoad(url, context);
      },
    });`)}`;
  const OWN_FILES = LINES.map(({ words }) => words.join('/'));

  function ownFilesOf(...args: string[]): readonly string[] {
    const { stderr } = spawnSync(process.execPath, ['--import', PRELOAD, BIN, ...args], { encoding: 'utf8' });
    const loaded = stderr.split(/\s+/);
    expect(loaded).toContain('cli');
    return loaded.filter((file) => OWN_FILES.includes(file));
  }

  test.each(LINES.map(({ words }) => words))('of %s %s its own file alone', (...words) => {
    const given = words.filter((word) => word !== undefined);
    expect(ownFilesOf(...given, '--help')).toEqual([given.join('/')]);
  });

  test.each([[[]], [['--version']], [['--help']], [['tlc']], [['nonsense']]])(
    'for %j no command at all',
    (args) => {
      expect(ownFilesOf(...args)).toEqual([]);
    },
  );
});

describe('help', () => {
  test.each([[[]], [['--help']], [['help']]])('for %j lists every command', (args) => {
    const { status, stdout, stderr } = raftcheck(...args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const { name, summary } of COMMANDS) expect(unwrapped(stdout)).toContain(`${name} ${summary}`);
  });

  test('of a group lists its commands', () => {
    for (const args of [['tlc'], ['tlc', '--help'], ['help', 'tlc']]) {
      const { status, stdout, stderr } = raftcheck(...args);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toMatch(/install +Install the TLC model checker/);
    }
  });

  test.each(LINES)('of $words is complete and fits into 80 columns', ({ words, summary }) => {
    const { status, stdout, stderr } = raftcheck(...words, '--help');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(`Usage: raftcheck ${words.join(' ')} `);
    expect(unwrapped(stdout)).toContain(summary);
    expect(unwrapped(stdout)).toContain('(choices: "pretty", "json", default: "pretty")');
    expect(stdout).toContain(`\nExamples:\n`);
    expect(stdout.slice(stdout.indexOf('Examples:'))).toContain(`$ raftcheck ${words.join(' ')}`);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test.each([66, 50])('of every command fits into a terminal of %i columns', (columns) => {
    const terminal = `data:text/javascript,process.stdout.isTTY = true; process.stdout.columns = ${columns};`;
    for (const { words } of LINES) {
      const { stdout } = spawnSync(process.execPath, ['--import', terminal, BIN, ...words, '--help'], {
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1' },
      });
      const [help = '', shown] = stdout.split('\nExamples:');
      expect(shown).toBeDefined();
      const [, ...belowUsage] = help.split('\n');
      expect(belowUsage.filter((line) => line.length > columns)).toEqual([]);
    }
  });

  test('shows arguments, defaults and what is possible', () => {
    const check = unwrapped(raftcheck('check', '--help').stdout);
    expect(check).toContain('PATH A file, a folder, or - for standard input');
    expect(check).toContain('(choices: "auto", "replay", "native", "tlc", "all", default: "auto")');
    const cluster = unwrapped(raftcheck('cluster', '--help').stdout);
    expect(cluster).toContain('How long the clients run, as 500ms, 10s or 2m. (default: 10s)');
    expect(cluster).toContain('--servers <N> How many servers. (default: 3)');
  });

  test.each([
    [['help', 'check']],
    [['--help', 'check']],
    [['check', '-h']],
    [['check', 'no-such-file', '--help']],
    [['check', '--budget', 'soon', '--nonsense', '--help']],
    [['check', '--keep', '--help']],
    [['check', '--json', '--help']],
  ])('wins over all else: %j', (args) => {
    expect(raftcheck(...args)).toEqual(raftcheck('check', '--help'));
  });

  test('is none where the command is unknown, and none behind --', () => {
    for (const args of [
      ['help', 'nonsense'],
      ['nonsense', '--help'],
      ['check', '--', '--help'],
    ]) {
      const { status, stdout } = raftcheck(...args);
      expect({ args, status, stdout }).toEqual({ args, status: 2, stdout: '' });
    }
  });
});

test('--version prints name, version, platform and Node in one line', () => {
  const { status, stdout, stderr } = raftcheck('--version');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^raftcheck\/\d+\.\d+\.\d+ \w+-\w+ node-v\d+\.\d+\.\d+\n$/);
});

/** A device that takes nothing: writing to it fails as writing to a full disk does. */
const FULL = '/dev/full';

test.skipIf(!existsSync(FULL))('a result that cannot be written is a failure, not a rejection', () => {
  const full = openSync(FULL, 'w');
  try {
    const lost = spawnSync(process.execPath, [BIN, '--version'], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    expect(lost.stderr.split('\n')[0]).toBe(
      'error RC5012: the output cannot be written: ENOSPC: no space left on device, write',
    );
    expect(lost.stderr).not.toContain('    at ');
    expect(lost.status).toBe(5);
    const usage = spawnSync(process.execPath, [BIN, 'check'], { stdio: ['ignore', 'ignore', full] });
    expect(usage.status).toBe(2);
  } finally {
    closeSync(full);
  }
});
