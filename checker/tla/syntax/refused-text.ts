import { columnAt } from './columns.ts';
import type { SyntaxNode } from './parser.ts';

/** Something that the grammar lets pass and SANY does not. */
export interface TextFault {
  readonly start: number;
  /** Not included. */
  readonly end: number;
  readonly message: string;
}

const LISTS: ReadonlySet<string> = new Set(['conj_list', 'disj_list']);
const BULLET = /^(?:\/\\|\\\/|∧|∨)/;
const STRING_OR_BLANK = /"(?:[^"\\\n]|\\.)*"|[^\S \t\r\n]/g;
/** What may follow a backslash in a string. */
const ESCAPES = '"\\ntfr';
const BLANKS: ReadonlyMap<string, string> = new Map([
  ['\f', 'a form feed'],
  ['\v', 'a vertical tab'],
  ['\u00a0', 'a blank that does not break'],
]);

/** White space of which nobody could say how wide it is; in a string a backtick, or an escape that means nothing. */
export function findStrangeCharacter(code: string): TextFault | undefined {
  STRING_OR_BLANK.lastIndex = 0;
  for (let match = STRING_OR_BLANK.exec(code); match !== null; match = STRING_OR_BLANK.exec(code)) {
    const [found] = match;
    const fault = found.startsWith('"') ? literalFault(found, match.index) : blankFault(found, match.index);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function blankFault(blank: string, start: number): TextFault {
  const name = BLANKS.get(blank) ?? `white space U+${blank.charCodeAt(0).toString(16).toUpperCase()}`;
  return { start, end: start + 1, message: `${name} cannot stand here: write a blank` };
}

/** SANY reads on from a backtick, in a string too, to the next quote. */
function literalFault(literal: string, start: number): TextFault | undefined {
  const at = literal.lastIndexOf('`');
  if (at === -1 || literal.indexOf("'", at) !== -1) return escapeFault(literal, start);
  const offset = start + at;
  return { start: offset, end: offset + 1, message: "` cannot stand in a string without a ' behind it" };
}

function escapeFault(literal: string, start: number): TextFault | undefined {
  for (const { 0: pair, index } of literal.matchAll(/\\./g)) {
    if (ESCAPES.includes(pair.charAt(1))) continue;
    const message = `${pair} stands for nothing in a string: for the backslash write \\\\`;
    return { start: start + index, end: start + index + 2, message };
  }
  return undefined;
}

/** The first part of a list's item that is not right of its bullet, or `<-` where it is no arrow. */
export function findLayoutFault(code: string, root: SyntaxNode): TextFault | undefined {
  for (const child of root.children) {
    const fault = faultOf(code, child) ?? findLayoutFault(code, child);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function faultOf(code: string, node: SyntaxNode): TextFault | undefined {
  if (LISTS.has(node.type)) {
    for (const item of node.children) {
      const offset = findOutdented(code, item);
      if (offset !== undefined) return outdented(code, item, offset);
    }
  } else if (node.type === 'lt' && code.startsWith('<-', node.start)) {
    const message = '<- is one symbol: write a blank between < and -';
    return { start: node.start, end: node.start + 2, message };
  }
  return undefined;
}

function outdented(code: string, item: SyntaxNode, start: number): TextFault {
  const token = /^(?:\w+|\/\\|\\\/|\S)/.exec(code.slice(start, start + 80))?.[0] ?? '';
  const line = code.slice(0, item.start).split('\n').length;
  const bullet = BULLET.exec(code.slice(item.start, item.end))?.[0] ?? '';
  return {
    start,
    end: start + token.length,
    message: `${token} is too far to the left: all that belongs to the item of line ${line} must be right of its ${bullet}`,
  };
}

/** As SANY looks for it (tla2sany.parser.TLAplusParser, checkIndentation): lists within look after themselves. */
function findOutdented(code: string, item: SyntaxNode): number | undefined {
  const bullet = BULLET.exec(code.slice(item.start, item.end))?.[0] ?? '';
  const column = columnAt(code, item.start);
  let at = item.start + bullet.length;
  for (const list of listsIn(item)) {
    const found = findLeftOf(code, at, list.start, column);
    if (found !== undefined) return found;
    if (columnAt(code, list.start) <= column) return list.start;
    at = list.end;
  }
  return findLeftOf(code, at, item.end, column);
}

/** The first token between two offsets that begins at a column or before. */
function findLeftOf(code: string, start: number, end: number, column: number): number | undefined {
  let at = start;
  for (const line of code.slice(start, end).split('\n')) {
    const blanks = line.search(/\S/);
    if (blanks !== -1 && columnAt(code, at + blanks) <= column) return at + blanks;
    at += line.length + 1;
  }
  return undefined;
}

function listsIn(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.flatMap((child) => (LISTS.has(child.type) ? [child] : listsIn(child)));
}
