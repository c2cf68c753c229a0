import type { Expression, Instance, InstanceStep, OperatorArgument, Parameter, Reference } from './ast.ts';
import type { ModuleReader } from './module-reader.ts';
import { scopeOf } from './module-scope.ts';
import { argumentOf, openOperator, openParameters } from './open-operator.ts';
import type { SyntaxNode } from './parser.ts';
import { readArguments, readInstanceArguments } from './read-arguments.ts';
import { present } from './read-expression.ts';
import { type PathToPart, readPart, readPartAsOperator } from './read-part.ts';
import { arityOf, type Entry, type Scope } from './scope.ts';
import type { Use } from './select-part.ts';
import { type NameSelector, selectorsOf } from './selectors.ts';

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
  if (reference === undefined) return assumeProveAsExpression(reader, node);
  reader.checkArity(reference, name, given.length, node);
  return {
    kind: 'apply',
    reference,
    arguments: readArguments(reader, scope, reference, name, given),
    span: reader.span(node),
  };
}

/** I(x)!J!Op(y), or a part of it, such as I!Op!2 */
export function readPath(reader: ModuleReader, scope: Scope, node: SyntaxNode): Expression {
  const path = followPath(reader, scope, node);
  if (path === undefined) return stepAsExpression(reader, node);
  const { via, name: selector, entry, rest } = path;
  if (rest.length > 0) return readPart(reader, scope, node, path);
  const { name, node: nameNode, given } = selector;
  if (given.length === 0) return nameAsExpression(reader, name, node, entry, via);
  const inside = referenceOf(reader, name, nameNode, entry);
  if (inside === undefined) return assumeProveAsExpression(reader, node);
  const reference = through(via, inside);
  reader.checkArity(reference, name, given.length, node);
  return {
    kind: 'apply',
    reference,
    arguments: readArguments(reader, scope, reference, name, given),
    span: reader.span(node),
  };
}

/** I!J!Op where an operator is expected; undefined for what is none. */
export function readOperatorAtPath(
  reader: ModuleReader,
  scope: Scope,
  node: SyntaxNode,
  arity: number,
): OperatorArgument | undefined {
  const path = followPath(reader, scope, node, 'operator');
  if (path === undefined) return undefined;
  const { via, name: selector, entry, rest, open } = path;
  if (rest.length > 0) {
    const part = readPartAsOperator(reader, scope, node, path, arity);
    return part?.kind === 'operator' ? openOperator(open, part.reference, part.span) : part;
  }
  const inside = referenceOf(reader, selector.name, selector.node, entry);
  return inside === undefined ? undefined : openOperator(open, through(via, inside), reader.span(node));
}

/** The operator that a reference is; undefined if it needs no arguments. */
export function operatorOf(
  reader: ModuleReader,
  reference: Reference,
  node: SyntaxNode,
): OperatorArgument | undefined {
  const arity = arityOf(reference);
  return arity === 0 ? undefined : { kind: 'operator', reference, arity, span: reader.span(node) };
}

/**
 * Through instances to the name of what is no instance; undefined for a path that begins at a step of a proof. Where an
 * operator is expected, parameters of the instances are parameters of the operator.
 */
function followPath(
  reader: ModuleReader,
  scope: Scope,
  node: SyntaxNode,
  use: Use = 'expression',
): PathToPart | undefined {
  const selectors = selectorsOf(reader, node);
  const open: Parameter[] = [];
  let via: readonly InstanceStep[] = [];
  let find = (name: NameSelector): Entry => reader.entry(scope, name.name, name.node);
  let known: NameSelector | undefined;
  for (const [index, selector] of selectors.entries()) {
    if (selector.kind === 'step') return undefined;
    if (selector.kind !== 'name') return refuseInstance(reader, known?.name ?? '', selector.node);
    const entry = find(selector);
    const { meaning } = entry;
    const rest = selectors.slice(index + 1);
    if (meaning.kind !== 'instance' || rest.length === 0) return { via, name: selector, entry, rest, open };
    const { instance } = meaning;
    const own = use === 'operator' ? openParameters(reader, instance, selector) : [];
    const given =
      use === 'operator'
        ? own.map(argumentOf)
        : readInstanceArguments(reader, scope, instance, selector.node, selector.given);
    open.push(...own);
    via = [...via, ...meaning.via, { instance, arguments: given }];
    find = (name) => entryInside(reader, instance, name);
    known = selector;
  }
  return undefined;
}

function entryInside(reader: ModuleReader, { module }: Instance, { name, node }: NameSelector): Entry {
  const inside = scopeOf(module);
  const found = inside.entries.get(name);
  if (found === undefined) return reader.failUnknown(inside, name, node);
  const what = found.isLocal ? 'LOCAL' : declarationOf(found);
  if (what === undefined) return found;
  const hint = `in ${module.name} it is ${what}: an instance has only what its module defines for others`;
  return reader.failUnknown(inside, name, node, hint);
}

/** Constants and variables are not among what an instance defines. */
function declarationOf({ meaning }: Entry): string | undefined {
  const kind = meaning.kind === 'reference' ? meaning.reference.target.kind : undefined;
  return kind === 'constant' || kind === 'variable' ? `a ${kind}` : undefined;
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
  if (inside === undefined) return assumeProveAsExpression(reader, node);
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

/** undefined for the name of an ASSUME/PROVE. */
export function referenceOf(
  reader: ModuleReader,
  name: string,
  node: SyntaxNode,
  { meaning }: Entry,
): Reference | undefined {
  if (meaning.kind === 'reference') return meaning.reference;
  if (meaning.kind === 'assume-prove') return undefined;
  return refuseInstance(reader, name, node);
}

function refuseInstance(reader: ModuleReader, name: string, node: SyntaxNode): never {
  return reader.fail(
    'RC1807',
    node,
    `${name} is an instance of a module: an expression is expected, such as ${name}!Operator`,
  );
}

function assumeProveAsExpression(reader: ModuleReader, node: SyntaxNode): Expression {
  return { kind: 'unsupported', construct: 'an ASSUME/PROVE as an expression', span: reader.span(node) };
}

function stepAsExpression(reader: ModuleReader, node: SyntaxNode): Expression {
  return { kind: 'unsupported', construct: 'a reference to a step of a proof', span: reader.span(node) };
}
