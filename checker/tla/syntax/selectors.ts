import type { ModuleReader } from './module-reader.ts';
import type { SyntaxNode } from './parser.ts';
import { present } from './read-expression.ts';
import { nameAt } from './read-use.ts';

/** One of what `!` separates in `I(x)!Op!2!<<`. */
export type Selector =
  | {
      readonly kind: 'name';
      readonly node: SyntaxNode;
      readonly name: string;
      readonly given: readonly SyntaxNode[];
    }
  /** `!2`, `!<<`, `!>>` */
  | { readonly kind: 'operand'; readonly node: SyntaxNode; readonly which: number | 'first' | 'second' }
  /** `!(e1, e2)`: what names that are bound stand for. */
  | { readonly kind: 'arguments'; readonly node: SyntaxNode; readonly given: readonly SyntaxNode[] }
  /** `!@`: the same without arguments. */
  | { readonly kind: 'operator'; readonly node: SyntaxNode }
  /** `!:` */
  | { readonly kind: 'whole'; readonly node: SyntaxNode }
  /** `<1>2!` */
  | { readonly kind: 'step'; readonly node: SyntaxNode };

export type NameSelector = Extract<Selector, { readonly kind: 'name' }>;

/** What a `prefixed_op` or a `subexpression` of the grammar consists of. */
export function selectorsOf(reader: ModuleReader, node: SyntaxNode): readonly Selector[] {
  const [prefix, final] = node.children;
  return [...present(prefix).children, present(final)].map((each) => selectorAt(reader, each));
}

function selectorAt(reader: ModuleReader, node: SyntaxNode): Selector {
  if (node.type === 'subexpr_tree_nav') return navigationAt(reader, node);
  if (node.type === 'proof_step_ref') return { kind: 'step', node };
  const use = node.type === 'subexpr_component' ? present(node.children[0]) : node;
  const isCall = use.type === 'bound_op' || use.type === 'bound_nonfix_op';
  const [nameNode, ...given] = isCall ? use.children : [use];
  return { kind: 'name', node: present(nameNode), name: symbolOrName(reader, present(nameNode)), given };
}

function navigationAt(reader: ModuleReader, node: SyntaxNode): Selector {
  const [child] = node.children;
  switch (child?.type) {
    case 'child_id':
      return { kind: 'operand', node, which: Number(reader.text(child)) };
    case 'operator_args':
      return { kind: 'arguments', node, given: child.children };
    case 'address':
      return { kind: 'operator', node };
    case 'colon':
      return { kind: 'whole', node };
    default:
      return { kind: 'operand', node, which: isOpening(reader.text(node)) ? 'first' : 'second' };
  }
}

function isOpening(bracket: string): boolean {
  return ['<<', '〈', '⟨'].includes(bracket);
}

function symbolOrName(reader: ModuleReader, node: SyntaxNode): string {
  const [symbol] = node.children;
  return (symbol === undefined ? undefined : reader.symbol(symbol)) ?? nameAt(reader, node);
}
