import type { Definition, Expression, LocalDefinition, Parameter } from './ast.ts';
import { keepLabels, LabelledScope, LetScope } from './labels.ts';
import { counted, type ModuleReader, plainMeaning } from './module-reader.ts';
import type { SyntaxNode } from './parser.ts';
import { last, present, readBindings, readExpression } from './read-expression.ts';
import { readNamedInstance } from './read-instance.ts';
import { nameAt } from './read-use.ts';
import { keepWording, Scope } from './scope.ts';
import type { Span } from './span.ts';

/** Operators that were declared RECURSIVE in a scope and wait for their definition. */
export type Pending = Map<string, Definition & { parameters: Parameter[] }>;

/** LET ... IN e */
export function readLet(reader: ModuleReader, scope: Scope, node: SyntaxNode): Expression {
  const inner = new LetScope(scope);
  const { definitions } = inner;
  const pending: Pending = new Map();
  for (const unit of node.children.slice(0, -1)) {
    const definition = readDefinition(reader, inner, pending, unit, false);
    if (definition !== undefined) definitions.push(definition);
  }
  refusePending(reader, pending);
  return {
    kind: 'let',
    definitions,
    body: readExpression(reader, inner, last(node)),
    span: reader.span(node),
  };
}

/** @returns undefined for a RECURSIVE declaration and what is no definition */
export function readDefinition(
  reader: ModuleReader,
  scope: Scope,
  pending: Pending,
  node: SyntaxNode,
  isLocal: boolean,
): LocalDefinition | undefined {
  switch (node.type) {
    case 'operator_definition':
      return readOperatorDefinition(reader, scope, pending, node, isLocal);
    case 'function_definition':
      return readFunctionDefinition(reader, scope, pending, node, isLocal);
    case 'module_definition':
      return readNamedInstance(reader, scope, node, isLocal);
    case 'recursive_declaration':
      for (const declared of node.children) declareRecursive(reader, scope, pending, declared);
      return undefined;
    default:
      return undefined;
  }
}

export function refusePending(reader: ModuleReader, pending: Pending): void {
  for (const [name, { span }] of pending) {
    reader.failAt('RC1804', span, `${name} is declared RECURSIVE, but never defined`);
  }
}

function readOperatorDefinition(
  reader: ModuleReader,
  scope: Scope,
  pending: Pending,
  node: SyntaxNode,
  isLocal: boolean,
): Definition {
  const { name, nameNode, parameterNodes } = readHead(reader, node);
  const span = reader.span(node);
  const inner = new LabelledScope(scope);
  const parameters = parameterNodes.map((parameter) => readParameter(reader, inner, parameter));
  refuseOwnName(reader, inner, name);
  const declared = pending.get(name);
  if (declared === undefined) {
    refuseKnown(reader, scope, name, nameNode);
    const body = readExpression(reader, inner, last(node));
    const definition = newDefinition(reader, name, parameters, body, span, { isLocal, isRecursive: false });
    keepWording(definition, reader.text(node));
    keepLabels(definition, inner);
    reader.declare(scope, name, plainMeaning(definition), span, isLocal);
    return definition;
  }
  pending.delete(name);
  if (declared.parameters.length !== parameters.length) {
    reader.fail(
      'RC1805',
      nameNode,
      `${name} was declared RECURSIVE with ${declared.parameters.length} parameters, but has ${parameters.length} here`,
    );
  }
  declared.parameters.splice(0, parameters.length, ...parameters);
  declared.body = readExpression(reader, inner, last(node));
  keepLabels(declared, inner);
  return declared;
}

/** f[x \in S] == e */
function readFunctionDefinition(
  reader: ModuleReader,
  scope: Scope,
  pending: Pending,
  node: SyntaxNode,
  isLocal: boolean,
): Definition {
  const nameNode = present(node.children[0]);
  const name = reader.text(nameNode);
  const span = reader.span(node);
  const declared = pending.get(name);
  pending.delete(name);
  if (declared === undefined) refuseKnown(reader, scope, name, nameNode);
  else if (declared.parameters.length > 0) {
    const message = `${name} was declared RECURSIVE with ${counted(declared.parameters.length)}, but is a function here`;
    reader.fail('RC1805', nameNode, message, `write RECURSIVE ${name}, or nothing: it may use itself`);
  }
  const around = new LabelledScope(scope);
  const self = { kind: 'bound', name, span: reader.span(nameNode) } as const;
  const inner = new Scope(around);
  const bindings = readBindings(reader, scope, inner, node.children.slice(1, -1));
  refuseOwnName(reader, inner, name);
  let isMentioned = false;
  const meaning = plainMeaning(self);
  around.entries.set(name, {
    get meaning() {
      isMentioned = true;
      return meaning;
    },
    isLocal: false,
    span: self.span,
  });
  const body = readExpression(reader, inner, last(node));
  const value: Expression = isMentioned
    ? { kind: 'recursive-function', self, bindings, body, span }
    : { kind: 'function', bindings, body, span };
  if (declared !== undefined) {
    declared.body = value;
    keepLabels(declared, around);
    return declared;
  }
  const definition = newDefinition(reader, name, [], value, span, { isLocal, isRecursive: false });
  keepLabels(definition, around);
  reader.declare(scope, name, plainMeaning(definition), span, isLocal);
  return definition;
}

function declareRecursive(reader: ModuleReader, scope: Scope, pending: Pending, node: SyntaxNode): void {
  const { name, arity } = readDeclaration(reader, node);
  const span = reader.span(node);
  const parameters = Array.from(
    { length: arity },
    (_, i): Parameter => ({ kind: 'parameter', name: `_${i + 1}`, arity: 0, span }),
  );
  const body: Expression = {
    kind: 'unsupported',
    construct: 'a recursive operator without a definition',
    span,
  };
  const definition = {
    ...newDefinition(reader, name, [], body, span, { isLocal: false, isRecursive: true }),
    parameters,
  };
  pending.set(name, definition);
  reader.declare(scope, name, plainMeaning(definition), span);
}

function newDefinition(
  reader: ModuleReader,
  name: string,
  parameters: readonly Parameter[],
  body: Expression,
  span: Span,
  flags: { readonly isLocal: boolean; readonly isRecursive: boolean },
): Definition {
  return { kind: 'definition', name, parameters, body, ...flags, module: reader.moduleName, span };
}

/** Before the body is read, so that the message is about the name and not about what follows from it. */
function refuseKnown(reader: ModuleReader, scope: Scope, name: string, node: SyntaxNode): void {
  if (scope.find(name) !== undefined) reader.refuseSecond(scope, name, reader.span(node));
}

/** What is defined is known in its own text, to SANY at least: a parameter cannot have its name. */
function refuseOwnName(reader: ModuleReader, { entries }: Scope, name: string): void {
  const parameter = entries.get(name);
  if (parameter === undefined) return;
  reader.failAt('RC1806', parameter.span, `${name} cannot be a parameter of ${name}`, 'choose another name');
}

/** A definition's left side: Op(a, F(_)), a + b, -. a, a^+ */
function readHead(reader: ModuleReader, node: SyntaxNode) {
  const [first, second, third] = node.children;
  if (first !== undefined && first.type === 'prefix_op_symbol' && second !== undefined) {
    return { name: reader.symbolIn(first), nameNode: first, parameterNodes: [second] };
  }
  if (first !== undefined && second?.type === 'infix_op_symbol' && third !== undefined) {
    return { name: reader.symbolIn(second), nameNode: second, parameterNodes: [first, third] };
  }
  if (first !== undefined && second?.type === 'postfix_op_symbol') {
    return { name: reader.symbolIn(second), nameNode: second, parameterNodes: [first] };
  }
  const nameNode = present(first);
  return { name: nameAt(reader, nameNode), nameNode, parameterNodes: node.children.slice(1, -1) };
}

export function readParameter(reader: ModuleReader, scope: Scope, node: SyntaxNode): Parameter {
  const { name, arity } = readDeclaration(reader, node);
  return reader.parameter(scope, name, arity, node);
}

/** C, F(_, _), _ + _, -. _ */
export function readDeclaration(reader: ModuleReader, node: SyntaxNode): { name: string; arity: number } {
  if (node.type !== 'operator_declaration') return { name: reader.text(node), arity: 0 };
  let name = '';
  let arity = 0;
  for (const child of node.children) {
    if (child.type === 'placeholder') arity += 1;
    else name = child.type === 'identifier' ? reader.text(child) : reader.symbolIn(child);
  }
  return { name, arity };
}
