import { beforeAll, expect, test } from 'vitest';
import { loadModule } from './load-module.ts';
import { initParser } from './parser.ts';
import { variableOrder } from './variable-order.ts';

beforeAll(initParser);

const NAMES = ['zeta', 'b', 'alpha', 'rmState', 'msgs', 'pc', 'AA', 'Zz', 'x10', 'x9', 'x2'];

function definitions(letter: string, count: number): string {
  return Array.from({ length: count }, (_, i) => `${letter}${i} == ${i}`).join('\n');
}

const modules: Readonly<Record<string, string>> = {
  Declared: `CONSTANT C\nVARIABLES ${NAMES.slice(6).join(', ')}`,
  Inner: 'EXTENDS FiniteSets\ng == 1\nLOCAL h == 1',
  Outer: `EXTENDS Integers\nLOCAL INSTANCE TLC\nCONSTANT C\nVARIABLE pc\nJ == INSTANCE Inner\n${definitions('e', 6)}`,
};

function moduleText(name: string, body: string): string {
  return `---- MODULE ${name} ----\n${body}\n====\n`;
}

/** The orders are those of ModuleNode.getVariableDecls for the same texts. */
test.each([
  ['few names', `VARIABLES ${NAMES.join(', ')}`, 'msgs Zz zeta rmState alpha b pc x2 x9 AA x10'],
  [
    'as many as the table takes',
    `VARIABLES ${NAMES.join(', ')}\n${definitions('d', 60)}`,
    'msgs Zz zeta rmState alpha b pc x2 x9 AA x10',
  ],
  [
    'more, by what is extended and by an instance',
    `EXTENDS Declared, Integers, Sequences, FiniteSets, TLC, Bags\nVARIABLES ${NAMES.slice(0, 6).join(', ')}\nI == INSTANCE Outer`,
    'x10 b pc AA msgs Zz zeta alpha rmState x2 x9',
  ],
  ['names with one hash', 'VARIABLES BB, Aa', 'BB Aa'],
  ['before the table grows', `VARIABLES BB, Aa\n${definitions('d', 100)}`, 'Aa BB'],
  ['after it has grown', `${definitions('d', 100)}\nVARIABLES BB, Aa`, 'BB Aa'],
])('variables have the order of their names in the table of SANY: %s', (_what, body, order) => {
  const texts = Object.entries({ ...modules, Root: body });
  const sources = new Map(texts.map(([name, text]) => [name, moduleText(name, text)]));
  const { root } = loadModule('Root', { sources });
  expect(variableOrder(root).map((place) => root.variables[place]?.name)).toEqual(order.split(' '));
});
