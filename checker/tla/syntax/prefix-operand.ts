import type { SyntaxNode } from './parser.ts';

/** What is written behind an operand and binds tighter than any prefix operator. */
const APPLICATIONS: ReadonlySet<string> = new Set(['function_evaluation', 'record_value']);

/** Where a prefix operator is always called, as in `I!-.(1)`. */
const PATHS: ReadonlySet<string> = new Set(['prefixed_op', 'subexpr_component']);

/**
 * Corrects how the grammar reads a prefix operator before parentheses: `DOMAIN (f)[1]` is DOMAIN of `(f)[1]`, and
 * `~ (a) = b` is ~ of `(a) = b`, but the grammar takes `DOMAIN (f)` and `~ (a)` for calls, as in `+(a, b)`.
 */
export class PrefixOperands {
  /** What was corrected, and what it was. */
  readonly #corrected = new WeakMap<SyntaxNode, SyntaxNode>();

  /** The node as it should be; its children are correct already. */
  correct(node: SyntaxNode): SyntaxNode {
    const [first, second] = node.children;
    if (first === undefined) return node;
    if (PATHS.has(node.type)) {
      return { ...node, children: node.children.map((child) => this.#corrected.get(child) ?? child) };
    }
    if (node.type === 'bound_nonfix_op') {
      const [mark] = first.children;
      const isPrefix = first.type === 'prefix_op_symbol' && node.children.length === 2;
      if (!isPrefix || mark === undefined || second === undefined) return node;
      const operand = { type: 'parentheses', start: first.end, end: node.end, children: [second] };
      return this.#prefix(mark, operand, node);
    }
    const [mark, operand] = first.children;
    if (
      APPLICATIONS.has(node.type) &&
      this.#corrected.has(first) &&
      mark !== undefined &&
      operand !== undefined
    ) {
      const application = {
        ...node,
        start: operand.start,
        children: [operand, ...node.children.slice(1)],
      };
      return this.#prefix(mark, application, node);
    }
    return node;
  }

  #prefix(mark: SyntaxNode, operand: SyntaxNode, original: SyntaxNode): SyntaxNode {
    const { start, end } = original;
    const node = { type: 'bound_prefix_op', start, end, children: [mark, operand] };
    this.#corrected.set(node, original);
    return node;
  }
}
