import type { Argument, Expression, Instance, OperatorArgument, Reference } from './ast.ts';
import { OPERATOR_ARGUMENTS } from './builtins.ts';
import { counted, type ModuleReader } from './module-reader.ts';
import type { SyntaxNode } from './parser.ts';
import { readExpression } from './read-expression.ts';
import { lambdaOfSymbol } from './read-operator.ts';
import { nameAt, operatorOf, readOperatorAtPath, referenceOf } from './read-use.ts';
import { Scope } from './scope.ts';

/** The arguments of a use, each as its parameter wants it. */
export function readArguments(
  reader: ModuleReader,
  scope: Scope,
  reference: Reference,
  name: string,
  nodes: readonly SyntaxNode[],
): Argument[] {
  const arities = parameterArities(reference);
  return nodes.map((node, i) =>
    readArgument(reader, scope, node, arities[i] ?? 0, `argument ${i + 1} of ${name}`),
  );
}

export function readInstanceArguments(
  reader: ModuleReader,
  scope: Scope,
  instance: Instance,
  nameNode: SyntaxNode,
  nodes: readonly SyntaxNode[],
): Argument[] {
  const { parameters } = instance;
  const name = instance.name ?? '';
  if (parameters.length !== nodes.length) {
    reader.fail(
      'RC1805',
      nameNode,
      `${name} needs ${counted(parameters.length)}, but is given ${nodes.length === 0 ? 'none' : nodes.length}`,
    );
  }
  return nodes.map((node, i) =>
    readArgument(reader, scope, node, parameters[i]?.arity ?? 0, `argument ${i + 1} of ${name}`),
  );
}

/** @param what names the place in messages, such as "argument 1 of F" */
export function readArgument(
  reader: ModuleReader,
  scope: Scope,
  node: SyntaxNode,
  arity: number,
  what: string,
): Argument {
  if (arity === 0) return readPlainArgument(reader, scope, node, what);
  const operator = readOperatorArgument(reader, scope, node, arity);
  if (operator === undefined) {
    return reader.fail(
      'RC1807',
      node,
      `${what} must be an operator with ${counted(arity)}, but this is an expression`,
    );
  }
  const found = operator.kind === 'lambda' ? operator.parameters.length : operator.arity;
  if (found !== arity) {
    reader.fail(
      'RC1807',
      node,
      `${what} must be an operator with ${counted(arity)}, but this one takes ${counted(found)}`,
    );
  }
  if (takesOperators(operator)) {
    reader.fail(
      'RC1807',
      node,
      `${what} must be an operator of expressions, but this one is given operators itself`,
    );
  }
  return operator;
}

/** Whether an operator has an operator among its own arguments: TLA+ hands on no such one. */
function takesOperators(operator: OperatorArgument): boolean {
  return operator.kind === 'operator' && parameterArities(operator.reference).some((arity) => arity > 0);
}

function readPlainArgument(reader: ModuleReader, scope: Scope, node: SyntaxNode, what: string): Expression {
  if (isOperatorSymbol(node) || node.type === 'lambda') {
    reader.fail(
      'RC1807',
      node,
      `${what} must be an expression, but ${node.type === 'lambda' ? 'a LAMBDA' : reader.text(node)} is an operator`,
    );
  }
  return readExpression(reader, scope, node);
}

function isOperatorSymbol(node: SyntaxNode): boolean {
  return node.type.endsWith('fix_op_symbol');
}

function readOperatorArgument(
  reader: ModuleReader,
  scope: Scope,
  node: SyntaxNode,
  arity: number,
): OperatorArgument | undefined {
  const span = reader.span(node);
  if (node.type === 'lambda') {
    const inner = new Scope(scope);
    const parameters = node.children
      .slice(0, -1)
      .map((name) => reader.parameter(inner, reader.text(name), 0, name));
    const body = node.children.at(-1);
    if (body === undefined) return undefined;
    return { kind: 'lambda', parameters, body: readExpression(reader, inner, body), span };
  }
  if (isOperatorSymbol(node)) return lambdaOfSymbol(reader, scope, node, arity);
  if (node.type === 'prefixed_op' || node.type === 'subexpression') {
    return readOperatorAtPath(reader, scope, node, arity);
  }
  if (node.type !== 'identifier_ref') return undefined;
  const name = nameAt(reader, node);
  const reference = referenceOf(reader, name, node, reader.entry(scope, name, node));
  return reference === undefined ? undefined : operatorOf(reader, reference, node);
}

/** For each parameter the number of arguments that it takes itself. */
function parameterArities({ target }: Reference): readonly number[] {
  if (target.kind === 'definition') return target.parameters.map((parameter) => parameter.arity);
  if (target.kind !== 'builtin') return [];
  const arities: number[] = [];
  for (const [position, arity] of OPERATOR_ARGUMENTS[target.name] ?? []) arities[position] = arity;
  return arities;
}
