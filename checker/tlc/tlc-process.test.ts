import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { tlcForTests } from './tlc.fixture.ts';
import { runTlc, type TlcResult } from './tlc-process.ts';

const jar = tlcForTests() ?? { path: '' };

// Inc stands in line 5: the tests below name it.
const COUNTER = `---- MODULE Counter ----
EXTENDS Naturals, TLC
CONSTANT Max VARIABLES x, y
Init == x = 0 /\\ y = <<>>
Inc == x < Max /\\ x' = x + 1 /\\ y' = [a |-> x, b |-> "q"]
Reset == x = Max /\\ x' = 0 /\\ UNCHANGED y
Next == Inc \\/ Reset
Spec == Init /\\ [][Next]_<<x, y>> /\\ WF_<<x, y>>(Next)
Small == x < 3
Zero == x = 1
Grows == [][x' >= x]_x
ReachesSeven == <>(x = 7)
Chatty == PrintT(<<"x is", x>>)
NoValue == <>(<<1>>[x] = 1)
====
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raftcheck-tlc-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function check(
  config: string,
  options: { spec?: string; budgetMs?: number; signal?: AbortSignal } = {},
): Promise<TlcResult> {
  const own = await mkdtemp(join(folder, 'case-'));
  await writeFile(join(own, 'Counter.tla'), options.spec ?? COUNTER);
  await writeFile(join(own, 'Counter.cfg'), config);
  return runTlc({
    jar,
    specFile: join(own, 'Counter.tla'),
    configFile: join(own, 'Counter.cfg'),
    short: true,
    ...(options.budgetMs === undefined ? {} : { budgetMs: options.budgetMs }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
}

describe.skipIf(jar.path === '')('a run of TLC', () => {
  test('that finds nothing tells the counts', async () => {
    expect(await check('CONSTANT Max = 2\nSPECIFICATION Spec\nINVARIANT Small')).toMatchObject({
      end: 'noError',
      exitCode: 0,
      counts: { distinct: 4, generated: 5, queue: 0, depth: 4 },
      counterexample: [],
      complaints: [],
    });
  });

  test('counts the characters of a text alike in each locale', async () => {
    // With two columns for each letter the second bullet is none, and the whole an implication.
    const inList = 'Inv == (* \u00e9\u00e9\u00e9 *) /\\ x < 0\n                 /\\ FALSE => TRUE\n====';
    vi.stubEnv('LC_ALL', 'C');
    const result = await check('CONSTANT Max = 2\nSPECIFICATION Spec\nINVARIANT Inv', {
      spec: COUNTER.replace('====', () => inList),
    });
    vi.unstubAllEnvs();
    expect(result).toMatchObject({ end: 'violated' });
  });

  test('takes a configuration of another folder', async () => {
    const [specs, configs] = [await mkdtemp(join(folder, 'spec-')), await mkdtemp(join(folder, 'cfg-'))];
    const [specFile, configFile] = [join(specs, 'Counter.tla'), join(configs, 'Other.cfg')];
    await writeFile(specFile, COUNTER);
    await writeFile(configFile, 'CONSTANT Max = 2\nSPECIFICATION Spec\nINVARIANT Small');
    expect(await runTlc({ jar, specFile, configFile, short: true })).toMatchObject({
      end: 'noError',
      counts: { distinct: 4 },
    });
  });

  test('that violates an invariant names it and gives the steps', async () => {
    const result = await check('CONSTANT Max = 4\nSPECIFICATION Spec\nINVARIANT Small');
    expect(result).toMatchObject({
      end: 'violated',
      exitCode: 12,
      violation: { kind: 'invariant', property: 'Small' },
    });
    expect(result.counterexample).toHaveLength(4);
    expect(result.counterexample.at(-1)).toEqual({
      number: 4,
      action: 'Inc',
      module: 'Counter',
      line: 5,
      variables: { x: '3', y: '[a |-> 2, b |-> "q"]' },
      changed: ['x', 'y'],
    });
  });

  test('that violates an invariant at once gives that one state', async () => {
    const result = await check('CONSTANT Max = 2\nSPECIFICATION Spec\nINVARIANT Zero');
    expect(result).toMatchObject({ end: 'violated', violation: { property: 'Zero' } });
    expect(result.counterexample).toMatchObject([{ number: 1, variables: { x: '0' } }]);
  });

  test('that violates a property of steps names it', async () => {
    const result = await check('CONSTANT Max = 2\nSPECIFICATION Spec\nPROPERTY Grows');
    expect(result).toMatchObject({
      end: 'violated',
      violation: { kind: 'actionProperty', property: 'Grows' },
    });
    expect(result.counterexample.at(-1)).toMatchObject({ action: 'Reset', changed: ['x'] });
  });

  test('that violates a property of whole behaviours says where it loops', async () => {
    expect(await check('CONSTANT Max = 2\nSPECIFICATION Spec\nPROPERTY ReachesSeven')).toMatchObject({
      end: 'violated',
      violation: { kind: 'temporalProperty', property: null },
      loopsTo: expect.any(Number),
    });
  });

  test('that comes to a deadlock says so', async () => {
    const result = await check('CONSTANT Max = 2\nINIT Init\nNEXT Inc');
    expect(result).toMatchObject({ end: 'violated', violation: { kind: 'deadlock', property: null } });
    expect(result.counterexample).toHaveLength(3);
  });

  test('keeps what the spec prints', async () => {
    const { printed } = await check('CONSTANT Max = 1\nSPECIFICATION Spec\nINVARIANT Chatty');
    expect(new Set(printed)).toEqual(new Set(['<<"x is", 0>>', '<<"x is", 1>>']));
  });

  test('over a spec with a syntax error says where', async () => {
    const spec = COUNTER.replace("x' = x + 1", "x' = = x + 1");
    const { end, complaints } = await check('CONSTANT Max = 2\nSPECIFICATION Spec', { spec });
    expect({ end, complaints }).toMatchObject({
      end: 'specError',
      complaints: [{ module: 'Counter', line: 5 }],
    });
  });

  test('over a spec with an unknown name says which and where', async () => {
    const spec = COUNTER.replace("x' = x + 1", "x' = Foo");
    const { end, complaints } = await check('CONSTANT Max = 2\nSPECIFICATION Spec', { spec });
    expect({ end, complaints }).toMatchObject({
      end: 'specError',
      complaints: [{ module: 'Counter', line: 5, message: "Unknown operator: `Foo'." }],
    });
  });

  test('over a spec that extends a missing module names the module', async () => {
    const spec = COUNTER.replace('Naturals', 'Unnaturals');
    const { end, complaints } = await check('CONSTANT Max = 2\nSPECIFICATION Spec', { spec });
    expect(end).toBe('specError');
    expect(complaints[0]?.message).toContain('Unnaturals');
  });

  test.each([
    ['a constant without a value', 'SPECIFICATION Spec', 'Max'],
    ['an action that is not defined', 'CONSTANT Max = 2\nINIT Init\nNEXT Nxt', 'Nxt'],
  ])('with %s is an error of the configuration', async (_name, config, culprit) => {
    const { end, complaints } = await check(config);
    expect(end).toBe('configError');
    expect(complaints[0]?.message).toContain(culprit);
  });

  test('with a configuration file that is not there is one too', async () => {
    await writeFile(join(folder, 'Counter.tla'), COUNTER);
    const result = await runTlc({
      jar,
      specFile: join(folder, 'Counter.tla'),
      configFile: join(folder, 'none.cfg'),
    });
    expect(result.end).toBe('configError');
  });

  test('that cannot evaluate an expression says which and where', async () => {
    const { end, complaints } = await check('CONSTANT Max = "a"\nSPECIFICATION Spec');
    expect({ end, complaints }).toMatchObject({
      end: 'evaluationError',
      complaints: [{ module: 'Counter', line: 5, message: expect.stringContaining('"a"') }],
    });
  });

  test('that gives up in an initial state, and ends with 0, found an error', async () => {
    expect(await check('CONSTANT Max = 2\nSPECIFICATION Spec\nPROPERTY NoValue')).toMatchObject({
      end: 'evaluationError',
      exitCode: 0,
      complaints: [{ message: expect.stringContaining('out of domain') }],
    });
  });

  test('that cannot evaluate a standard operator tells its cause', async () => {
    const spec = COUNTER.replace('Naturals, TLC', 'Integers, FiniteSets, TLC').replace(
      'Small == x < 3',
      'Small == Cardinality(SUBSET (1..31)) > x',
    );
    const { end, complaints } = await check('CONSTANT Max = 2\nSPECIFICATION Spec\nINVARIANT Small', {
      spec,
    });
    expect({ end, message: complaints[0]?.message }).toEqual({
      end: 'evaluationError',
      message: expect.stringMatching(/Overflow when computing the number of elements in:\s*SUBSET 1\.\.31/),
    });
  });

  test.each(['none.jar', 'junk.jar'])('from %s, where there is none, names that file', async (name) => {
    const path = join(folder, name);
    await writeFile(join(folder, 'junk.jar'), 'junk');
    const run = runTlc({ jar: { path }, specFile: join(folder, 'x.tla'), configFile: 'x.cfg' });
    await expect(run).rejects.toMatchObject({
      code: 'RC5003',
      message: `${path} is no jar with TLC: Java finds no tlc2.TLC in it`,
      hint: 'name a tla2tools.jar, or name none and let raftcheck install one',
    });
  });

  const ENDLESS = 'CONSTANT Max = 100000000\nSPECIFICATION Spec';

  test('is stopped when its time is up, and that is no verdict', async () => {
    const result = await check(ENDLESS, { budgetMs: 1_500 });
    expect(result).toMatchObject({ end: 'budgetExhausted', exitCode: null });
    expect(result.elapsedMs).toBeLessThan(10_000);
  });

  test('is stopped when the caller says so', async () => {
    expect(await check(ENDLESS, { signal: AbortSignal.timeout(500) })).toMatchObject({ end: 'aborted' });
    expect(await check(ENDLESS, { signal: AbortSignal.abort() })).toMatchObject({ end: 'aborted' });
  });

  test('leaves nothing beside the spec', async () => {
    const own = await mkdtemp(join(folder, 'clean-'));
    await writeFile(join(own, 'Counter.tla'), COUNTER);
    await writeFile(join(own, 'Counter.cfg'), 'CONSTANT Max = 4\nSPECIFICATION Spec\nINVARIANT Small');
    await runTlc({ jar, specFile: join(own, 'Counter.tla'), configFile: join(own, 'Counter.cfg') });
    expect((await readdir(own)).sort()).toEqual(['Counter.cfg', 'Counter.tla']);
  });
});

test('without Java a coded error says what to do', async () => {
  const before = process.env.JAVA_HOME;
  process.env.JAVA_HOME = join(tmpdir(), 'no-java-here');
  try {
    await expect(
      runTlc({ jar: { path: 'x.jar' }, specFile: 'x.tla', configFile: 'x.cfg' }),
    ).rejects.toMatchObject({ code: 'RC5002', hint: expect.stringContaining('JAVA_HOME') });
  } finally {
    if (before === undefined) delete process.env.JAVA_HOME;
    else process.env.JAVA_HOME = before;
  }
});
