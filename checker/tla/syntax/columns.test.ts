import { beforeAll, describe, expect, test } from 'vitest';
import { alignColumns, columnAt } from './columns.ts';
import { loadModule } from './load-module.ts';
import { initParser } from './parser.ts';
import { print } from './print-expression.fixture.ts';
import { TlaError } from './tla-error.ts';

beforeAll(initParser);

function load(lines: string) {
  const text = `---- MODULE M ----\nEXTENDS Integers\nCONSTANTS a, b, c, d\n${lines}\n====\n`;
  return loadModule('M.tla', { sources: new Map([['M', text]]) }).root;
}

function read(lines: string): string {
  const target = load(lines).definitions.get('A')?.target;
  return target?.kind === 'definition' ? print(target.body) : 'no definition';
}

function refusal(lines: string): string {
  try {
    load(lines);
  } catch (error) {
    if (!(error instanceof TlaError)) throw error;
    return `${error.code} ${error.message}`;
  }
  return 'accepted';
}

test('a tab leads to the next multiple of 8', () => {
  const code = '\ta\n1234567\tb\n12345678\tc\t\td';
  const { text, offsetOf } = alignColumns(code);
  expect(text).toBe('        a\n1234567 b\n12345678        c               d');
  expect(['a', 'b', 'c', 'd'].map((each) => columnAt(code, code.indexOf(each)))).toEqual([8, 8, 16, 32]);
  for (const each of 'a1b8cd') expect(offsetOf(text.indexOf(each))).toBe(code.indexOf(each));
  expect(offsetOf(text.length)).toBe(code.length);
});

/** What SANY 2.1 reads: a table of truth by TLC tells each from the other reading. */
describe('bulleted lists', () => {
  const TABLE: readonly (readonly [what: string, lines: string, read: string])[] = [
    ['a tab is right of a bullet', 'A ==\n  /\\ a\n\t=> b\n  /\\ c', 'conjunction(=>(a,b),c)'],
    ['a tab and a blank', 'A ==\n  \t/\\ a\n \t => b\n\t/\\ c', 'conjunction(=>(a,b),c)'],
    ['blanks are left of a tab', 'A ==\n\t/\\ a\n       => b', '=>(conjunction(a),b)'],
    ['a bullet behind a tab', 'A ==\t/\\ a\n        /\\ b => c', 'conjunction(a,=>(b,c))'],
    ['8 characters before a tab', 'AAA  == \t/\\ a\n                /\\ b\nA == AAA => a', '=>(AAA,a)'],
    [
      'nested',
      'A ==\n\t/\\ \\/ a\n\t   \\/ b\n      \t/\\ c\n        /\\ \\/ d\n \t   \\/ a => b',
      'conjunction(disjunction(a,b),c,disjunction(d,=>(a,b)))',
    ],
    [
      'IF',
      'A == IF\t/\\ a\n\t/\\ b\n\tTHEN\t\\/ c\n\t\t\\/ d\n\tELSE\ta',
      'if(conjunction(a,b),disjunction(c,d),a)',
    ],
    [
      'LET',
      'A == LET q ==\t/\\ a\n\t     \t/\\ b => c\n     IN\t/\\ q\n\t/\\ d',
      'let(q=conjunction(a,=>(b,c));conjunction(q,d))',
    ],
    [
      'CASE',
      'A == CASE a ->\t/\\ b\n\t\t/\\ c => d\n\t[] OTHER ->\t\\/ c\n\t\t\t\\/ d',
      'case(a->conjunction(b,=>(c,d)),else->disjunction(c,d))',
    ],
    [
      'comments before',
      'A ==\n(* *)\t/\\ a\n(* é *) /\\ b => c\n\\*\tc\n\t/\\ d',
      'conjunction(a,=>(b,c),d)',
    ],
    [
      'a comment of wide characters',
      'A ==\n(* \u{1d538} *)\t/\\ a\n\t\t/\\ b => c',
      'conjunction(a,=>(b,c))',
    ],
    [
      'a string with a tab',
      'A == "x\ty" = a /\\ /\\ b\n\t\t  /\\ c => d',
      'conjunction(=("x\\ty",a),conjunction(b,=>(c,d)))',
    ],
    [
      'a string of wide characters',
      'A == "\u{1f600}" = a /\\\t/\\ b\n\t\t/\\ c => d',
      'conjunction(=("\u{1f600}",a),conjunction(b,=>(c,d)))',
    ],
    ['carriage returns', 'A ==\r\n\t/\\ a\r\n        /\\ b => c', 'conjunction(a,=>(b,c))'],
    ['carriage returns alone', 'A ==\r\t/\\ a\\* x\r        /\\ b => c', 'conjunction(a,=>(b,c))'],
  ];

  test.each(TABLE)('%s', (_what, lines, expected) => {
    expect(read(lines)).toBe(expected);
  });

  test('what belongs to an item is right of its bullet', () => {
    const message = (token: string) =>
      `${token} is too far to the left: all that belongs to the item of line 5 must be right of its /\\`;
    expect(refusal('A ==\n  /\\ {1, 2} = {1\n  , 2}')).toBe(`RC1801 M.tla:6:3: ${message(',')}`);
    expect(refusal('A ==\n\t/\\ (a\n      )')).toBe(`RC1801 M.tla:6:7: ${message(')')}`);
    expect(refusal('A ==\n  /\\ (a =>\n \tb)\n  /\\ c')).toBe('accepted');
    expect(refusal('A ==\n  /\\ ( \\/ a\n       \\/ b\n   )')).toBe('accepted');
  });
});

test('places count characters, as editors do', () => {
  expect(refusal('\tA ==\t/\\ a\n\t\t/\\ zzz')).toContain('RC1804 M.tla:5:6: zzz');
  expect(refusal('A ==\t(a\n\tB == 1')).toContain('RC1801 M.tla:5:2: B cannot stand here');
  expect(refusal('A == "x\ty" = zzz')).toContain('RC1804 M.tla:4:14: zzz');
  expect(refusal('A == 1\r\tB == zzz')).toContain('RC1804 M.tla:5:7: zzz');
});

test('a tab in a string is part of it', () => {
  expect(read('A == "x\ty"')).toBe('"x\\ty"');
});

test('other white space is refused, except in strings and comments', () => {
  expect(refusal('A ==\f1')).toContain('RC1801 M.tla:4:5: a form feed cannot stand here: write a blank');
  expect(refusal('A ==\v1')).toContain('a vertical tab cannot stand here');
  expect(refusal('A ==\u00a01')).toContain('a blank that does not break cannot stand here');
  expect(refusal('A ==\u20031')).toContain('white space U+2003 cannot stand here');
  expect(refusal('A == "\f" (* \f \u00a0 *) \\* \f')).toBe('accepted');
});

test('in a string a backslash stands before what it may stand before', () => {
  expect(refusal('A == "\\"\\\\\\n\\t\\f\\r"')).toBe('accepted');
  expect(refusal('A == "ab\\qc"')).toBe(
    'RC1801 M.tla:4:9: \\q stands for nothing in a string: for the backslash write \\\\',
  );
});

test('<- is one symbol, also where < is meant', () => {
  expect(refusal('A == a<-1')).toContain('RC1801 M.tla:4:7: <- is one symbol: write a blank between < and -');
  expect(refusal('A == a < -1')).toBe('accepted');
});
