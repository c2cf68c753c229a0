import type { Expression, InstanceStep, OperatorArgument, Parameter, Reference } from './ast.ts';
import { LetScope } from './labels.ts';
import type { ModuleReader } from './module-reader.ts';
import type { SyntaxNode } from './parser.ts';
import { readArguments } from './read-arguments.ts';
import type { Entry, Scope } from './scope.ts';
import { type Part, selectPart, type Use } from './select-part.ts';
import type { NameSelector, Selector } from './selectors.ts';

/** `I(x)!Op!2`: the way to Op, and what is selected in it. */
export interface PathToPart {
  readonly via: readonly InstanceStep[];
  readonly name: NameSelector;
  readonly entry: Entry;
  readonly rest: readonly Selector[];
  /** The parameters of the instances, where the way leads to an operator. */
  readonly open: readonly Parameter[];
}

/** A reference to a part of a definition's body, as an expression. */
export function readPart(reader: ModuleReader, scope: Scope, node: SyntaxNode, path: PathToPart): Expression {
  const span = reader.span(node);
  const found = partAt(reader, path, 'expression');
  if (found === undefined) return { kind: 'unsupported', construct: PART, span };
  const { part, via } = found;
  const { definition, given } = part;
  const reference: Reference = { target: definition, via };
  const use: Expression =
    given.length === 0
      ? { kind: 'reference', reference, span }
      : {
          kind: 'apply',
          reference,
          arguments: readArguments(reader, scope, reference, definition.name, given),
          span,
        };
  return standsInLet(scope, path) ? { kind: 'let', definitions: [definition], body: use, span } : use;
}

/** A reference to a part where an operator is expected; undefined if the part has no parameters. */
export function readPartAsOperator(
  reader: ModuleReader,
  scope: Scope,
  node: SyntaxNode,
  path: PathToPart,
  arity: number,
): OperatorArgument | undefined {
  const span = reader.span(node);
  const found = partAt(reader, path, 'operator');
  if (found === undefined) return unsupportedOperator(reader, node, arity);
  const { part, via } = found;
  const { definition } = part;
  const { parameters, body } = definition;
  if (parameters.length + path.open.length === 0) return undefined;
  if (standsInLet(scope, path)) return { kind: 'lambda', parameters, body, span };
  return { kind: 'operator', reference: { target: definition, via }, arity: parameters.length, span };
}

const PART = 'a reference to a part of an expression';

function unsupportedOperator(reader: ModuleReader, node: SyntaxNode, arity: number): OperatorArgument {
  const span = reader.span(node);
  const parameters = Array.from(
    { length: arity },
    (_, i): Parameter => ({ kind: 'parameter', name: `_${i + 1}`, arity: 0, span }),
  );
  return { kind: 'lambda', parameters, body: { kind: 'unsupported', construct: PART, span }, span };
}

function partAt(
  reader: ModuleReader,
  { via, name, entry, rest }: PathToPart,
  use: Use,
): { readonly part: Part; readonly via: readonly InstanceStep[] } | undefined {
  const { meaning } = entry;
  if (meaning.kind !== 'reference') return undefined;
  const { target } = meaning.reference;
  if (target.kind === 'builtin') return undefined;
  if (target.kind !== 'definition') {
    return reader.fail('RC1813', name.node, `${name.name} has no parts: it is not defined by an expression`);
  }
  const part = selectPart(reader, target, name, rest, use);
  return part === undefined ? undefined : { part, via: [...via, ...meaning.reference.via] };
}

/** A part of a LET's definition is defined where it is used: it may speak of names that are bound around the LET. */
function standsInLet(innermost: Scope, { via, name }: PathToPart): boolean {
  if (via.length > 0) return false;
  for (let scope: Scope | undefined = innermost; scope !== undefined; scope = scope.outer) {
    if (scope.entries.has(name.name)) return scope instanceof LetScope;
  }
  return false;
}
