import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runEngines } from '../../model/run-engines.ts';
import { shippedLibrary } from '../../package-root.ts';
import { tlcForTests } from '../../tlc/tlc.fixture.ts';
import { evaluate, explore, parse } from '../index.ts';
import { evaluateWithTlc, type Outcome } from './expression-oracle.fixture.ts';
import { LIBRARY_PRELUDE, LIBRARY_VALUES } from './library-expressions.fixture.ts';
import { REFUSED } from './library-value.fixture.ts';
import { evaluateNatively } from './native-evaluation.fixture.ts';

const jar = tlcForTests() ?? { path: '' };
const TIMEOUT_MS = 120_000;
const MODULES = readdirSync(shippedLibrary()).filter((file) => file.endsWith('.tla'));
const EXPRESSIONS = LIBRARY_VALUES.map(([expression]) => expression);

// Two logs of up to two entries, one copied from the other, and a bag of what was appended. Bitwise is its own.
const LOGS = `---- MODULE Logs ----
EXTENDS Integers, Sequences, SequencesExt, FiniteSetsExt, BagsExt, Functions, Bitwise
CONSTANT Server
VARIABLES log, appended
Init == log = [s \\in Server |-> <<>>] /\\ appended = EmptyBag
Append2(s) ==
  \\E e \\in 1..2 :
    /\\ Len(log[s]) < 2
    /\\ log' = [log EXCEPT ![s] = Snoc(e, @)]
    /\\ appended' = BagAdd(appended, e)
Copy(s, t) ==
  /\\ IsStrictPrefix(log[s], log[t])
  /\\ log' = [log EXCEPT ![s] = log[t]]
  /\\ FoldSet(LAMBDA r, sum : sum + Len(log'[r]), 0, Server) <= 5
  /\\ UNCHANGED appended
Next == \\E s, t \\in Server : Append2(s) \\/ Copy(s, t)
Spec == Init /\\ [][Next]_<<log, appended>>
Total(l) == FoldFunction(LAMBDA one, sum : Len(one) + sum, 0, l)
Sums == SumBag(appended) <= 2 * Total(log)
OwnBitwise == Total(log) & 1 = 7
Grow == [][Total(log') > Total(log)]_log
Short == Total(log) < 3
Undefined == Last(log[CHOOSE s \\in Server : TRUE]) > 0
====
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raftcheck-library-'));
  await writeFile(join(folder, 'Logs.tla'), LOGS);
  await writeFile(join(folder, 'Bitwise.tla'), '---- MODULE Bitwise ----\nx & y == 7\n====\n');
  const constants = 'CONSTANT Server = {s1, s2}\nSPECIFICATION Spec\nCHECK_DEADLOCK FALSE\n';
  await writeFile(join(folder, 'Logs.cfg'), `${constants}INVARIANTS Sums OwnBitwise\nPROPERTY Grow\n`);
  await writeFile(join(folder, 'short.cfg'), `${constants}INVARIANT Short\n`);
  await writeFile(join(folder, 'undefined.cfg'), `${constants}INVARIANT Undefined\n`);
});
afterAll(() => rm(folder, { recursive: true }));

const textOf = (outcome: Outcome | undefined) => (outcome?.kind === 'value' ? outcome.text : REFUSED);
const tableOf = (outcomes: readonly Outcome[]) =>
  EXPRESSIONS.map((expression, position) => [expression, textOf(outcomes[position])]);

describe('the operators of spec/library', () => {
  test('have the values that their documentation says', async () => {
    expect(tableOf(await evaluateNatively(EXPRESSIONS, LIBRARY_PRELUDE))).toEqual(LIBRARY_VALUES);
  });

  test.skipIf(jar.path === '')(
    'have them with TLC, too',
    async () => {
      expect(tableOf(await evaluateWithTlc(jar, EXPRESSIONS, LIBRARY_PRELUDE))).toEqual(LIBRARY_VALUES);
    },
    TIMEOUT_MS,
  );

  test('are all asked for', async () => {
    const asked = new Set(EXPRESSIONS.flatMap((expression) => expression.match(/\w+|\^\^|[&|]/g) ?? []));
    const unasked: string[] = [];
    for (const file of MODULES) {
      if (!/^(?:Raftcheck|TLAPS|RealTime|.*Theorems|\w+Induction)/.test(file)) {
        const name = basename(file, '.tla');
        const { definitions } = await parse({ text: `---- MODULE Text ----\nEXTENDS ${name}\n====\n` });
        unasked.push(...definitions.map((each) => each.name).filter((each) => !asked.has(each)));
      }
    }
    expect(unasked).toEqual([]);
  });

  test('are those of modules that can be read one by one', async () => {
    for (const file of MODULES) {
      expect((await parse({ file: join(shippedLibrary(), file) })).name).toBe(basename(file, '.tla'));
    }
  });
});

describe('a spec that extends them', () => {
  const limits = { workers: 1, findJar: async () => jar };

  test.skipIf(jar.path === '')(
    'has the same counts with both engines',
    async () => {
      const files = { specFile: join(folder, 'Logs.tla'), configFile: join(folder, 'Logs.cfg') };
      const outcome = await runEngines(files, { ...limits, engine: 'both' });
      expect(outcome.contradiction).toBeUndefined();
      expect(outcome.verdicts.map(({ verdict }) => verdict)).toEqual(['holds', 'holds']);
      expect(outcome.verdict).toMatchObject({ notChecked: [] });
      expect(outcome.verdict.distinct).toBeGreaterThan(50);
    },
    TIMEOUT_MS,
  );

  test('is told where its invariant has no value, in the module that is shipped', async () => {
    const files = { specFile: join(folder, 'Logs.tla'), configFile: join(folder, 'undefined.cfg') };
    await expect(explore(files)).rejects.toMatchObject({ file: join(shippedLibrary(), 'SequencesExt.tla') });
  });

  test('is violated where it is', async () => {
    const files = { specFile: join(folder, 'Logs.tla'), configFile: join(folder, 'short.cfg') };
    expect(await explore(files)).toMatchObject({ verdict: 'violated', property: 'Short' });
  });

  test('gets a module of the same name that stands beside it instead', async () => {
    const wrong = '---- MODULE Functions ----\nFoldFunction(op(_, _), base, fun) == base\n====\n';
    const beside = await mkdtemp(join(folder, 'beside-'));
    const text =
      '---- MODULE Asks ----\nEXTENDS Functions\nSum == FoldFunction(LAMBDA a, b : {a} \\cup b, {}, <<1>>)\n====\n';
    await writeFile(join(beside, 'Asks.tla'), text);
    const ask = async (libraryFolders: readonly string[]) =>
      (await evaluate('Sum', { spec: await parse({ file: join(beside, 'Asks.tla'), libraryFolders }) })).text;
    expect(await ask([])).toBe('{1}');
    const library = await mkdtemp(join(folder, 'library-'));
    await writeFile(join(library, 'Functions.tla'), wrong);
    expect(await ask([library])).toBe('{}');
    await writeFile(join(beside, 'Functions.tla'), wrong.replace('== base', '== <<base>>'));
    expect(await ask([library])).toBe('<<{}>>');
  });

  test('may be a text', async () => {
    const spec = await parse({ text: '---- MODULE Text ----\nEXTENDS FiniteSetsExt\n====\n' });
    expect(await evaluate('SumSet(1..4)', { spec })).toEqual({ text: '10', json: 10 });
  });

  test('is refused where a module acts outside of it', async () => {
    for (const name of ['IOUtils', 'Json', 'CSV']) {
      await expect(parse({ text: `---- MODULE Text ----\nEXTENDS ${name}\n====\n` })).rejects.toMatchObject({
        code: 'RC1810',
      });
    }
  });
});
