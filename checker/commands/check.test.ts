import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CORPUS_FOLDER } from '../../traces/corpus-manifest.ts';
import { packageRoot } from '../package-root.ts';

const BIN = join(packageRoot(), 'bin', 'raftcheck.js');
const ACCEPTED = join(CORPUS_FOLDER, 'accepted', 'leader-crash.ndjson');
const REJECTED = join(CORPUS_FOLDER, 'rejected', 'vote.ndjson');

const folder = mkdtempSync(join(tmpdir(), 'raftcheck-check-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function check(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const run = spawnSync(process.execPath, [BIN, 'check', ...args, '--format', 'json'], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  return { status: run.status, result: JSON.parse(run.stdout) };
}

describe('raftcheck check', () => {
  it('accepts with exit code 0, and counts the events', () => {
    const { status, result } = check([ACCEPTED, '--engine', 'replay']);
    expect(status).toBe(0);
    expect(result).toMatchObject({ verdict: 'accepted', traces: [{ events: 113, notes: [] }] });
  });

  it('rejects with exit code 1, and counts the events up to the rejected one', () => {
    const { status, result } = check([REJECTED, '--engine', 'replay']);
    expect(status).toBe(1);
    expect(result.traces[0]).toMatchObject({
      events: 5,
      verdict: 'rejected',
      engines: { replay: { verdict: 'rejected', line: 6 } },
      rejection: { line: 6, server: 's2', action: 'HandleRequestVoteRequest', engine: 'replay' },
      notes: [],
    });
  });

  it('is accepted only if every run is', () => {
    const { status, result } = check([ACCEPTED, REJECTED, '--engine', 'replay']);
    expect([status, result.verdict, result.traces.length]).toEqual([1, 'rejected', 2]);
  });

  it('ends with 3 where a line is malformed, naming it', () => {
    const file = join(folder, 'malformed.ndjson');
    writeFileSync(file, '{"format":"raftcheck-trace"\n');
    const { status, result } = check([file, '--engine', 'replay']);
    expect(status).toBe(3);
    expect(result.traces[0]).toMatchObject({ verdict: 'malformed', error: { file, line: 1 } });
  });

  it('ends with 4 where the time did not suffice, and says nothing of an end that it has not seen', () => {
    const { status, result } = check([ACCEPTED, '--engine', 'replay', '--budget', '0.0001ms']);
    expect(status).toBe(4);
    expect(result.traces[0]).toMatchObject({
      verdict: 'inconclusive',
      events: 0,
      error: { code: 'RC4001', message: 'the time budget is exhausted after 0 events' },
      notes: [],
    });
  });

  it('ends with 5 where TLC was asked for by name and cannot be had, whatever replay says', () => {
    const { status, result } = check([ACCEPTED, '--engine', 'all', '--tlc-jar', join(folder, 'no.jar')]);
    expect(status).toBe(5);
    expect(result.traces[0]).toMatchObject({
      verdict: 'failed',
      engines: { replay: { verdict: 'accepted' }, tlc: { verdict: 'failed' } },
    });
  });

  it('asks replay and native where nobody asked for an engine, and needs no TLC', () => {
    const { status, result } = check([ACCEPTED], { RAFTCHECK_CACHE: folder, RAFTCHECK_TLC_JAR: '' });
    expect(status).toBe(0);
    expect(result.traces[0]).toMatchObject({
      verdict: 'accepted',
      engines: { replay: { verdict: 'accepted' }, native: { verdict: 'accepted' } },
      notes: [],
    });
    expect(result.traces[0].engines.tlc).toBeUndefined();
  });

  it('reads a named pipe, once', () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const script = 'cat "$1" > "$2" & exec "$3" "$4" check "$2" --engine replay';
    const run = spawnSync('sh', ['-c', script, 'sh', ACCEPTED, pipe, process.execPath, BIN], {
      encoding: 'utf8',
      timeout: 30_000,
    });
    expect(run.stdout).toContain('[accepted]');
  });

  it('refuses to keep anything in what is a file', () => {
    const file = join(folder, 'kept');
    writeFileSync(file, 'mine');
    for (const runs of [[ACCEPTED], [ACCEPTED, REJECTED]]) {
      const { status, result } = check([...runs, '--engine', 'replay', '--keep', file]);
      expect(status).toBe(2);
      expect(result).toMatchObject({ format: 'raftcheck-error', error: { code: 'RC6001' } });
      expect(result.error.message).toContain(`nothing can be kept in ${file}`);
    }
  });

  it('refuses standard input named twice, and no path at all', () => {
    expect(check(['-', '-']).status).toBe(2);
    expect(check([]).status).toBe(2);
  });
});
