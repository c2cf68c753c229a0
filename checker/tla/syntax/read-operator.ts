import type { Expression, OperatorArgument, Parameter } from './ast.ts';
import type { ModuleReader } from './module-reader.ts';
import { markChain } from './operands.ts';
import type { SyntaxNode } from './parser.ts';
import { isOperatorTree, type OperatorTree } from './precedence.ts';
import { present, readExpression } from './read-expression.ts';
import { referenceOf } from './read-use.ts';
import { arityOf, type Scope } from './scope.ts';
import type { Span } from './span.ts';

/** Operators that the tree has a node for; each makes it from its operands. */
type Maker = (operands: readonly Expression[], span: Span) => Expression;

const SPECIAL: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['/\\', (items, span) => ({ kind: 'conjunction', items, span })],
  ['\\/', (items, span) => ({ kind: 'disjunction', items, span })],
  ['\\X', (items, span) => ({ kind: 'product', items, span })],
  ["'", ([operand], span) => ({ kind: 'prime', operand: present(operand), span })],
  ['UNCHANGED', ([operand], span) => ({ kind: 'unchanged', operand: present(operand), span })],
  ['ENABLED', ([operand], span) => ({ kind: 'enabled', operand: present(operand), span })],
  ['[]', ([operand], span) => ({ kind: 'always', operand: present(operand), span })],
  ['<>', ([operand], span) => ({ kind: 'eventually', operand: present(operand), span })],
  ['~>', ([from, to], span) => ({ kind: 'leads-to', from: present(from), to: present(to), span })],
  ['-+->', (_, span) => ({ kind: 'unsupported', construct: '-+->', span })],
  ['\\cdot', (_, span) => ({ kind: 'unsupported', construct: '\\cdot', span })],
]);

/** The unary ones among them. */
const SPECIAL_UNARY: ReadonlySet<string> = new Set(["'", 'UNCHANGED', 'ENABLED', '[]', '<>']);

/** a /\ b /\ c and S \X T \X U are one node with three items. */
const FLAT: ReadonlySet<string> = new Set(['/\\', '\\/', '\\X']);

export function readOperatorTree(reader: ModuleReader, scope: Scope, tree: OperatorTree): Expression {
  const { symbol } = tree.operator;
  const operands = FLAT.has(symbol) ? chainOf(tree) : tree.operands;
  const values = operands.map((operand) =>
    isOperatorTree(operand)
      ? readOperatorTree(reader, scope, operand)
      : readExpression(reader, scope, operand),
  );
  const expression = applySymbol(reader, scope, symbol, tree.mark, values, reader.span(tree));
  markChain(expression);
  return expression;
}

/** Associative operators group to the left: the chain is the left edge. */
function chainOf(tree: OperatorTree): (OperatorTree | SyntaxNode)[] {
  const items: (OperatorTree | SyntaxNode)[] = [];
  let rest: OperatorTree | SyntaxNode | undefined = tree;
  while (rest !== undefined && isOperatorTree(rest) && rest.operator.symbol === tree.operator.symbol) {
    const [left, right]: readonly (OperatorTree | SyntaxNode | undefined)[] = rest.operands;
    if (right !== undefined) items.unshift(right);
    rest = left;
  }
  return rest === undefined ? items : [rest, ...items];
}

/** +(a, b) */
export function readSymbolCall(reader: ModuleReader, scope: Scope, node: SyntaxNode): Expression {
  const [mark, ...given] = node.children;
  const values = given.map((operand) => readExpression(reader, scope, operand));
  return applySymbol(reader, scope, reader.symbolIn(present(mark)), present(mark), values, reader.span(node));
}

function applySymbol(
  reader: ModuleReader,
  scope: Scope,
  symbol: string,
  mark: SyntaxNode,
  operands: readonly Expression[],
  span: Span,
): Expression {
  const special = SPECIAL.get(symbol);
  if (special !== undefined) return special(operands, span);
  const reference = referenceOf(reader, symbol, mark, reader.entry(scope, symbol, mark));
  if (reference === undefined)
    return { kind: 'unsupported', construct: 'an ASSUME/PROVE as an expression', span };
  reader.checkArity(reference, symbol, operands.length, mark);
  return { kind: 'apply', reference, arguments: operands, span };
}

/** A symbol where an operator is expected: what it is defined as, or a LAMBDA if it has a node of its own. */
export function lambdaOfSymbol(
  reader: ModuleReader,
  scope: Scope,
  node: SyntaxNode,
  arity: number,
): OperatorArgument {
  const written = reader.symbolIn(node);
  const symbol = written === '-' && arity === 1 ? '-.' : written;
  const span = reader.span(node);
  const special = SPECIAL.get(symbol);
  if (special === undefined) {
    const { meaning } = reader.entry(scope, symbol, node);
    if (meaning.kind !== 'reference') return reader.fail('RC1807', node, `${symbol} is not an operator`);
    return { kind: 'operator', reference: meaning.reference, arity: arityOf(meaning.reference), span };
  }
  const parameters = (SPECIAL_UNARY.has(symbol) ? ['a'] : ['a', 'b']).map(
    (name): Parameter => ({ kind: 'parameter', name, arity: 0, span }),
  );
  const operands = parameters.map(
    (target): Expression => ({ kind: 'reference', reference: { target, via: [] }, span }),
  );
  return { kind: 'lambda', parameters, body: special(operands, span), span };
}
