import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../package-root.ts';
import { tlcForTests } from '../../tlc/tlc.fixture.ts';
import { STANDARD_MODULE_WORDS } from './standard-module-words.ts';

const BIN = join(packageRoot(), 'bin', 'raftcheck.js');
const folder = mkdtempSync(join(tmpdir(), 'raftcheck-string-order-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Texts that are spelled as words of some standard module or as operators, in an order of no meaning, and others. */
const TEXTS: readonly string[] = [
  ...new Set([
    'zz',
    ...Object.values(STANDARD_MODULE_WORDS).flatMap(({ words }) =>
      words.filter((word) => /^\w+$/.test(word)),
    ),
    ...['@', '$Tuple', '$SF', 'N_Module', 'N_Body', 'LAMBDA', 'SF_', 'WF_'],
    ...['in', 'cup', 'E', 'A', 'o', 'leq', 'X', 'b', 'yy', 'q', 'mine', 'theirs', 'hidden'],
  ]),
].sort((one, other) => (scattered(one) < scattered(other) ? -1 : 1));

function scattered(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1009, 7);
}

/** How the one state of a model is printed in which x is the set of all these texts. */
function printed(name: string, engine: 'native' | 'tlc'): readonly string[] {
  const args = [`${name}.tla`, '--config', `${name}.cfg`, '--engine', engine, '--format', 'json'];
  const { stdout, stderr } = spawnSync(process.execPath, [BIN, 'model', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  const state: unknown = JSON.parse(stdout).steps?.[0]?.state?.x;
  if (typeof state !== 'string') throw new Error(`no state: ${stdout}${stderr}`);
  return state.match(/"[^"]+"/g) ?? [];
}

function write(name: string, heading: string, others: Readonly<Record<string, string>> = {}): void {
  const set = TEXTS.map((text) => `"${text}"`).join(', ');
  const init = `Init == x = {${set}} /\\ \\E p \\in {1} : \\A r \\in {2} : {p} \\cup {r} # {}`;
  const body = `VARIABLE x\n${init}\nNext == UNCHANGED x\nNothing == x = {}`;
  writeFileSync(join(folder, `${name}.tla`), `---- MODULE ${name} ----\n${heading}\n${body}\n====\n`);
  writeFileSync(join(folder, `${name}.cfg`), 'INIT Init\nNEXT Next\nINVARIANT Nothing\n');
  for (const [module, text] of Object.entries(others))
    writeFileSync(join(folder, `${module}.tla`), `---- MODULE ${module} ----\n${text}\n====\n`);
}

interface Case {
  readonly name: string;
  readonly heading: string;
  readonly others?: Readonly<Record<string, string>>;
}

const CASES: readonly Case[] = [
  { name: 'Alone', heading: '' },
  { name: 'Several', heading: 'EXTENDS Integers, FiniteSets, TLC' },
  { name: 'Bagged', heading: 'EXTENDS Sequences, Bags, Randomization' },
  {
    name: 'Nested',
    heading: 'EXTENDS Naturals, Below\nI == INSTANCE Beside',
    others: { Below: 'LOCAL INSTANCE TLC\nmine == [theirs |-> 1]', Beside: 'EXTENDS Reals\nhidden == "zz"' },
  },
];

describe.skipIf(tlcForTests() === undefined)('the order of texts is that of TLC', { timeout: 60_000 }, () => {
  it.each(CASES)('in $name: $heading', ({ name, heading, others = {} }) => {
    write(name, heading, others);
    const order = printed(name, 'native');
    expect(order).toHaveLength(TEXTS.length);
    expect(order).toEqual(printed(name, 'tlc'));
  });
});
