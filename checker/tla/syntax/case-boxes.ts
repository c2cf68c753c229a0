import { type AlignedCode, columnsOf } from './columns.ts';
import type { SyntaxNode } from './parser.ts';

const TOKEN =
  /"(?:[^"\\\n]|\\.)*"|<\d+>[\w*+]*\.*|\w+|\[\]|<<|>>|\|->|-\+->|->|==+|\/\\|\\\/|\\[A-Za-z]+|[^\s\w]/g;
const OPENING: ReadonlySet<string> = new Set(['(', '[', '{', '<<', '⟨', '〈']);
const CLOSING: ReadonlySet<string> = new Set([')', ']', '}', '>>', '⟩', '〉']);
const BULLETS: ReadonlyMap<string, 'and' | 'or'> = new Map([
  ['/\\', 'and'],
  ['\\land', 'and'],
  ['∧', 'and'],
  ['\\/', 'or'],
  ['\\lor', 'or'],
  ['∨', 'or'],
]);
const BOXES: ReadonlySet<string> = new Set(['[]', '□']);
/** Words after which an operand is still to come. */
const KEYWORD =
  /^(?:CASE|OTHER|IF|THEN|ELSE|LET|IN|DOMAIN|SUBSET|UNION|UNCHANGED|ENABLED|EXCEPT|LOCAL|ASSUME|PROVE|NEW)$/;
const OPERAND_END = /^(?:["')\]}⟩〉]|>>|\w)/;

/**
 * What is open at a place: brackets, an IF before its ELSE, a LET before its IN, a CASE before a ->, then its arm, which is the
 * last one after OTHER, or a list.
 */
type Open =
  | { readonly kind: 'bracket' | 'IF' | 'LET' | 'CASE' | 'OTHER' | 'arm' | 'last arm' }
  | { readonly kind: 'list'; readonly bullet: 'and' | 'or'; readonly column: number };

/** A `[]`, and the column of the list before it. */
export interface CaseBox {
  readonly offset: number;
  readonly text: string;
  readonly column: number;
  readonly list: number;
}

/**
 * The `[]` of a CASE that stand right of the bullets of the arm before, whose lists they end: behind an operand, a `[]` cannot
 * be the operator. The grammar ends a list there only at a token that is not right of its bullets.
 */
export function boxesAfterLists(code: string): readonly CaseBox[] {
  const boxes: CaseBox[] = [];
  const open: Open[] = [];
  const columns = columnsOf(code);
  let before = '';
  for (const { 0: token, index: offset } of code.matchAll(TOKEN)) {
    const column = columns[offset] ?? 0;
    const bullet = BULLETS.get(token);
    const isItem = leaveLists(open, column, bullet);
    const isAfterOperand = OPERAND_END.test(before) && !KEYWORD.test(before);
    if (bullet !== undefined) {
      if (!isItem && !isAfterOperand) open.push({ kind: 'list', bullet, column });
    } else if (BOXES.has(token) && isAfterOperand) {
      const list = endArm(open);
      if (list !== undefined) boxes.push({ offset, text: token, column, list });
    } else openOrClose(token, open);
    before = token;
  }
  return boxes;
}

/** Leaves the lists that end before a token in this column; whether it is the bullet of another item. */
function leaveLists(open: Open[], column: number, bullet: 'and' | 'or' | undefined): boolean {
  const at = open.findIndex((each) => each.kind === 'list' && each.column >= column);
  const list = open[at];
  if (list?.kind !== 'list') return false;
  const isItem = list.column === column && list.bullet === bullet;
  open.length = isItem ? at + 1 : at;
  return isItem;
}

/** Ends the arm of the innermost CASE that can have another, if nothing else is open; the column of the outermost of its lists. */
function endArm(open: Open[]): number | undefined {
  const at = open.findLastIndex(({ kind }) => kind !== 'list' && kind !== 'last arm');
  if (open[at]?.kind !== 'arm') return undefined;
  const list = open.slice(at + 1).find(({ kind }) => kind === 'list');
  open.length = at;
  open.push({ kind: 'CASE' });
  return list?.kind === 'list' ? list.column : undefined;
}

function openOrClose(token: string, open: Open[]): void {
  if (OPENING.has(token)) open.push({ kind: 'bracket' });
  else if (CLOSING.has(token)) end('bracket', open);
  else if (token === 'CASE' || token === 'IF' || token === 'LET') open.push({ kind: token });
  else if (token === 'THEN') end('IF', open, 1);
  else if (token === 'ELSE') end('IF', open);
  else if (token === 'IN') end('LET', open);
  else if (token === 'OTHER' && open.at(-1)?.kind === 'CASE') open.splice(-1, 1, { kind: 'OTHER' });
  else if (token === ',') while (open.at(-1)?.kind === 'list') open.pop();
  else if (token === '->' || token === '→') beginArm(open);
  // A definition, in a LET or in a module.
  else if (token === '==') while (open.length > 0 && open.at(-1)?.kind !== 'LET') open.pop();
}

function beginArm(open: Open[]): void {
  const at = open.findLastIndex(({ kind }) => kind !== 'list' && kind !== 'arm' && kind !== 'last arm');
  const kind = open[at]?.kind;
  if (kind !== 'CASE' && kind !== 'OTHER') return;
  open.length = at;
  open.push({ kind: kind === 'CASE' ? 'arm' : 'last arm' });
}

/**
 * All that was opened within is closed, too.
 *
 * @param kept 1 if what is named stays open
 */
function end(kind: 'bracket' | 'IF' | 'LET', open: Open[], kept = 0): void {
  const at = open.findLastIndex((each) => each.kind === kind);
  if (at !== -1) open.length = at + kept;
}

/** Whether each of these places separates arms of the innermost CASE that it can separate arms of, as SANY reads it. */
export function endNearestCase(node: SyntaxNode, places: ReadonlySet<number>): boolean {
  if (node.type === 'always' && places.has(node.start)) return false;
  const arms = node.type === 'case' ? node.children : [];
  const isRight = arms.every((arm, index) => {
    const next = arms[index + 1];
    if (next === undefined || !hasCaseAtEnd(arm)) return true;
    return ![...places].some((place) => place >= arm.end && place < next.start);
  });
  return isRight && node.children.every((child) => endNearestCase(child, places));
}

/** Whether a CASE within has the node's end, so that another arm might be its own. */
function hasCaseAtEnd({ children, end }: SyntaxNode): boolean {
  const last = children.at(-1);
  if (last === undefined || last.end !== end) return false;
  const isOpen = last.type === 'case' && last.children.at(-1)?.type !== 'other_arm';
  return isOpen || hasCaseAtEnd(last);
}

/** The text with each box in a line of its own, in the column of the list that it ends; what follows keeps its column. */
export function withBoxesMoved({ text, offsetOf }: AlignedCode, boxes: readonly CaseBox[]): AlignedCode {
  const parts: string[] = [];
  const offsets: number[] = [];
  let copied = 0;
  const copy = (end: number): void => {
    parts.push(text.slice(copied, end));
    for (; copied < end; copied += 1) offsets.push(offsetOf(copied));
  };
  for (const { offset, text: box, column, list } of boxes) {
    copy(offset);
    const indent = `\n${' '.repeat(list)}`;
    const moved = `${indent}${box}${' '.repeat(column - list)}`;
    parts.push(moved);
    for (let at = 0; at < moved.length; at += 1)
      offsets.push(offsetOf(offset + Math.max(0, Math.min(at - indent.length, box.length))));
    copied = offset + box.length;
  }
  copy(text.length);
  return { text: parts.join(''), offsetOf: (offset) => offsets[offset] ?? offsetOf(text.length) };
}
