import { CodedError } from '../../diagnostics/coded-error.ts';
import { withLineFeeds } from '../syntax/source-text.ts';
import type { Span } from '../syntax/span.ts';
import { OPERATOR_SPELLINGS } from './operator-names.ts';

export interface ConfigToken {
  readonly kind: 'name' | 'number' | 'string' | 'symbol' | 'operator' | 'end';
  /** As it stands in the file; of a string its contents. */
  readonly text: string;
  readonly span: Span;
}

const OPERATOR = OPERATOR_SPELLINGS.map(patternOf).join('|');
const TOKEN = new RegExp(
  String.raw`(\w*[A-Za-z]\w*(?:!\w+)*)|(-?\d+)|"((?:[^"\\\n]|\\.)*)"|(<-)|(${OPERATOR})|([={},()[\]])`,
  'y',
);
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f' };

/**
 * Cuts a configuration file into tokens; comments are gone. The last token is the end.
 *
 * @throws CodedError RC1902 at what is no token, or at a comment without an end
 */
export function readConfigTokens(written: string, file: string): ConfigToken[] {
  const text = withLineFeeds(written);
  const lines = new LineIndex(text, file);
  const tokens: ConfigToken[] = [];
  let at = skipBlank(text, 0, lines);
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) throw complaint(lines.span(at, at), `unexpected ${describeCharacter(text, at)}`);
    const [whole, name, number, string, , operator] = match;
    const span = lines.span(at, at + whole.length - 1);
    if (name !== undefined) tokens.push({ kind: 'name', text: name, span });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, span });
    else if (string !== undefined) tokens.push({ kind: 'string', text: unquote(string), span });
    else if (operator !== undefined) tokens.push({ kind: 'operator', text: operator, span });
    else tokens.push({ kind: 'symbol', text: whole, span });
    at = skipBlank(text, at + whole.length, lines);
  }
  tokens.push({ kind: 'end', text: 'the end of the file', span: lines.span(text.length, text.length) });
  return tokens;
}

function patternOf(operator: string): string {
  const isWord = /\w$/.test(operator);
  return `${operator.replaceAll(/\W/g, String.raw`\$&`)}${isWord ? String.raw`(?!\w)` : ''}`;
}

/** An error in a configuration file; the message begins with the place, since a file may be one long line. */
export function complaint(span: Span, message: string, hint?: string): CodedError {
  return new CodedError('RC1902', `${message} (line ${span.line}, column ${span.column})`, {
    file: span.file,
    line: span.line,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** The position behind white space and comments: `\*` to the end of the line, and `(* *)`, which nest. */
function skipBlank(text: string, from: number, lines: LineIndex): number {
  let at = from;
  for (;;) {
    while (at < text.length && /\s/.test(text.charAt(at))) at++;
    if (text.startsWith('\\*', at)) {
      const end = text.indexOf('\n', at);
      at = end === -1 ? text.length : end;
    } else if (text.startsWith('(*', at)) {
      at = commentEnd(text, at, lines);
    } else {
      return at;
    }
  }
}

function commentEnd(text: string, start: number, lines: LineIndex): number {
  const border = /\(\*|\*\)/g;
  border.lastIndex = start;
  let depth = 0;
  for (let match = border.exec(text); match !== null; match = border.exec(text)) {
    depth += match[0] === '(*' ? 1 : -1;
    if (depth === 0) return border.lastIndex;
  }
  throw complaint(lines.span(start, start + 1), 'a comment that begins here has no end: expected *)');
}

function unquote(text: string): string {
  return text.replaceAll(/\\(.)/g, (_whole, letter: string) => ESCAPES[letter] ?? letter);
}

function describeCharacter(text: string, at: number): string {
  const character = text.charAt(at);
  return character === '"' ? 'start of a string that has no end on its line' : `character ${character}`;
}

/** Turns offsets into lines and columns. */
class LineIndex {
  readonly #starts: number[] = [0];
  readonly #file: string;

  constructor(text: string, file: string) {
    this.#file = file;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  /** From an offset to another, both inclusive. */
  span(start: number, end: number): Span {
    const [line, column] = this.#place(start);
    const [endLine, endColumn] = this.#place(end);
    return { file: this.#file, line, column, endLine, endColumn };
  }

  #place(offset: number): readonly [line: number, column: number] {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return [low + 1, offset - (this.#starts[low] ?? 0) + 1];
  }
}
