import type { Binding, CaseArm, Expression, Field } from './ast.ts';
import { readLabel } from './labels.ts';
import type { ModuleReader } from './module-reader.ts';
import type { SyntaxNode } from './parser.ts';
import { groupOperators } from './precedence.ts';
import { readLet } from './read-definition.ts';
import { readExcept } from './read-except.ts';
import { readNumber, readString } from './read-literal.ts';
import { readOperatorTree, readSymbolCall } from './read-operator.ts';
import { readUnboundedChoose, readUnboundedQuantifier } from './read-unbounded.ts';
import { readCall, readName, readPath } from './read-use.ts';
import { Scope } from './scope.ts';

/** One expression of a module, its names resolved in the given scope. */
export function readExpression(reader: ModuleReader, scope: Scope, node: SyntaxNode): Expression {
  const span = reader.span(node);
  const [first, second, third] = node.children;
  switch (node.type) {
    case 'bound_infix_op':
    case 'bound_prefix_op':
    case 'bound_postfix_op':
      return readOperatorTree(reader, scope, groupOperators(node, reader.source));
    case 'parentheses':
      return readExpression(reader, scope, only(node));
    case 'label':
      return readLabel(reader, scope, node);
    case 'identifier_ref':
    case 'nat_number_set':
    case 'int_number_set':
    case 'real_number_set':
    case 'string_set':
    case 'boolean_set':
      return readName(reader, scope, node);
    case 'bound_op':
      return readCall(reader, scope, node);
    case 'bound_nonfix_op':
      return readSymbolCall(reader, scope, node);
    case 'prefixed_op':
    case 'subexpression':
      return readPath(reader, scope, node);
    case 'boolean':
      return { kind: 'boolean', value: reader.text(node) === 'TRUE', span };
    case 'string':
      return { kind: 'string', value: readString(reader.text(node)), span };
    case 'nat_number':
    case 'binary_number':
    case 'octal_number':
    case 'hex_number':
      return readNumber(reader, node);
    case 'real_number':
      return { kind: 'unsupported', construct: 'a decimal number', span };
    case 'proof_step_ref':
      return { kind: 'unsupported', construct: 'a reference to a step of a proof', span };
    case 'conj_list':
    case 'disj_list': {
      const items = node.children.map((item) => readExpression(reader, scope, only(item)));
      return { kind: node.type === 'conj_list' ? 'conjunction' : 'disjunction', items, span };
    }
    case 'if_then_else':
      return {
        kind: 'if',
        condition: readExpression(reader, scope, present(first)),
        consequence: readExpression(reader, scope, present(second)),
        alternative: readExpression(reader, scope, present(third)),
        span,
      };
    case 'case':
      return readCase(reader, scope, node);
    case 'let_in':
      return readLet(reader, scope, node);
    case 'bounded_quantification': {
      const inner = new Scope(scope);
      const bindings = readBindings(reader, scope, inner, node.children.slice(0, -1));
      const quantifier = isForAll(reader.text(node)) ? 'forall' : 'exists';
      return {
        kind: 'quantified',
        quantifier,
        bindings,
        body: readExpression(reader, inner, last(node)),
        span,
      };
    }
    case 'unbounded_quantification':
      return readUnboundedQuantifier(reader, scope, node);
    case 'choose':
      return readChoose(reader, scope, node);
    case 'finite_set_literal':
      return { kind: 'set', items: readAll(reader, scope, node.children), span };
    case 'tuple_literal':
      return { kind: 'tuple', items: readAll(reader, scope, node.children), span };
    case 'set_filter': {
      const inner = new Scope(scope);
      const binding = readBinding(reader, scope, inner, present(first));
      return { kind: 'filter', binding, predicate: readExpression(reader, inner, present(second)), span };
    }
    case 'set_map': {
      const inner = new Scope(scope);
      const bindings = readBindings(reader, scope, inner, node.children.slice(1));
      return { kind: 'map', bindings, body: readExpression(reader, inner, present(first)), span };
    }
    case 'function_literal': {
      const inner = new Scope(scope);
      const bindings = readBindings(reader, scope, inner, node.children.slice(0, -1));
      return { kind: 'function', bindings, body: readExpression(reader, inner, last(node)), span };
    }
    case 'function_evaluation': {
      const [applied, ...rest] = readAll(reader, scope, node.children);
      return { kind: 'application', function: present(applied), arguments: rest, span };
    }
    case 'set_of_functions':
      return {
        kind: 'function-set',
        domain: readExpression(reader, scope, present(first)),
        range: readExpression(reader, scope, present(second)),
        span,
      };
    case 'record_literal':
      return { kind: 'record', fields: readFields(reader, scope, node), span };
    case 'set_of_records':
      return { kind: 'record-set', fields: readFields(reader, scope, node), span };
    case 'record_value':
      return {
        kind: 'field',
        record: readExpression(reader, scope, present(first)),
        name: reader.text(present(second)),
        span,
      };
    case 'except':
      return readExcept(reader, scope, node);
    case 'prev_func_val':
      if (scope.find('@') === undefined) {
        reader.fail('RC1804', node, '@ has a meaning only to the right of a = in an EXCEPT');
      }
      return { kind: 'at', span };
    case 'step_expr_or_stutter':
    case 'step_expr_no_stutter':
      return {
        kind: 'action-or-stutter',
        form: node.type === 'step_expr_or_stutter' ? 'box' : 'angle',
        action: readExpression(reader, scope, present(first)),
        subscript: readExpression(reader, scope, present(second)),
        span,
      };
    case 'fairness':
      return {
        kind: 'fairness',
        strength: reader.code[node.start] === 'W' ? 'weak' : 'strong',
        subscript: readExpression(reader, scope, present(first)),
        action: readExpression(reader, scope, present(second)),
        span,
      };
    default:
      return reader.fail('RC1801', node, `expected an expression, but found ${describe(node, reader)}`);
  }
}

/** Bindings whose sets are read in the scope outside, and whose names are declared in the inner one. */
export function readBindings(
  reader: ModuleReader,
  outer: Scope,
  inner: Scope,
  nodes: readonly SyntaxNode[],
): Binding[] {
  return nodes.map((node) => readBinding(reader, outer, inner, node));
}

function readBinding(reader: ModuleReader, outer: Scope, inner: Scope, node: SyntaxNode): Binding {
  const set = readExpression(reader, outer, last(node));
  const [first] = node.children;
  const isTuple = first?.type === 'tuple_of_identifiers';
  const names = isTuple ? first.children : node.children.slice(0, -1);
  return { pattern: isTuple ? 'tuple' : 'names', names: names.map((name) => reader.bound(inner, name)), set };
}

function readChoose(reader: ModuleReader, scope: Scope, node: SyntaxNode): Expression {
  const [intro, set] = node.children;
  const span = reader.span(node);
  if (intro === undefined || set === undefined || node.children.length < 3) {
    return readUnboundedChoose(reader, scope, node);
  }
  const inner = new Scope(scope);
  const domain = readExpression(reader, scope, set);
  const isTuple = intro.type === 'tuple_of_identifiers';
  const names = (isTuple ? intro.children : [intro]).map((name) => reader.bound(inner, name));
  const binding: Binding = { pattern: isTuple ? 'tuple' : 'names', names, set: domain };
  return { kind: 'choose', binding, body: readExpression(reader, inner, last(node)), span };
}

function readCase(reader: ModuleReader, scope: Scope, node: SyntaxNode): Expression {
  const arms: CaseArm[] = [];
  let other: Expression | undefined;
  for (const arm of node.children) {
    const [first, second] = arm.children;
    const value = readExpression(reader, scope, second ?? present(first));
    if (arm.type === 'other_arm') other = value;
    else arms.push({ condition: readExpression(reader, scope, present(first)), value });
  }
  return { kind: 'case', arms, other, span: reader.span(node) };
}

function readFields(reader: ModuleReader, scope: Scope, node: SyntaxNode): Field[] {
  const fields: Field[] = [];
  for (let i = 0; i + 1 < node.children.length; i += 2) {
    const name = reader.text(present(node.children[i]));
    if (fields.some((field) => field.name === name)) {
      reader.fail('RC1806', present(node.children[i]), `the field ${name} is given twice`);
    }
    fields.push({ name, value: readExpression(reader, scope, present(node.children[i + 1])) });
  }
  return fields;
}

export function readAll(reader: ModuleReader, scope: Scope, nodes: readonly SyntaxNode[]): Expression[] {
  return nodes.map((node) => readExpression(reader, scope, node));
}

/** The grammar promises a child here. */
export function present<Item>(item: Item | undefined): Item {
  if (item === undefined) throw new Error('the syntax tree lacks a node that the grammar promises');
  return item;
}

export function last(node: SyntaxNode): SyntaxNode {
  return present(node.children.at(-1));
}

function only(node: SyntaxNode): SyntaxNode {
  return present(node.children[0]);
}

function isForAll(text: string): boolean {
  return text.startsWith('\\A') || text.startsWith('\\forall') || text.startsWith('∀');
}

function describe(node: SyntaxNode, reader: ModuleReader): string {
  const text = reader.text(node).split('\n')[0] ?? '';
  return text === '' ? 'nothing' : `"${text}"`;
}
