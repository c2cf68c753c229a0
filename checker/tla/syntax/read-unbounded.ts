import type { Expression } from './ast.ts';
import type { ModuleReader } from './module-reader.ts';
import type { SyntaxNode } from './parser.ts';
import { last, present, readExpression } from './read-expression.ts';
import { Scope } from './scope.ts';

/** `\A x, y : e`, `\EE x : e`: no value of it is ever computed; its body is read for the faults in it, and for its labels. */
export function readUnboundedQuantifier(reader: ModuleReader, scope: Scope, node: SyntaxNode): Expression {
  const [mark] = /^\\[A-Za-z]+|^./u.exec(reader.text(node)) ?? [];
  readBody(reader, scope, node, node.children.slice(0, -1));
  return { kind: 'unsupported', construct: `${mark} without a set`, span: reader.span(node) };
}

/** `CHOOSE x : e` */
export function readUnboundedChoose(reader: ModuleReader, scope: Scope, node: SyntaxNode): Expression {
  const intro = present(node.children[0]);
  readBody(reader, scope, node, intro.type === 'tuple_of_identifiers' ? intro.children : [intro]);
  return { kind: 'unsupported', construct: 'CHOOSE without a set', span: reader.span(node) };
}

function readBody(reader: ModuleReader, scope: Scope, node: SyntaxNode, names: readonly SyntaxNode[]): void {
  const inner = new Scope(scope);
  for (const name of names) reader.bound(inner, name);
  readExpression(reader, inner, last(node));
}
