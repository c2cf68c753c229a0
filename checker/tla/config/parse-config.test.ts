import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CodedError } from '../../diagnostics/coded-error.ts';
import { packageRoot } from '../../package-root.ts';
import type { ConfigValue } from './model-config.ts';
import { parseModelConfig } from './parse-config.ts';

const parse = (text: string) => parseModelConfig(text, 'M.cfg');

function plain(value: ConfigValue): unknown {
  if (value.kind === 'set') return value.items.map(plain);
  return value.kind === 'model-value' ? { model: value.name } : value.value;
}

function shown(value: ConfigValue): string {
  if (value.kind === 'set') return value.items.map(shown).join();
  return String(value.kind === 'model-value' ? value.name : value.value);
}

function refusal(text: string): { message: string; line: number | undefined; code: string } {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof CodedError) return { message: error.message, line: error.line, code: error.code };
    throw error;
  }
  throw new Error('it was accepted');
}

describe('a configuration', () => {
  test('says what is checked', () => {
    const config = parse(`
      SPECIFICATION Spec
      INVARIANTS TypeOK
                 Safe \\* a comment
      PROPERTY Live
      INVARIANT Another
      CONSTRAINTS Small Bounded
      ACTION_CONSTRAINT Forward
      SYMMETRY Perms VIEW view
      ALIAS shown
      CHECK_DEADLOCK FALSE`);
    expect(config.specification).toMatchObject({
      name: 'Spec',
      span: { line: 2, column: 21, endColumn: 24 },
    });
    expect(config.invariants.map((each) => each.name)).toEqual(['TypeOK', 'Safe', 'Another']);
    expect(config.properties.map((each) => each.name)).toEqual(['Live']);
    expect(config.constraints.map((each) => each.name)).toEqual(['Small', 'Bounded']);
    expect(config.actionConstraints.map((each) => each.name)).toEqual(['Forward']);
    expect([config.symmetry?.name, config.view?.name, config.alias?.name]).toEqual([
      'Perms',
      'view',
      'shown',
    ]);
    expect(config.checkDeadlock).toBe(false);
    expect(config.init).toBeUndefined();
  });

  test('TRUE says nothing where several names may stand', () => {
    const { invariants, constraints } = parseModelConfig('INVARIANTS A TRUE B CONSTRAINT TRUE', 'm.cfg');
    expect(invariants.map(({ name }) => name)).toEqual(['A', 'B']);
    expect(constraints).toEqual([]);
  });

  test('TYPE and TYPE_CONSTRAINT say nothing', () => {
    const config = parse('TYPE T INIT A TYPE_CONSTRAINT\nNone NEXT B');
    expect([config.init?.name, config.next?.name, config.invariants]).toEqual(['A', 'B', []]);
    expect(refusal('TYPE T\nTYPE T')).toMatchObject({ code: 'RC1902', line: 2 });
    expect(refusal('TYPE T T').message).toContain('found T; expected a keyword: INVARIANT');
  });

  test('a line may end with a carriage return alone', () => {
    const config = parse('INIT A\r\\* NEXT C\rNEXT\r\nB\r\rVIEW V');
    expect(config).toMatchObject({
      init: { name: 'A' },
      next: { name: 'B', span: { line: 4, column: 1 } },
      view: { span: { line: 6, column: 6 } },
    });
  });

  test('gives values and definitions to constants', () => {
    const config = parse(`CONSTANTS
      N = 3  Low = -2
      Server = {s1, "x", {s1, 2}, {}}
      Nil=Nil
      Flag = TRUE
      Seq <- LimitedSeq
      NoHash = [Nano]NoHashVal
      Send <- [Inner]MCSend
      CONSTANT A_1 = A_1`);
    expect(config.assignments.map(({ name, scope, value }) => [name, scope, plain(value)])).toEqual([
      ['N', undefined, 3],
      ['Low', undefined, -2],
      ['Server', undefined, [{ model: 's1' }, 'x', [{ model: 's1' }, 2], []]],
      ['Nil', undefined, { model: 'Nil' }],
      ['Flag', undefined, true],
      ['NoHash', 'Nano', { model: 'NoHashVal' }],
      ['A_1', undefined, { model: 'A_1' }],
    ]);
    expect(config.overrides.map(({ name, scope, replacement }) => [name, scope, replacement])).toEqual([
      ['Seq', undefined, 'LimitedSeq'],
      ['Send', 'Inner', 'MCSend'],
    ]);
  });

  test.each([
    ['+ <- pl', '+', 'pl'],
    ['\\prec<-prc', '\\prec', 'prc'],
    ['\\leq <- \\preceq', '<=', '\\preceq'],
    ['-.<-neg', '-.', 'neg'],
    ['\\oplus <- (* comment *) --', '(+)', '--'],
    ['pl <- ^+', 'pl', '^+'],
  ])('may replace an operator: %s', (text, name, replacement) => {
    const { overrides } = parse(`CONSTANT N=-1 ${text} M = 2`);
    expect(overrides).toMatchObject([{ name, scope: undefined, replacement }]);
  });

  test('lists the strings and model values by first appearance', () => {
    const { atoms } = parse(
      'INIT I NEXT J CONSTANT S = {b, "a", b} T <- U INVARIANT I CONSTANT N = {{c}, a}',
    );
    expect(atoms).toEqual(['b', 'a', 'c']);
  });

  test.each([
    ['N = 1 N = 2', ['N = 2']],
    ['N = 1 M = 2\nCONSTANT N = {a}', ['M = 2', 'N = a']],
    ['N <- D N <- E', ['N <- E']],
    ['N <- D N = 3', ['N <- D']],
    ['N = 3 N <- D N = 4', ['N <- D']],
    ['N <- TRUE N = 3', ['N = true']],
    ['N <- D N <- TRUE', ['N = true']],
    ['N <- TRUE N <- D', ['N <- D']],
    ['N = 1 N = [M]2 N = [M]3', ['N = 1', 'N = [M]3']],
  ])('goes by the last of several values, and by a definition before a value: %j', (text, expected) => {
    const { assignments, overrides } = parse(`CONSTANT ${text}`);
    const at = (scope: string | undefined) => (scope === undefined ? '' : `[${scope}]`);
    expect([
      ...assignments.map(({ name, scope, value }) => `${name} = ${at(scope)}${shown(value)}`),
      ...overrides.map(({ name, scope, replacement }) => `${name} <- ${at(scope)}${replacement}`),
    ]).toEqual(expected);
  });

  test('has seen the strings of values that do not count', () => {
    expect(parse('CONSTANT N = {b, "a"} N = {"c", a}').atoms).toEqual(['b', 'a', 'c']);
  });

  test('may hold comments that nest', () => {
    expect(parse('(* a (* b *)\n c *) INIT (**) Init \\* (* d\nNEXT Next').next).toMatchObject({
      name: 'Next',
      span: { line: 3, column: 6 },
    });
  });

  test.each([
    ['INIT', 1, 'found the end of the file; expected the name that INIT stands for (line 1, column 5)'],
    ['INIT A INIT B', 1, 'INIT is given twice; the first stands in line 1 (line 1, column 8)'],
    ['CONSTANT\n N 3', 2, 'found 3; expected = or <- after N (line 2, column 4)'],
    ['CONSTANT\n N = <<1>>', 2, /^found <; expected a value: a number/],
    ['CONSTANT\n N = (1)', 2, /^found \(; expected a value: a number/],
    ['CONSTANT N = {a b}', 1, 'found b; expected , or } in the set (line 1, column 17)'],
    [
      'CHECK_DEADLOCK TRUE\nCHECK_DEADLOCK FALSE',
      2,
      'CHECK_DEADLOCK is given twice; the first stands in line 1 (line 2, column 1)',
    ],
    ['CONSTANT N = 4294967296', 1, /beyond the integers of TLC/],
    ['CONSTANT N = "a', 1, /no end on its line/],
    ['Spec', 1, /^found Spec; expected a keyword: INVARIANT/],
    ['CHECK_DEADLOCK yes', 1, /expected TRUE or FALSE/],
    ['CONSTANT <= <- f', 1, '<= is called \\leq in a configuration (line 1, column 10)'],
    ['INVARIANT +', 1, /^found \+; expected a name/],
    ['CONSTANT \\precx <- f', 1, 'unexpected character \\ (line 1, column 10)'],
    ['\n(* (* *)', 2, /expected \*\)/],
  ] satisfies [string, number, string | RegExp][])('%j is refused', (text, line, message) => {
    expect(refusal(text)).toMatchObject({
      code: 'RC1902',
      line,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
  });

  test.each(configurations())('%s is read', (file) => {
    const config = parseModelConfig(readFileSync(file, 'utf8'), file);
    expect(config.specification !== undefined || config.init !== undefined || config.next === undefined).toBe(
      true,
    );
  });
});

/** Those of our models, and those of the peers where they are at hand. */
function configurations(): string[] {
  const peers = process.env.RAFTCHECK_PEER_DATA ?? join(packageRoot(), '../shared/peer-data');
  return [join(packageRoot(), 'spec'), join(peers, 'tla-examples')].flatMap((folder) => {
    try {
      const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
      return names.filter((name) => name.endsWith('.cfg')).map((name) => join(folder, name));
    } catch {
      return [];
    }
  });
}
