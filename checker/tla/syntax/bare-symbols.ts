import type { SyntaxNode } from './parser.ts';

/** A place in a text where an operator symbol stands. */
export interface BareSymbol {
  readonly start: number;
  readonly text: string;
}

/** Strings and `!!` are read over; `!:`, `!@`, `!<<`, `!>>` and `!.field` are something else. */
const AFTER_MARK =
  /"(?:[^"\\\n]|\\.)*"|!!+|!(?!(?:<<|>>|[:@.])(?:[^-+*/=<>#%^&|.:$?~@\\]|$))(\\[A-Za-z]+(?![A-Za-z])|\((?:[-+./]|\\X)\)|(?!\\[A-Za-z])[-+*/=<>#%^&|.:$?~@\\]+(?![-+*/=<>#%^&|.:$?~@\\])|(?![⟨⟩〈〉])[\u00a1-\uffff])(?!\s*\()/g;

/**
 * The operator symbols that stand alone behind a `!`, as in `Ap(I!++)`. The grammar has them with arguments only, as in
 * `I!++(a, b)`; a name it would take.
 */
export function findBareSymbols(code: string): readonly BareSymbol[] {
  const found: BareSymbol[] = [];
  for (const { 0: whole, 1: text, index } of code.matchAll(AFTER_MARK)) {
    if (text !== undefined) found.push({ start: index + whole.length - text.length, text });
  }
  return found;
}

/** The text with a name of the same length in the place of each. */
export function withNames(code: string, symbols: readonly BareSymbol[]): string {
  const parts: string[] = [];
  let copied = 0;
  for (const { start, text } of symbols) {
    parts.push(code.slice(copied, start), 'a'.repeat(text.length));
    copied = start + text.length;
  }
  parts.push(code.slice(copied));
  return parts.join('');
}

/** The tree with nodes for the symbols in the place of those names, by their offsets. */
export function withSymbols(node: SyntaxNode, symbols: ReadonlyMap<number, SyntaxNode>): SyntaxNode {
  const symbol = node.type === 'identifier_ref' ? symbols.get(node.start) : undefined;
  if (symbol !== undefined) return placed(symbol, node);
  return node.children.length === 0
    ? node
    : { ...node, children: node.children.map((child) => withSymbols(child, symbols)) };
}

function placed(symbol: SyntaxNode, { start, end }: SyntaxNode): SyntaxNode {
  return { ...symbol, start, end, children: symbol.children.map((mark) => ({ ...mark, start, end })) };
}
