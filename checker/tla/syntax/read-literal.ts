import type { Expression } from './ast.ts';
import type { ModuleReader } from './module-reader.ts';
import type { SyntaxNode } from './parser.ts';

const GREATEST = 2 ** 31 - 1;
const RADIX: Readonly<Record<string, number>> = { b: 2, o: 8, h: 16 };
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', f: '\f', r: '\r' };

/** Decimal digits, or \b101, \o17, \hFF. */
export function readNumber(reader: ModuleReader, node: SyntaxNode): Expression {
  const text = reader.text(node);
  const radix = text.startsWith('\\') ? RADIX[(text[1] ?? '').toLowerCase()] : undefined;
  const value = radix === undefined ? Number(text) : Number.parseInt(text.slice(2), radix);
  if (value > GREATEST)
    reader.fail('RC1803', node, `${text} is greater than ${GREATEST}, the greatest number that TLC knows`);
  return { kind: 'number', value, span: reader.span(node) };
}

/** @param literal with its quotes */
export function readString(literal: string): string {
  return literal.slice(1, -1).replace(/\\(.)/g, (_, escaped: string) => ESCAPES[escaped] ?? escaped);
}
