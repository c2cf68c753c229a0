import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { EXIT_CODES } from '../exit-codes.ts';
import { packageRoot } from '../package-root.ts';

/** What lasts does so for a minute. */
const SPEC = `---- MODULE Lasting ----
EXTENDS Integers, FiniteSets, TLC
VARIABLE x
ASSUME PrintT("begun")
Lasts(n) == \\E S \\in SUBSET (1..(n + 26)) : Cardinality(S) = 99
Init == x = 0
Walk == x < 3 /\\ x' = x + 1
Next == Walk \\/ (x = 3 /\\ Lasts(x) /\\ x' = 4)
Fills == {<<a, b, <<a>>>> : a \\in 1..5000, b \\in 1..5000}
Full == Walk \\/ (x = 3 /\\ x' = Cardinality(Fills))
Round == x' = (x + 1) % 4
Lasting == x = 0 /\\ Lasts(x)
Comes == <>(x = 3 /\\ Lasts(x))
====
`;
const ASSUMING = SPEC.replace('Lasting ----', 'Assuming ----').replace('Init ==', 'ASSUME Lasts(0)\nInit ==');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raftcheck-interrupted-'));
  await writeFile(join(folder, 'Lasting.tla'), SPEC);
  await writeFile(join(folder, 'Assuming.tla'), ASSUMING);
  await writeFile(join(folder, 'next.cfg'), 'INIT Init\nNEXT Next\n');
  await writeFile(join(folder, 'full.cfg'), 'INIT Init\nNEXT Full\n');
  await writeFile(join(folder, 'init.cfg'), 'INIT Lasting\nNEXT Next\n');
  await writeFile(join(folder, 'live.cfg'), 'INIT Init\nNEXT Round\nPROPERTY Comes\n');
});
afterAll(() => rm(folder, { recursive: true }));

let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill('SIGKILL');
});

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
}

/** @param signal is sent when the spec has said that it is looked at, and what lasts has begun */
async function model(args: readonly string[], signal?: NodeJS.Signals): Promise<Outcome> {
  const bin = join(packageRoot(), 'bin/raftcheck.js');
  const run = spawn(process.execPath, [bin, 'model', ...args], { cwd: folder });
  child = run;
  let stdout = '';
  run.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  const ended = new Promise<number | null>((resolve) => run.on('close', resolve));
  if (signal !== undefined) {
    await new Promise((resolve) => run.stderr.once('data', resolve));
    await setTimeout(2_000);
    run.kill(signal);
  }
  return { status: await ended, stdout };
}

const NONE = 'no states counted';
const WALKED = '4 distinct, 4 generated, depth 4';

describe('an evaluation that lasts is ended', () => {
  test.each([
    ['SIGINT', 'Lasting.tla', 'next.cfg', [], WALKED],
    ['SIGTERM', 'Lasting.tla', 'next.cfg', [], WALKED],
    ['SIGTERM', 'Lasting.tla', 'next.cfg', ['--workers', '2'], 'distinct'],
    ['SIGINT', 'Lasting.tla', 'next.cfg', ['--coverage'], WALKED],
    ['SIGTERM', 'Lasting.tla', 'next.cfg', ['--simulate', '5'], NONE],
    ['SIGINT', 'Lasting.tla', 'init.cfg', [], NONE],
    ['SIGTERM', 'Lasting.tla', 'live.cfg', [], '4 distinct, 5 generated, depth 4'],
    ['SIGTERM', 'Assuming.tla', 'next.cfg', [], NONE],
  ] as const)('by %s in %s with %s %j, with a verdict', async (signal, spec, config, flags, counts) => {
    const { status, stdout } = await model([spec, '--config', config, ...flags], signal);
    expect(stdout).toContain(`[inconclusive] ${spec}: RC4002: the run was interrupted; `);
    expect(stdout).toContain(counts);
    expect(status).toBe(EXIT_CODES.inconclusive);
  });

  test('by the budget', async () => {
    const flags = ['--config', 'live.cfg', '--budget', '3s', '--json'];
    const { status, stdout } = await model(['Lasting.tla', ...flags]);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'inconclusive',
      code: 'RC4001',
      distinct: 4,
      notChecked: [{ property: 'Comes', why: expect.stringContaining('the search ended before') }],
    });
    expect(status).toBe(EXIT_CODES.inconclusive);
  });

  test.each([['1'], ['2']])('by the budget of memory of %s threads, which it fills', async (workers) => {
    const flags = ['--config', 'full.cfg', '--memory', '200m', '--workers', workers];
    const { status, stdout } = await model(['Lasting.tla', ...flags]);
    expect(stdout).toContain('[inconclusive] Lasting.tla: RC4282: the budget of memory is exhausted; ');
    expect(status).toBe(EXIT_CODES.inconclusive);
  });
});
