import type { Definition, Expression, Target } from './ast.ts';
import { keepLabels, LabelledScope } from './labels.ts';
import { type ModuleReader, plainMeaning } from './module-reader.ts';
import type { SyntaxNode } from './parser.ts';
import { last, readExpression } from './read-expression.ts';
import type { Meaning, Scope } from './scope.ts';
import type { Span } from './span.ts';

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
  declareStatement(reader, scope, name, plainMeaning(definition), span);
  return body;
}

/** What has a statement's name already stays what it is, as in SANY: a second one of this name can only be stated. */
export function declareStatement(
  reader: ModuleReader,
  scope: Scope,
  name: string,
  meaning: Meaning,
  span: Span,
): void {
  const known = scope.find(name)?.meaning;
  if (known === undefined || !isOfStatement(known)) reader.declare(scope, name, meaning, span);
}

function isOfStatement(meaning: Meaning): boolean {
  return (
    meaning.kind === 'assume-prove' || (meaning.kind === 'reference' && isStatement(meaning.reference.target))
  );
}
