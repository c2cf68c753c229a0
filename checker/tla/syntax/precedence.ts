import { OPERATORS, type Operator } from './operators.ts';
import type { SyntaxNode } from './parser.ts';
import type { SourceText } from './source-text.ts';
import { TlaError } from './tla-error.ts';

/** An operator with its operands, grouped as TLA+ groups them. */
export interface OperatorTree {
  readonly operator: Operator;
  readonly operands: readonly (OperatorTree | SyntaxNode)[];
  /** Of the symbol. */
  readonly mark: SyntaxNode;
  readonly start: number;
  readonly end: number;
}

type Operand = OperatorTree | SyntaxNode;
type Fix = 'prefix' | 'infix' | 'postfix';

interface Mark {
  readonly operator: Operator;
  readonly fix: Fix;
  readonly node: SyntaxNode;
}

export function isOperatorTree(operand: Operand): operand is OperatorTree {
  return 'operator' in operand;
}

/**
 * Groups an expression of prefix, infix and postfix operators. The grammar's own grouping is not TLA+'s: it knows
 * one number for each operator where TLA+ has a range, and it never refuses.
 *
 * @throws TlaError RC1802 where TLA+ asks for parentheses
 */
export function groupOperators(node: SyntaxNode, source: SourceText): OperatorTree {
  const grouping = new Grouping(source);
  grouping.take(node);
  return grouping.finish();
}

class Grouping {
  readonly #source: SourceText;
  readonly #operands: Operand[] = [];
  readonly #waiting: Mark[] = [];

  constructor(source: SourceText) {
    this.#source = source;
  }

  /** Reads the operators and operands below a node from left to right. */
  take(node: SyntaxNode): void {
    const [first, second, third] = node.children;
    if (
      node.type === 'bound_infix_op' &&
      first !== undefined &&
      second !== undefined &&
      third !== undefined
    ) {
      this.take(first);
      this.#meet(markOf(second, 'infix'));
      this.take(third);
    } else if (node.type === 'bound_prefix_op' && first !== undefined && second !== undefined) {
      this.#waiting.push(markOf(first, 'prefix'));
      this.take(second);
    } else if (node.type === 'bound_postfix_op' && first !== undefined && second !== undefined) {
      this.take(first);
      this.#meet(markOf(second, 'postfix'));
    } else this.#operands.push(node);
  }

  finish(): OperatorTree {
    while (this.#waiting.length > 0) this.#apply(this.#waiting.pop());
    const [tree] = this.#operands;
    if (tree === undefined || !isOperatorTree(tree))
      throw new Error('an operator expression without an operator');
    return tree;
  }

  /** An infix or postfix operator: what binds tighter to its left is complete. */
  #meet(mark: Mark): void {
    for (let left = this.#waiting.at(-1); left !== undefined; left = this.#waiting.at(-1)) {
      if (left.operator.high < mark.operator.low) break;
      if (left.operator.low <= mark.operator.high && !areOneChain(left, mark)) this.#refuse(left, mark);
      this.#apply(this.#waiting.pop());
    }
    this.#waiting.push(mark);
    if (mark.fix === 'postfix') this.#apply(this.#waiting.pop());
  }

  #apply(mark: Mark | undefined): void {
    const right = this.#operands.pop();
    if (mark === undefined || right === undefined) throw new Error('an operator without an operand');
    const left = mark.fix === 'infix' ? this.#operands.pop() : undefined;
    this.#operands.push({
      operator: mark.operator,
      operands: left === undefined ? [right] : [left, right],
      mark: mark.node,
      start: left?.start ?? Math.min(right.start, mark.node.start),
      end: Math.max(right.end, mark.node.end),
    });
  }

  #refuse(left: Mark, right: Mark): never {
    const [before, after] = [left, right].map(({ node }) => this.#source.text.slice(node.start, node.end));
    throw new TlaError(
      'RC1802',
      this.#source.span(right.node.start, right.node.end),
      `${after} after ${before} needs parentheses: TLA+ does not say which of them binds tighter`,
    );
  }
}

function areOneChain(left: Mark, right: Mark): boolean {
  return left.operator.symbol === right.operator.symbol && right.operator.isLeftAssociative;
}

function markOf(node: SyntaxNode, fix: Fix): Mark {
  const operator = OPERATORS.get(node.type);
  if (operator === undefined)
    throw new Error(`the grammar has an operator that the table has not: ${node.type}`);
  return { operator, fix, node };
}
