import { existsSync, globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../package-root.ts';
import { loadModule, parseExpression } from './load-module.ts';
import { initParser } from './parser.ts';
import { print } from './print-expression.fixture.ts';
import { TlaError } from './tla-error.ts';

const RAFT = join(packageRoot(), 'spec/raft');
const EXAMPLES = join(process.env['RAFTCHECK_PEER_DATA'] ?? '/work/shared/peer-data', 'tla-examples');

/** Modules of other collections, which the jar of TLC does not hold either. */
const ELSEWHERE = /no module (?:Apalache|IOUtils):/;

beforeAll(initParser);

describe('the spec of Raft', () => {
  test.each(globSync('{,models/}*.tla', { cwd: RAFT }).sort())('%s', (file) => {
    const { root, tokens } = loadModule(join(RAFT, file), { libraries: [RAFT] });
    expect(root.name).toBe(basename(file, '.tla'));
    expect(root.variables.length).toBeGreaterThan(0);
    expect(tokens).toContain(root.name);
  });

  test('what a module extends comes along', () => {
    const { root } = loadModule(join(RAFT, 'Raft.tla'));
    expect(root.extended.at(-1)).toBe('Raft');
    expect(root.definitions.get('Cardinality')?.target).toMatchObject({ kind: 'builtin' });
    expect(print(parseExpression('Cardinality({1}) + Len(<<>>)', root))).toBe(
      '+(Cardinality(set(1)),Len(tuple()))',
    );
  });
});

describe.skipIf(!existsSync(EXAMPLES))(`every module of ${EXAMPLES}`, () => {
  const files = existsSync(EXAMPLES) ? globSync('**/*.tla', { cwd: EXAMPLES }).sort() : [];

  test.each(files)('%s', (file) => {
    try {
      expect(loadModule(join(EXAMPLES, file)).root.name).toBe(basename(file, '.tla'));
    } catch (error) {
      if (!(error instanceof TlaError) || error.code !== 'RC1810') throw error;
      expect(error.message).toMatch(ELSEWHERE);
    }
  });
});

describe('modules of modules', () => {
  const load = (name: string, ...texts: readonly string[]) =>
    loadModule(`${name}.tla`, {
      sources: new Map(texts.map((text) => [/MODULE (\w+)/.exec(text)?.[1] ?? '', text])),
    }).root;

  test('LOCAL says nothing in a LET', () => {
    const root = load(
      'M',
      '---- MODULE M ----\nLOCAL A == LET LOCAL a == 1\n               LOCAL f[b \\in {a}] == b\n           IN  f[a]\nLOCAL B == "LET"\nLOCAL C == A\n====',
    );
    const target = root.definitions.get('A')?.target;
    expect(target?.kind === 'definition' ? print(target.body) : '').toBe(
      'let(a=1,f=function(b in set(a):b);f[a])',
    );
  });

  test('LOCAL definitions and instances stay behind', () => {
    const root = load(
      'M',
      '---- MODULE M ----\nEXTENDS N\nB == A\n====',
      '---- MODULE N ----\nLOCAL INSTANCE Naturals\nLOCAL H == 1\nA == H + 1\n====',
    );
    expect([...root.definitions.keys()]).toEqual(['A', 'B']);
  });

  test('an unnamed instance gives its names, and substitutes what has the same name', () => {
    const root = load(
      'M',
      '---- MODULE M ----\nVARIABLE v\nINSTANCE N WITH C <- 1\n====',
      '---- MODULE N ----\nCONSTANT C\nVARIABLE v\nA == <<C, v>>\n====',
    );
    const [step] = root.definitions.get('A')?.via ?? [];
    expect(step?.instance.name).toBeUndefined();
    expect([...(step?.instance.substitutions ?? [])].map(([of, by]) => `${of.name} <- ${print(by)}`)).toEqual(
      ['C <- 1', 'v <- v'],
    );
  });

  test('nested modules', () => {
    const root = load(
      'M',
      '---- MODULE M ----\nVARIABLE x\n---- MODULE In ----\nCONSTANT C\nA == <<C, x>>\n====\nI == INSTANCE In WITH C <- 2\nB == I!A\n====',
    );
    expect([...root.instances.keys()]).toEqual(['I']);
    expect(root.variables.map(({ name }) => name)).toEqual(['x']);
  });

  test('assumptions come along; proofs are not read', () => {
    const root = load(
      'M',
      '---- MODULE M ----\nEXTENDS N, TLAPS\nASSUME TRUE\nTHEOREM TRUE\nTHEOREM T == TRUE\n<1>1. QED BY SMT, Zenon DEF nonsense\n====',
      '---- MODULE N ----\nCONSTANT C\nASSUME Named == C = 1\n====',
    );
    expect(root.assumptions.map(({ name, body }) => `${name}: ${print(body)}`)).toEqual([
      'Named: =(C,1)',
      'undefined: true',
    ]);
  });

  test('a theorem may come along by two ways', () => {
    const root = load(
      'M',
      '---- MODULE M ----\nEXTENDS N, O\nB == T\n====',
      '---- MODULE N ----\nEXTENDS P\n====',
      '---- MODULE O ----\nEXTENDS P\n====',
      '---- MODULE P ----\nTHEOREM T == TRUE\nTHEOREM AP == ASSUME TRUE PROVE TRUE\n====',
    );
    expect([...root.definitions.keys()]).toEqual(['B']);
    expect(root.definitions.get('B')?.target).toMatchObject({
      body: { reference: { target: { name: 'T' } } },
    });
  });

  test('comments may hold anything, and places do not suffer', () => {
    const root = load(
      'M',
      '(* ∃ *) ---- MODULE M ----\n\\* --algorithm ∀ {\n(* "(* 𝔸 *) *) A == {1, \\* ∧\n 2}\n====\n== junk',
    );
    expect(root.definitions.get('A')?.target).toMatchObject({
      span: { line: 3, column: 17, endLine: 4, endColumn: 3 },
    });
  });

  test('a folder of the user has precedence over standard modules', () => {
    const root = load(
      'M',
      '---- MODULE M ----\nEXTENDS Bags\nB == Mine\n====',
      '---- MODULE Bags ----\nMine == 1\n====',
    );
    expect([...root.definitions.keys()]).toEqual(['Mine', 'B']);
  });
});
