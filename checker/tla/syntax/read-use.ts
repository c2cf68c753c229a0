import type { Expression, InstanceStep, Reference } from './ast.ts';
import type { ModuleReader } from './module-reader.ts';
import { scopeOf } from './module-scope.ts';
import type { SyntaxNode } from './parser.ts';
import { readArguments, readInstanceArguments } from './read-arguments.ts';
import { present } from './read-expression.ts';
import { arityOf, type Entry, type Scope } from './scope.ts';

/** The grammar has nodes of their own for some names. */
const NAMED_SETS: Readonly<Record<string, string>> = {
  nat_number_set: 'Nat',
  int_number_set: 'Int',
  real_number_set: 'Real',
};

/** The name at a node: of an operator, a constant, a set of numbers. */
export function nameAt(reader: ModuleReader, node: SyntaxNode): string {
  return NAMED_SETS[node.type] ?? reader.text(node);
}

/** A name without arguments, as an expression. */
export function readName(reader: ModuleReader, scope: Scope, node: SyntaxNode): Expression {
  const name = nameAt(reader, node);
  return nameAsExpression(reader, name, node, reader.entry(scope, name, node));
}

/** Op(a, b) */
export function readCall(reader: ModuleReader, scope: Scope, node: SyntaxNode): Expression {
  const [nameNode, ...given] = node.children;
  const name = reader.text(present(nameNode));
  const reference = referenceOf(
    reader,
    name,
    present(nameNode),
    reader.entry(scope, name, present(nameNode)),
  );
  if (reference === undefined) return theoremAsExpression(reader, node);
  reader.checkArity(reference, name, given.length, node);
  return {
    kind: 'apply',
    reference,
    arguments: readArguments(reader, scope, reference, name, given),
    span: reader.span(node),
  };
}

/** I(x)!J!Op(y) */
export function readPath(reader: ModuleReader, scope: Scope, node: SyntaxNode): Expression {
  const [prefix, op] = node.children;
  const place = followPath(reader, scope, present(prefix));
  if (place === undefined) {
    return {
      kind: 'unsupported',
      construct: 'a reference to a part of an expression',
      span: reader.span(node),
    };
  }
  const { nameNode, name, given } = callParts(reader, present(op));
  const entry = place.entry(name, nameNode);
  if (given.length === 0) return nameAsExpression(reader, name, node, entry, place.via);
  const inside = referenceOf(reader, name, nameNode, entry);
  if (inside === undefined) return theoremAsExpression(reader, node);
  const reference = through(place.via, inside);
  reader.checkArity(reference, name, given.length, node);
  return {
    kind: 'apply',
    reference,
    arguments: readArguments(reader, scope, reference, name, given),
    span: reader.span(node),
  };
}

/** I!J!Op where an operator is expected. */
export function referenceAtPath(reader: ModuleReader, scope: Scope, node: SyntaxNode): Reference | undefined {
  const [prefix, op] = node.children;
  const place = followPath(reader, scope, present(prefix));
  if (place === undefined) return undefined;
  const { nameNode, name } = callParts(reader, present(op));
  const inside = referenceOf(reader, name, nameNode, place.entry(name, nameNode));
  return inside === undefined ? undefined : through(place.via, inside);
}

/** What is in an instance, and the way there. */
interface Place {
  readonly via: readonly InstanceStep[];
  entry(name: string, node: SyntaxNode): Entry;
}

/** undefined if the path goes into an expression, not through instances. */
function followPath(reader: ModuleReader, scope: Scope, prefix: SyntaxNode): Place | undefined {
  let via: readonly InstanceStep[] = [];
  let entry = (name: string, node: SyntaxNode): Entry => reader.entry(scope, name, node);
  for (const component of prefix.children) {
    if (component.type !== 'subexpr_component') return undefined;
    const { nameNode, name, given } = callParts(reader, present(component.children[0]));
    const { meaning } = entry(name, nameNode);
    if (meaning.kind !== 'instance') return undefined;
    const { instance } = meaning;
    via = [
      ...via,
      ...meaning.via,
      { instance, arguments: readInstanceArguments(reader, scope, instance, nameNode, given) },
    ];
    const inside = scopeOf(instance.module);
    entry = (sought, node) => {
      const found = inside.entries.get(sought);
      if (found === undefined || found.isLocal || isDeclaration(found))
        return reader.failUnknown(inside, sought, node);
      return found;
    };
  }
  return { via, entry };
}

/** Constants and variables are not among what an instance defines. */
function isDeclaration({ meaning }: Entry): boolean {
  return meaning.kind === 'reference' && ['constant', 'variable'].includes(meaning.reference.target.kind);
}

function callParts(reader: ModuleReader, node: SyntaxNode) {
  if (node.type !== 'bound_op' && node.type !== 'bound_nonfix_op') {
    return { nameNode: node, name: symbolOrName(reader, node), given: [] };
  }
  const [nameNode, ...given] = node.children;
  return { nameNode: present(nameNode), name: symbolOrName(reader, present(nameNode)), given };
}

function symbolOrName(reader: ModuleReader, node: SyntaxNode): string {
  const symbol = node.children[0];
  return symbol === undefined ? nameAt(reader, node) : (reader.symbol(symbol) ?? nameAt(reader, node));
}

/** A target inside instances; what is built in is the same in all of them. */
export function through(via: readonly InstanceStep[], inside: Reference): Reference {
  if (via.length === 0 || inside.target.kind === 'builtin') return inside;
  return { target: inside.target, via: [...via, ...inside.via] };
}

function nameAsExpression(
  reader: ModuleReader,
  name: string,
  node: SyntaxNode,
  entry: Entry,
  via: readonly InstanceStep[] = [],
): Expression {
  const inside = referenceOf(reader, name, node, entry);
  if (inside === undefined) return theoremAsExpression(reader, node);
  const reference = through(via, inside);
  const arity = arityOf(reference);
  if (arity > 0) {
    reader.fail(
      'RC1807',
      node,
      `${name} is an operator: an expression is expected, but its ${arity === 1 ? 'argument is' : `${arity} arguments are`} missing`,
    );
  }
  return { kind: 'reference', reference, span: reader.span(node) };
}

/** undefined for the name of a theorem. */
export function referenceOf(
  reader: ModuleReader,
  name: string,
  node: SyntaxNode,
  { meaning }: Entry,
): Reference | undefined {
  if (meaning.kind === 'reference') return meaning.reference;
  if (meaning.kind === 'theorem') return undefined;
  return reader.fail(
    'RC1807',
    node,
    `${name} is an instance of a module: an expression is expected, such as ${name}!Operator`,
  );
}

function theoremAsExpression(reader: ModuleReader, node: SyntaxNode): Expression {
  return { kind: 'unsupported', construct: 'the name of a theorem', span: reader.span(node) };
}
