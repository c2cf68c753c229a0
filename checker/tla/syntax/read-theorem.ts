import { type ModuleReader, plainMeaning } from './module-reader.ts';
import type { SyntaxNode } from './parser.ts';
import { readDeclaration } from './read-definition.ts';
import { last, present, readExpression } from './read-expression.ts';
import { Scope } from './scope.ts';
import { declareStatement, readNamedStatement } from './statements.ts';

/**
 * Reads what a theorem states; a name stands for it from then on. Nothing checks it, but its names must be known and its
 * operators bind, as SANY asks. Proofs are not read.
 */
export function readTheorem(reader: ModuleReader, scope: Scope, node: SyntaxNode): void {
  const [nameNode] = node.children;
  const statement = last(node);
  const name = nameNode?.type === 'identifier' ? nameNode : undefined;
  if (statement.type === 'assume_prove') {
    readAssumeProve(reader, scope, statement);
    if (name !== undefined)
      declareStatement(reader, scope, reader.text(name), { kind: 'assume-prove' }, reader.span(name));
  } else if (name !== undefined) readNamedStatement(reader, scope, node, reader.text(name));
  else readExpression(reader, scope, statement);
}

/** `ASSUME NEW x \in S, P(x) PROVE Q(x)`: what is new is known behind it. */
function readAssumeProve(reader: ModuleReader, scope: Scope, node: SyntaxNode): void {
  const inner = new Scope(scope);
  for (const part of node.children) {
    if (part.type === 'inner_assume_prove') readAssumeProve(reader, inner, last(part));
    else if (part.type === 'new') declareNew(reader, inner, part);
    else readExpression(reader, inner, part);
  }
}

/** `NEW x \in S`, `NEW F(_)`, `CONSTANT c` */
function declareNew(reader: ModuleReader, scope: Scope, node: SyntaxNode): void {
  const [declared, set] = node.children.filter(({ type }) => type !== 'statement_level');
  if (set !== undefined) readExpression(reader, scope, set);
  const { name, arity } = readDeclaration(reader, present(declared));
  const span = reader.span(present(declared));
  reader.declare(scope, name, plainMeaning({ kind: 'constant', name, arity, span }), span);
}
