import type { Node } from 'web-tree-sitter';
import type { ParsedText } from './parser.ts';
import type { SourceText } from './source-text.ts';
import { TlaError } from './tla-error.ts';

/** @throws TlaError RC1801 at the first place that the grammar could not read */
export function refuseSyntaxErrors({ erroneous }: ParsedText, source: SourceText, code: string): void {
  if (erroneous === undefined) return;
  const node = firstError(erroneous.rootNode) ?? erroneous.rootNode;
  const missing = node.isMissing ? node.type : undefined;
  const { startIndex, endIndex } = node;
  erroneous.delete();
  if (missing !== undefined) {
    throw new TlaError('RC1801', source.span(startIndex, startIndex + 1), `expected ${missing}`);
  }
  const found = /\S+/.exec(code.slice(startIndex, endIndex))?.[0] ?? 'the end';
  throw new TlaError('RC1801', source.span(startIndex, endIndex), `unexpected ${found}`);
}

function firstError(node: Node): Node | undefined {
  if (node.isMissing) return node;
  if (!node.hasError) return undefined;
  for (const child of node.children) {
    const found = firstError(child);
    if (found !== undefined) return found;
  }
  return node.isError ? node : undefined;
}
