import { findStop, parseCode, type SyntaxNode } from './parser.ts';
import { findLayoutFault, findStrangeCharacter, type TextFault } from './refused-text.ts';
import type { ScannedText } from './scan-text.ts';
import type { SourceText } from './source-text.ts';
import { TlaError } from './tla-error.ts';

/** @throws TlaError RC1801 at a string or a comment that does not end */
export function refuseUnfinished({ unfinished }: ScannedText, source: SourceText): void {
  if (unfinished === undefined) return;
  const { offset, what } = unfinished;
  throw new TlaError('RC1801', source.span(offset, offset + 1), `the ${what} that starts here does not end`);
}

/** @throws TlaError RC1801 at the first token that cannot stand where it stands */
export function parseOrRefuse(code: string, source: SourceText): SyntaxNode {
  refuseFault(findStrangeCharacter(code), source);
  const root = parseCode(code);
  if (root !== undefined) {
    refuseFault(findLayoutFault(code, root), source);
    return root;
  }
  const stop = findStop(code);
  const offset = skipBlanks(code, stop?.offset ?? 0);
  const expected = expectedAt(code.slice(0, offset), new Set(stop?.expected));
  const symbol = expected.length > 0 ? undefined : SYMBOL_BEFORE.exec(code.slice(0, offset));
  if (symbol !== undefined && symbol !== null) {
    const isEnd = code.startsWith('====', symbol.index);
    refuse(code, source, symbol.index, isEnd ? expectedAt(code.slice(0, symbol.index)) : ['an expression']);
  }
  return refuse(code, source, offset, expected);
}

function refuseFault(fault: TextFault | undefined, source: SourceText): void {
  if (fault === undefined) return;
  throw new TlaError('RC1801', source.span(fault.start, fault.end), fault.message);
}

function refuse(code: string, source: SourceText, offset: number, expected: readonly string[]): never {
  const token = TOKEN.exec(code.slice(offset))?.[0] ?? '';
  const found = token === '' ? 'the text ends here' : `${token} cannot stand here`;
  throw new TlaError(
    'RC1801',
    source.span(offset, offset + token.length),
    expected.length === 0 ? found : `${found}: expected ${listed(expected)}`,
  );
}

/** An operator symbol may be an operator's name, so that the parser stops only behind it: nothing fits there. */
const SYMBOL_BEFORE = /(?:==|\\[A-Za-z]+|\/\\|\\\/|[-+*/=<>#%^&|.:@$?~]+)\s*$/;

const TOKEN = /^(?:"[^"\n]*"?|\w+|[-=]{4,}|\\[A-Za-z]+|\/\\|\\\/|<<|>>_?|\|->|->|<-|==|=>|[^\w\s])/;

function skipBlanks(code: string, offset: number): number {
  const rest = /\S/.exec(code.slice(offset));
  return rest === null ? code.length : offset + rest.index;
}

const OPERATOR = 'an operator';

/** What is tried at the place where a text stops: the token, and what it stands for in the message. */
const CANDIDATES: readonly (readonly [string, string])[] = [
  ['{', 'an expression'],
  [')', '")"'],
  [']', '"]"'],
  ['}', '"}"'],
  ['>>', '">>"'],
  ['THEN', '"THEN"'],
  ['ELSE', '"ELSE"'],
  ['IN', '"IN"'],
  ['->', '"->"'],
  ['|->', '"|->"'],
  ['==', '"=="'],
  [':', '":"'],
  ['<-', '"<-"'],
  [',', '","'],
  ['=>', OPERATOR],
  ['=', '"="'],
  ['THEOREM', 'the next definition'],
];

/** A name may also be part of an expression or begin a definition. */
const MORE_THAN_A_NAME: ReadonlySet<string> = new Set(['an expression', 'the next definition', '"IN"']);

/**
 * What may follow the beginning of a text. The grammar's list for the parser's state is too long, for it joins states
 * that are alike; so each candidate in it is tried.
 */
function expectedAt(before: string, listedByGrammar?: ReadonlySet<string>): string[] {
  const isListed = (name: string): boolean => listedByGrammar?.has(name) ?? true;
  const fits = (token: string): boolean => (findStop(`${before} ${token}`)?.offset ?? 0) > before.length;
  const names: string[] = [];
  for (const [token, name] of CANDIDATES) {
    if (token === '=' && names.includes(OPERATOR)) continue;
    if (isListed(token) && fits(token)) names.push(name);
  }
  if (isListed('identifier') && !names.some((name) => MORE_THAN_A_NAME.has(name)) && fits('a')) {
    names.unshift('a name');
  }
  return names;
}

function listed(names: readonly string[]): string {
  return names.length <= 1 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
