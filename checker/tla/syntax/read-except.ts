import type { Expression, PathStep, Update } from './ast.ts';
import type { ModuleReader } from './module-reader.ts';
import type { SyntaxNode } from './parser.ts';
import { last, present, readAll, readExpression } from './read-expression.ts';
import { Scope } from './scope.ts';

/** [f EXCEPT ![a].b = e, ...] */
export function readExcept(reader: ModuleReader, scope: Scope, node: SyntaxNode): Expression {
  const [base, ...updates] = node.children;
  return {
    kind: 'except',
    base: readExpression(reader, scope, present(base)),
    updates: updates.map((update) => readUpdate(reader, scope, update)),
    span: reader.span(node),
  };
}

function readUpdate(reader: ModuleReader, scope: Scope, node: SyntaxNode): Update {
  const span = reader.span(node);
  const inner = new Scope(scope);
  reader.declare(inner, '@', { kind: 'at' }, span);
  return {
    path: present(node.children[0]).children.map((step) => readStep(reader, scope, step)),
    value: readExpression(reader, inner, last(node)),
    span,
  };
}

function readStep(reader: ModuleReader, scope: Scope, node: SyntaxNode): PathStep {
  const span = reader.span(node);
  return node.type === 'except_update_record_field'
    ? { kind: 'field', name: reader.text(last(node)), span }
    : { kind: 'index', arguments: readAll(reader, scope, node.children), span };
}
