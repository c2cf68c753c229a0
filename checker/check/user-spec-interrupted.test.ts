import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { CORPUS_FOLDER } from '../../traces/corpus-manifest.ts';
import { packageRoot } from '../package-root.ts';
import { writeVariant } from './user-spec.fixture.ts';

const TRACE = join(CORPUS_FOLDER, 'rejected', 'bug-commit-old-term.ndjson');
const QUORUM = '/\\ IsQuorum(HoldersOf(s, i), ConfigurationOf(s))';

const folder = mkdtempSync(join(tmpdir(), 'raftcheck-lasting-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Whether an index may be committed takes it a minute. */
const spec = writeVariant(
  join(folder, 'spec'),
  'Replication.tla',
  QUORUM,
  `/\\ \\A S \\in SUBSET (1..(i + 26)) : Cardinality(S) < 99\n    ${QUORUM}`,
);

let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill('SIGKILL');
});

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly left: readonly string[];
}

/** Runs a command, and sends it a signal when it evaluates for long. */
async function raftcheck(args: readonly string[], signal?: NodeJS.Signals): Promise<Outcome> {
  const scratch = mkdtempSync(join(folder, 'tmp-'));
  const run = spawn(process.execPath, [join(packageRoot(), 'bin/raftcheck.js'), ...args], {
    env: { ...process.env, TMPDIR: scratch, NODE_COMPILE_CACHE: join(folder, 'compiled') },
  });
  child = run;
  let stdout = '';
  run.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  const ended = new Promise<number | null>((resolve) => run.on('close', resolve));
  if (signal !== undefined) {
    await setTimeout(5_000);
    run.kill(signal);
  }
  return { status: await ended, stdout, left: readdirSync(scratch) };
}

describe('a spec of the user that evaluates for long', () => {
  it('is ended by the budget, and it is told how many events were judged', async () => {
    const flags = ['--spec', spec, '--engine', 'native', '--budget', '5s', '--json'];
    const { status, stdout } = await raftcheck(['check', TRACE, ...flags]);
    const [trace] = JSON.parse(stdout).traces;
    expect(trace).toMatchObject({ verdict: 'inconclusive', events: 47, error: { code: 'RC4001' } });
    expect(status).toBe(4);
  });

  it.each([
    ['check', 'SIGINT', 130, ['--engine', 'native']],
    ['check', 'SIGTERM', 143, ['--engine', 'native']],
    ['explain', 'SIGINT', 130, ['--line', '60']],
  ] as const)(
    'lets %s be ended by %s, and no file stays behind',
    async (command, signal, expected, flags) => {
      const { status, left } = await raftcheck([command, TRACE, '--spec', spec, ...flags], signal);
      expect(status).toBe(expected);
      expect(left).toEqual([]);
    },
  );
});
