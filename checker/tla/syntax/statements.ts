import type { Definition, Expression, Target } from './ast.ts';
import { keepLabels, LabelledScope } from './labels.ts';
import { type ModuleReader, plainMeaning } from './module-reader.ts';
import type { SyntaxNode } from './parser.ts';
import { last, readExpression } from './read-expression.ts';
import type { Scope } from './scope.ts';

const statements = new WeakSet<Target>();

/** Whether a definition is the statement of a theorem or an assumption: a configuration cannot name it. */
export function isStatement(target: Target): boolean {
  return statements.has(target);
}

/**
 * Reads `THEOREM T == e` or `ASSUME A == e`: the name stands for e, as a definition without parameters does
 * (tla2sany.semantic.ThmOrAssumpDefNode).
 */
export function readNamedStatement(
  reader: ModuleReader,
  scope: Scope,
  node: SyntaxNode,
  name: string,
): Expression {
  const span = reader.span(node);
  const inner = new LabelledScope(scope);
  const body = readExpression(reader, inner, last(node));
  const definition: Definition = {
    kind: 'definition',
    name,
    parameters: [],
    body,
    isRecursive: false,
    isLocal: false,
    module: reader.moduleName,
    span,
  };
  statements.add(definition);
  keepLabels(definition, inner);
  reader.declare(scope, name, plainMeaning(definition), span);
  return body;
}
