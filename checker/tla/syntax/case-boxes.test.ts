import { beforeAll, expect, test } from 'vitest';
import { loadModule } from './load-module.ts';
import { initParser } from './parser.ts';
import { print } from './print-expression.fixture.ts';

beforeAll(initParser);

/** The definition A of a module with these lines, from line 3 on. */
function read(lines: string): string {
  const text = `---- MODULE M ----\nCONSTANTS a, b, c, d\n${lines}\n====\n`;
  const { root } = loadModule('M.tla', { sources: new Map([['M', text]]) });
  const target = root.definitions.get('A')?.target;
  return target?.kind === 'definition' ? print(target.body) : 'no definition';
}

// SANY reads them so: random layouts are held against TLC in checker/tla/differential.
test.each([
  ['CASE a -> /\\ b [] OTHER -> c', 'case(a->conjunction(b),else->c)'],
  ['CASE a -> \\/ b\n                 [] c -> d', 'case(a->disjunction(b),c->d)'],
  [
    '/\\ CASE a -> /\\ b\n                  /\\ \\/ c [] OTHER -> /\\ b\n                                      /\\ c\n     /\\ d',
    'conjunction(case(a->conjunction(b,disjunction(c)),else->conjunction(b,c)),d)',
  ],
  [
    'CASE a -> /\\ CASE b -> /\\ c [] d -> \\/ a [] OTHER -> b',
    'case(a->conjunction(case(b->conjunction(c),d->disjunction(a),else->b)))',
  ],
  [
    'CASE a -> /\\ CASE b -> c [] OTHER -> d [] OTHER -> b',
    'case(a->conjunction(case(b->c,else->d)),else->b)',
  ],
  [
    'CASE a -> IF b THEN CASE c -> /\\ d ELSE /\\ c [] OTHER -> b',
    'case(a->if(b,case(c->conjunction(d)),conjunction(c)),else->b)',
  ],
  [
    'CASE a -> LET q == /\\ b IN /\\ q [] OTHER -> b',
    'case(a->let(q=conjunction(b);conjunction(q)),else->b)',
  ],
  [
    'CASE /\\ a -> /\\ "[] \t/" = b\t[] OTHER -> []c',
    'case(conjunction(a)->conjunction(=("[] \\t/",b)),else->always(c))',
  ],
])('a [] ends the lists of the arm before: %j', (text, expected) => {
  expect(read(`A == ${text}`)).toBe(expected);
});

test('a [] that is an operator stays where it is', () => {
  expect(read('A == CASE a -> /\\ b [] OTHER -> /\\ c\n                                /\\ []d')).toBe(
    'case(a->conjunction(b),else->conjunction(c,always(d)))',
  );
});

test('places are those of the text', () => {
  expect(() => read('A == CASE a -> /\\ b [] OTHER -> /\\ c\n\nB == zzz')).toThrow('M.tla:5:6: zzz');
  expect(() => read('A == CASE a -> /\\ b [] zzz -> /\\ c')).toThrow('M.tla:3:24: zzz');
  expect(() => read('A == CASE a -> /\\ b [] OTHER -> /\\ c +\nB == 1')).toThrow(
    'M.tla:3:38: + cannot stand here: expected an expression',
  );
  expect(() => read('A == /\\ b [] OTHER -> c')).toThrow('M.tla:3:11: [ cannot stand here');
});
