import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXIT_CODES } from '../exit-codes.ts';
import { listModels } from '../model/model-manifest.ts';
import { packageRoot } from '../package-root.ts';
import { tlcForTests } from '../tlc/tlc-for-tests.ts';

const SPEC = `---- MODULE Steps ----
EXTENDS Naturals
CONSTANT Max
VARIABLES x, y
Init == x = 0 /\\ y = {}
Step == x < Max /\\ x' = x + 1 /\\ y' = y
Next == Step \\/ (x = Max /\\ UNCHANGED <<x, y>>)
Small == x < 3
====
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raftcheck-model-'));
  await writeFile(join(folder, 'Steps.tla'), SPEC);
  await writeFile(join(folder, 'Steps.cfg'), 'INIT Init\nNEXT Next\nCONSTANT Max = 2\nINVARIANT Small\n');
  await writeFile(join(folder, 'more.cfg'), 'INIT Init\nNEXT Next\nCONSTANT Max = 3\nINVARIANT Small\n');
  await writeFile(join(folder, 'endless.cfg'), 'INIT Init\nNEXT Next\nCONSTANT Max = 100000000\n');
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
  ])('%j is a usage error', async (args) => {
    expect(await model(...args)).toMatchObject({ status: EXIT_CODES.usage, stdout: '' });
  });
});

describe.skipIf(tlcForTests() === undefined)('raftcheck model FILE.tla', () => {
  test('takes the configuration of the same name, and holds', async () => {
    const { status, stdout, stderr } = await model('Steps.tla', '--json');
    expect({ status, stderr }).toEqual({ status: EXIT_CODES.ok, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      format: 'raftcheck-model',
      version: 1,
      verdict: 'holds',
      distinct: 3,
      generated: 4,
      depth: 3,
    });
  });

  test('a violation names the property and gives the steps', async () => {
    const { status, stdout } = await model('Steps.tla', '--config', 'more.cfg', '--json');
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
    const { status, stdout, stderr } = await model('Steps.tla', '--config', 'more.cfg');
    expect({ status, stderr }).toEqual({ status: EXIT_CODES.rejected, stderr: '' });
    expect(stdout).toContain('[violated] Steps.tla: 4 distinct');
    expect(stdout).toContain('  1. Initial predicate\n    x = 0\n    y = {}\n');
    expect(stdout).toContain('  4. Step (Steps.tla:6)\n    x = 3\n');
  });

  test('an exhausted budget is inconclusive', async () => {
    const { status, stdout } = await model(
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

  test('a spec that cannot be parsed is malformed input, with file and line', async () => {
    const { status, stdout } = await model('Broken.tla', '--config', 'Steps.cfg', '--json');
    expect(status).toBe(EXIT_CODES.malformed);
    expect(JSON.parse(stdout).error).toMatchObject({
      code: 'RC1901',
      file: expect.stringContaining('Broken.tla'),
      line: 6,
      message: "Unknown operator: `z'.",
    });
  });

  test('so are a configuration that does not fit and a file that is not there', async () => {
    const wrong = await model('Steps.tla', '--config', 'wrong.cfg', '--json');
    expect(wrong.status).toBe(EXIT_CODES.malformed);
    expect(JSON.parse(wrong.stdout).error).toMatchObject({ code: 'RC1902', file: 'wrong.cfg' });
    const absent = await model('Absent.tla', '--json');
    expect(absent.status).toBe(EXIT_CODES.malformed);
    expect(JSON.parse(absent.stdout).error).toMatchObject({ code: 'RC1904' });
  });

  test('when it is ended by a signal, neither TLC nor a file stays behind', async () => {
    const scratch = await mkdtemp(join(folder, 'tmp-'));
    const bin = join(packageRoot(), 'bin/raftcheck.js');
    const child = spawn(process.execPath, [bin, 'model', 'Steps.tla', '--config', 'endless.cfg'], {
      cwd: folder,
      env: { ...process.env, TMPDIR: scratch },
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => child.on('close', resolve));
    while ((await readdir(scratch, { recursive: true })).every((file) => !file.endsWith('Naturals.tla'))) {
      await setTimeout(50);
    }
    child.kill('SIGTERM');
    expect(await ended).toBe(143);
    await setTimeout(200);
    expect(await readdir(scratch)).toEqual([]);
  });
});
