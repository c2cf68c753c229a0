import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXIT_CODES } from '../exit-codes.ts';
import { listModels } from '../model/model-manifest.ts';
import { packageRoot } from '../package-root.ts';
import { tlcForTests } from '../tlc/tlc.fixture.ts';

const SPEC = `---- MODULE Steps ----
EXTENDS Naturals
CONSTANT Max
VARIABLES x, y
Init == x = 0 /\\ y = {}
Step == x < Max /\\ x' = x + 1 /\\ y' = y
Next == Step \\/ (x = Max /\\ UNCHANGED <<x, y>>)
Small == x < 3
Reached == <>(x = 3)
NoValue == x < 1 \\/ y[1] = 2
Begin == x = 0 /\\ y = 0
Tick == Step \\/ (y' = y + 1 /\\ x' = x)
Hand == x
Half == x = 0
HalfStep == x' = x
====
`;

const BEGUN = `---- MODULE Begun ----
EXTENDS Naturals, TLC
CONSTANT Max
VARIABLE x
ASSUME PrintT("begun")
Init == x = 0
Next == x < Max /\\ x' = x + 1
====
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raftcheck-model-'));
  await writeFile(join(folder, 'Steps.tla'), SPEC);
  await writeFile(join(folder, 'Steps.cfg'), 'INIT Init\nNEXT Next\nCONSTANT Max = 2\nINVARIANT Small\n');
  await writeFile(join(folder, 'more.cfg'), 'INIT Init\nNEXT Next\nCONSTANT Max = 3\nINVARIANT Small\n');
  await writeFile(join(folder, 'endless.cfg'), 'INIT Init\nNEXT Next\nCONSTANT Max = 100000000\n');
  await writeFile(join(folder, 'live.cfg'), 'INIT Init\nNEXT Next\nCONSTANT Max = 2\nPROPERTY Reached\n');
  await writeFile(
    join(folder, 'viewed.cfg'),
    'INIT Begin\nNEXT Tick\nCONSTANT Max = 2\nPROPERTY Reached\nVIEW Hand\n',
  );
  await writeFile(join(folder, 'Begun.tla'), BEGUN);
  await writeFile(join(folder, 'begun.cfg'), 'INIT Init\nNEXT Next\nCONSTANT Max = 100000000\n');
  await writeFile(join(folder, 'novalue.cfg'), 'INIT Init\nNEXT Next\nCONSTANT Max = 2\nINVARIANT NoValue\n');
  await writeFile(join(folder, 'half.cfg'), 'INIT Half\nNEXT Next\nCONSTANT Max = 2\n');
  await writeFile(join(folder, 'half-step.cfg'), 'INIT Init\nNEXT HalfStep\nCONSTANT Max = 2\n');
  await writeFile(join(folder, 'wrong.cfg'), 'INIT Init\nNEXT Next\n');
  await writeFile(join(folder, 'Broken.tla'), SPEC.replace('Steps', 'Broken').replace("y' = y", "y' = z"));
});
afterAll(() => rm(folder, { recursive: true }));

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function model(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(packageRoot(), 'bin/raftcheck.js'), 'model', ...args], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}

describe('raftcheck model', () => {
  test('--list gives the models of the manifest', async () => {
    const { status, stdout } = await model('--list', '--json');
    expect(status).toBe(EXIT_CODES.ok);
    const { models, ...rest } = JSON.parse(stdout);
    expect(rest).toMatchObject({ format: 'raftcheck-model-list', version: 1 });
    expect(models.map((each: { name: string }) => each.name)).toEqual(listModels().map((each) => each.name));
  });

  test.each([
    [[]],
    [['no-such-model']],
    [['election', '--config', 'x.cfg']],
    [['election', '--list']],
    [['--all', 'small', '--mutants']],
    [['--mutant', 'no-such-mutant']],
    [['election', '--workers', '0']],
    [['election', '--budget', 'soon']],
    [['election', '--memory', 'much']],
    [['election', '--engine', 'other']],
    [['election', '--engine', 'tlc', '--simulate', '3']],
    [['election', '--engine', 'both', '--simulate', '3']],
    [['election', '--engine', 'tlc', '--counterexample', 'x.itf']],
    [['election', '--seed', '3']],
    [['election', '--as', 'itf']],
    [['election', '--engine', 'tlc', '--coverage']],
  ])('%j is a usage error', async (args) => {
    expect(await model(...args)).toMatchObject({ status: EXIT_CODES.usage, stdout: '' });
  });
});

const engines = tlcForTests() === undefined ? (['native'] as const) : (['native', 'tlc'] as const);

describe.each(engines)('raftcheck model FILE.tla --engine %s', (engine) => {
  const engineFlags = ['--engine', engine];

  test('takes the configuration of the same name, and holds', async () => {
    const { status, stdout, stderr } = await model(...engineFlags, 'Steps.tla', '--json');
    expect({ status, stderr }).toEqual({ status: EXIT_CODES.ok, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      format: 'raftcheck-model',
      version: 1,
      verdict: 'holds',
      engine,
      distinct: 3,
      generated: 4,
      depth: 3,
    });
  });

  test('a violation names the property and gives the steps', async () => {
    const { status, stdout } = await model(...engineFlags, 'Steps.tla', '--config', 'more.cfg', '--json');
    expect(status).toBe(EXIT_CODES.rejected);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ verdict: 'violated', code: 'RC3001', property: 'Small', depth: 4 });
    expect(result.steps).toHaveLength(4);
    expect(result.steps[3]).toEqual({
      number: 4,
      action: 'Step',
      module: 'Steps',
      line: 6,
      changed: ['x'],
      state: { x: '3', y: '{}' },
    });
  });

  test('for people, a step shows only what it changes', async () => {
    const { status, stdout, stderr } = await model(...engineFlags, 'Steps.tla', '--config', 'more.cfg');
    expect({ status, stderr }).toEqual({ status: EXIT_CODES.rejected, stderr: '' });
    expect(stdout).toContain('[violated] Steps.tla: 4 distinct');
    expect(stdout).toContain('  1. Initial predicate\n    x = 0\n    y = {}\n');
    expect(stdout).toContain('  4. Step (Steps.tla:6)\n    x = 3\n');
  });

  test('an exhausted budget is inconclusive', async () => {
    const { status, stdout } = await model(
      ...engineFlags,
      'Steps.tla',
      '--config',
      'endless.cfg',
      '--budget',
      '1s',
      '--json',
    );
    expect(status).toBe(EXIT_CODES.inconclusive);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'inconclusive', code: 'RC4001' });
  });

  test('so is a configuration that does not fit; a file that is not there is wrong usage', async () => {
    const wrong = await model(...engineFlags, 'Steps.tla', '--config', 'wrong.cfg', '--json');
    expect(wrong.status).toBe(EXIT_CODES.malformed);
    expect(JSON.parse(wrong.stdout).error).toMatchObject({ code: 'RC1902', file: 'wrong.cfg' });
    const absent = await model(...engineFlags, 'Absent.tla', '--json');
    expect(absent.status).toBe(EXIT_CODES.usage);
    expect(JSON.parse(absent.stdout).error).toMatchObject({ code: 'RC6104' });
  });
});

describe.skipIf(tlcForTests() === undefined)('with TLC', () => {
  test('a spec that cannot be parsed is malformed input, with file and line', async () => {
    const { status, stdout } = await model(
      'Broken.tla',
      '--config',
      'Steps.cfg',
      '--engine',
      'tlc',
      '--json',
    );
    expect(status).toBe(EXIT_CODES.malformed);
    expect(JSON.parse(stdout).error).toMatchObject({
      code: 'RC1901',
      file: expect.stringContaining('Broken.tla'),
      line: 6,
      message: "Unknown operator: `z'.",
    });
  });

  test('when it is ended by a signal, neither TLC nor a file stays behind', async () => {
    const scratch = await mkdtemp(join(folder, 'tmp-'));
    const bin = join(packageRoot(), 'bin/raftcheck.js');
    const child = spawn(
      process.execPath,
      [bin, 'model', 'Steps.tla', '--config', 'endless.cfg', '--engine', 'tlc'],
      {
        cwd: folder,
        env: { ...process.env, TMPDIR: scratch },
        stdio: 'ignore',
      },
    );
    const ended = new Promise((resolve) => child.on('close', resolve));
    while ((await readdir(scratch, { recursive: true })).every((file) => !file.endsWith('Naturals.tla'))) {
      await setTimeout(50);
    }
    child.kill('SIGTERM');
    expect(await ended).toBe(EXIT_CODES.inconclusive);
    await setTimeout(200);
    // Node keeps compiled code there, if it may.
    expect((await readdir(scratch)).filter((file) => file !== 'node-compile-cache')).toEqual([]);
  });

  test.each(['half', 'half-step'])('both engines say that a state is not complete: %s', async (config) => {
    for (const engine of ['native', 'tlc']) {
      const flags = ['Steps.tla', '--config', `${config}.cfg`, '--engine', engine, '--json'];
      const { status, stdout } = await model(...flags);
      expect(status).toBe(EXIT_CODES.malformed);
      expect(JSON.parse(stdout).error).toMatchObject({ code: 'RC1871' });
    }
  });

  test('both engines are compared', async () => {
    const { status, stdout } = await model('Steps.tla', '--engine', 'both', '--json');
    expect(status).toBe(EXIT_CODES.ok);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'holds',
      engine: 'native',
      contradiction: null,
      engines: { native: { distinct: 3, generated: 4 }, tlc: { distinct: 3, generated: 4 } },
    });
  });

  test('TLC decides where the native engine has no verdict', async () => {
    const { status, stdout } = await model(
      ...['Steps.tla', '--config', 'viewed.cfg', '--engine', 'both', '--json'],
    );
    expect(status).toBe(EXIT_CODES.rejected);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'violated',
      kind: 'temporalProperty',
      contradiction: null,
      engines: { native: { verdict: 'inconclusive', code: 'RC4280' } },
    });
  });
});

describe('with the native engine', () => {
  test.each([['1'], ['2']])('a signal ends the search of %s threads with a verdict', async (workers) => {
    const flags = ['Begun.tla', '--config', 'begun.cfg', '--workers', workers];
    const child = spawn(process.execPath, [join(packageRoot(), 'bin/raftcheck.js'), 'model', ...flags], {
      cwd: folder,
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    const ended = new Promise((resolve) => child.on('close', resolve));
    // The spec says when it is looked at.
    await new Promise((resolve) => child.stderr.once('data', resolve));
    child.kill('SIGINT');
    expect(await ended).toBe(EXIT_CODES.inconclusive);
    expect(stdout).toContain('[inconclusive] Begun.tla: RC4002: the run was interrupted');
  });

  test('a spec that cannot be parsed is malformed input, with file and line', async () => {
    const { status, stdout } = await model('Broken.tla', '--config', 'Steps.cfg', '--json');
    expect(status).toBe(EXIT_CODES.malformed);
    expect(JSON.parse(stdout).error).toMatchObject({
      code: expect.stringMatching(/^RC18/),
      file: 'Broken.tla',
      line: 6,
    });
  });

  test('a behaviour that violates a property goes on for ever, and it is told how', async () => {
    const { status, stdout } = await model('Steps.tla', '--config', 'live.cfg', '--json');
    expect(status).toBe(EXIT_CODES.rejected);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'violated',
      kind: 'temporalProperty',
      property: 'Reached',
      steps: [{ action: 'Initial predicate' }],
      loopsTo: null,
    });
    const pretty = await model('Steps.tla', '--config', 'live.cfg');
    expect(pretty.stdout).toContain('and nothing happens any more');
    await model('Steps.tla', '--config', 'live.cfg', '--counterexample', 'live.itf.json');
    expect(JSON.parse(await readFile(join(folder, 'live.itf.json'), 'utf8'))).toMatchObject({ loop: 0 });
  });

  test('a property of whole behaviours is not checked under a VIEW of too many states, and that is said', async () => {
    const { status, stdout } = await model('Steps.tla', '--config', 'viewed.cfg', '--json');
    expect(status).toBe(EXIT_CODES.inconclusive);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'inconclusive',
      code: 'RC4280',
      distinct: 3,
      notChecked: [{ property: 'Reached', file: 'Steps.tla', line: 9 }],
    });
  });

  test('a budget of memory is inconclusive', async () => {
    const { status, stdout } = await model(
      'Steps.tla',
      '--config',
      'endless.cfg',
      '--memory',
      '1m',
      '--json',
    );
    expect(status).toBe(EXIT_CODES.inconclusive);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'inconclusive', code: 'RC4282' });
  });

  test('several threads find the same', async () => {
    const { status, stdout } = await model('Steps.tla', '--workers', '2', '--json');
    expect(status).toBe(EXIT_CODES.ok);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'holds', distinct: 3, generated: 4, depth: 3 });
  });

  test('what has no value is told with its place, and how the state came about', async () => {
    const { status, stdout } = await model('Steps.tla', '--config', 'novalue.cfg', '--json');
    expect(status).toBe(EXIT_CODES.malformed);
    expect(JSON.parse(stdout).error).toMatchObject({
      code: expect.stringMatching(/^RC18/),
      file: 'Steps.tla',
      line: 10,
      hint: 'in the state after Step: x = 1, y = {}',
    });
  });

  test('--coverage tells what was never taken and what was never true', async () => {
    const { status, stdout } = await model('Steps.tla', '--coverage', '--json');
    expect(status).toBe(EXIT_CODES.ok);
    const { coverage, generated } = JSON.parse(stdout);
    expect(generated).toBe(4);
    expect(coverage.actions).toEqual([
      { action: 'Step', file: 'Steps.tla', line: 6, taken: 2 },
      { action: 'Next', file: 'Steps.tla', line: 7, taken: 1 },
    ]);
    expect(coverage.conjuncts).toContainEqual({
      definition: 'Step',
      file: 'Steps.tla',
      line: 6,
      column: 9,
      evaluated: 3,
      held: 2,
    });
  });

  test('random behaviours prove nothing, but may violate; the seed decides', async () => {
    const fine = await model('Steps.tla', '--simulate', '5', '--depth', '4', '--json');
    expect(fine.status).toBe(EXIT_CODES.inconclusive);
    expect(JSON.parse(fine.stdout)).toMatchObject({ verdict: 'inconclusive', code: 'RC4283' });
    const flags = ['Steps.tla', '--config', 'more.cfg', '--simulate', '5', '--seed', '7', '--json'];
    const one = await model(...flags);
    expect(one.status).toBe(EXIT_CODES.rejected);
    expect(JSON.parse(one.stdout)).toMatchObject({ verdict: 'violated', property: 'Small' });
    expect(JSON.parse((await model(...flags)).stdout).steps).toEqual(JSON.parse(one.stdout).steps);
  });

  test('a counterexample goes to a file', async () => {
    const itf = await model(
      'Steps.tla',
      '--config',
      'more.cfg',
      '--counterexample',
      'more.itf.json',
      '--json',
    );
    expect(itf.status).toBe(EXIT_CODES.rejected);
    expect(JSON.parse(itf.stdout)).toMatchObject({ counterexample: 'more.itf.json' });
    const trace = JSON.parse(await readFile(join(folder, 'more.itf.json'), 'utf8'));
    expect(trace).toMatchObject({ vars: ['x', 'y'], '#meta': { format: 'ITF', source: 'Steps.tla' } });
    expect(trace.states[3]).toMatchObject({ x: { '#bigint': '3' }, y: { '#set': [] } });
  });

  test('one that is no trace of Raft leaves the verdict as it is', async () => {
    const flags = ['--config', 'more.cfg', '--counterexample', 'more.ndjson', '--as', 'trace', '--json'];
    const { status, stdout } = await model('Steps.tla', ...flags);
    expect(status).toBe(EXIT_CODES.rejected);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'violated',
      counterexample: null,
      counterexampleError: { code: 'RC4284' },
    });
  });

  test('one of a mutant is a trace that the spec rejects', async () => {
    const flags = ['--counterexample', 'mutant.ndjson', '--as', 'trace', '--json'];
    const { status, stdout } = await model('--mutant', 'votes-kept-after-step-down', ...flags);
    expect(status).toBe(EXIT_CODES.ok);
    expect(JSON.parse(stdout)).toMatchObject({ caught: 1, mutants: [{ counterexample: 'mutant.ndjson' }] });
    const lines = (await readFile(join(folder, 'mutant.ndjson'), 'utf8')).trim().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ end: true, events: lines.length - 2 });
  });
});
