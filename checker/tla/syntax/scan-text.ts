/** What a scan of a module's characters finds before it is parsed. */
export interface ScannedText {
  /** The first module alone: comments and all that lies outside are blanks, every offset is kept. */
  readonly code: string;
  /** Identifiers and numbers, and string literals with the quotes, as they are written. */
  readonly tokens: readonly string[];
  /** Whether there is a line `---- MODULE`. */
  readonly hasModule: boolean;
  /** The first string or comment without an end. */
  readonly unfinished: { readonly offset: number; readonly what: 'string' | 'comment' } | undefined;
}

const MODULE_START = /-{4,}[ \t]*MODULE\b/g;
const TOKEN =
  /\\\*[^\n]*|\\(?:[bohBOH]\d[\dA-Fa-f]*|[A-Za-z]+)|\(\*|"(?:[^"\\\n]|\\.)*"?|-{4,}(?:\s*MODULE\b)?|={4,}|[A-Za-z0-9_]+/g;
const UNFINISHED_STRING = /^"(?:[^"\\]|\\.)*$/;
const COMMENT_MARK = /\(\*|\*\)/g;
const NOT_LINE_BREAK = /[^\n\r\t]/g;

/** Comments become blanks, so that the grammar never sees them nor the algorithms inside. */
export function scanText(text: string): ScannedText {
  MODULE_START.lastIndex = 0;
  const first = MODULE_START.exec(text);
  if (first === null) return { code: '', tokens: [], hasModule: false, unfinished: undefined };
  const tokens: string[] = [];
  const parts: string[] = [blank(text.slice(0, first.index))];
  let copied = first.index;
  let depth = 0;
  let unfinished: ScannedText['unfinished'];
  TOKEN.lastIndex = first.index;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const [token] = match;
    const isBlock = token === '(*';
    if (isBlock || token.startsWith('\\*')) {
      parts.push(text.slice(copied, match.index));
      const end = isBlock ? endOfComment(text, match.index) : TOKEN.lastIndex;
      if (end === undefined) unfinished ??= { offset: match.index, what: 'comment' };
      copied = end ?? text.length;
      parts.push(blank(text.slice(match.index, copied)));
      TOKEN.lastIndex = copied;
    } else if (token.startsWith('----')) {
      if (token.endsWith('MODULE')) depth += 1;
    } else if (token.startsWith('====')) {
      depth -= 1;
      if (depth > 0) continue;
      parts.push(text.slice(copied, TOKEN.lastIndex));
      return { code: parts.join(''), tokens, hasModule: true, unfinished };
    } else if (!token.startsWith('\\')) {
      if (UNFINISHED_STRING.test(token)) unfinished ??= { offset: match.index, what: 'string' };
      tokens.push(token);
    }
  }
  parts.push(text.slice(copied));
  return { code: parts.join(''), tokens, hasModule: true, unfinished };
}

function blank(text: string): string {
  return text.replace(NOT_LINE_BREAK, ' ');
}

/** Where the comment that starts at `start` ends; comments nest. */
function endOfComment(text: string, start: number): number | undefined {
  let depth = 0;
  COMMENT_MARK.lastIndex = start;
  for (let match = COMMENT_MARK.exec(text); match !== null; match = COMMENT_MARK.exec(text)) {
    depth += match[0] === '(*' ? 1 : -1;
    if (depth === 0) return COMMENT_MARK.lastIndex;
  }
  return undefined;
}
