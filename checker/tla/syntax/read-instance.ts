import type { Argument, Constant, Instance, InstanceStep, Module, Parameter, Variable } from './ast.ts';
import { counted, type ModuleReader } from './module-reader.ts';
import { scopeOf } from './module-scope.ts';
import type { SyntaxNode } from './parser.ts';
import { readArgument } from './read-arguments.ts';
import { readParameter } from './read-definition.ts';
import { last, present } from './read-expression.ts';
import { through } from './read-use.ts';
import { arityOf, type Meaning, Scope } from './scope.ts';

/** I(x) == INSTANCE M WITH ... */
export function readNamedInstance(
  reader: ModuleReader,
  scope: Scope,
  node: SyntaxNode,
  isLocal: boolean,
): Instance {
  const nameNode = present(node.children[0]);
  const name = reader.text(nameNode);
  const inner = new Scope(scope);
  const parameters = node.children.slice(1, -1).map((parameter) => readParameter(reader, inner, parameter));
  const instance = readInstance(reader, inner, last(node), { name, parameters, isLocal });
  reader.declare(scope, name, { kind: 'instance', instance, via: [] }, reader.span(node), isLocal);
  return instance;
}

/** INSTANCE M WITH ...: what M defines is known from here on under its own name. */
export function readUnnamedInstance(
  reader: ModuleReader,
  scope: Scope,
  node: SyntaxNode,
  isLocal: boolean,
): void {
  const instance = readInstance(reader, scope, node, { name: undefined, parameters: [], isLocal });
  const via: readonly InstanceStep[] = [{ instance, arguments: [] }];
  const span = reader.span(node);
  for (const [name, entry] of scopeOf(instance.module).entries) {
    const meaning = entry.isLocal ? undefined : seenThrough(via, entry.meaning);
    if (meaning !== undefined) reader.declareInstantiated(scope, name, meaning, span, isLocal);
  }
}

/** undefined for what an instance does not define: constants and variables. */
function seenThrough(via: readonly InstanceStep[], meaning: Meaning): Meaning | undefined {
  if (meaning.kind === 'instance') return { ...meaning, via: [...via, ...meaning.via] };
  if (meaning.kind !== 'reference') return meaning;
  const { kind } = meaning.reference.target;
  if (kind !== 'definition' && kind !== 'builtin') return undefined;
  return { kind: 'reference', reference: through(via, meaning.reference) };
}

interface InstanceHead {
  readonly name: string | undefined;
  readonly parameters: readonly Parameter[];
  readonly isLocal: boolean;
}

function readInstance(reader: ModuleReader, scope: Scope, node: SyntaxNode, head: InstanceHead): Instance {
  const [nameNode, ...written] = node.children;
  const span = reader.span(node);
  const module = reader.findModule(
    reader.text(present(nameNode)),
    reader.span(present(nameNode)),
    'instance',
  );
  const substitutions = new Map<Constant | Variable, Argument>();
  for (const substitution of written) readSubstitution(reader, scope, module, substitution, substitutions);
  for (const declared of [...module.constants, ...module.variables]) {
    if (!substitutions.has(declared)) {
      substitutions.set(declared, implicitSubstitution(reader, scope, module, declared, node));
    }
  }
  repeat(substitutions, module.repeated);
  return { kind: 'instance', ...head, module, substitutions, span };
}

/** What is declared once more stands for the same as what it is one with. */
function repeat(
  substitutions: Map<Constant | Variable, Argument>,
  repeated: readonly (Constant | Variable)[],
): void {
  const byName = new Map([...substitutions].map(([{ name }, argument]) => [name, argument]));
  for (const declared of repeated) substitutions.set(declared, present(byName.get(declared.name)));
}

/** c <- e */
function readSubstitution(
  reader: ModuleReader,
  scope: Scope,
  module: Module,
  node: SyntaxNode,
  substitutions: Map<Constant | Variable, Argument>,
): void {
  const nameNode = present(node.children[0]);
  const name = nameNode.children.length > 0 ? reader.symbolIn(nameNode) : reader.text(nameNode);
  const declared = [...module.constants, ...module.variables].find((candidate) => candidate.name === name);
  if (declared === undefined) {
    reader.fail('RC1811', nameNode, `${name} is neither a constant nor a variable of ${module.name}`);
  }
  if (substitutions.has(declared)) reader.fail('RC1811', nameNode, `${name} is substituted twice`);
  const arity = declared.kind === 'constant' ? declared.arity : 0;
  substitutions.set(
    declared,
    readArgument(reader, scope, last(node), arity, `what is substituted for ${name}`),
  );
}

/** Where WITH says nothing, a name stands for what has the same name here. */
function implicitSubstitution(
  reader: ModuleReader,
  scope: Scope,
  module: Module,
  declared: Constant | Variable,
  node: SyntaxNode,
): Argument {
  const { name } = declared;
  const span = reader.span(node);
  const meaning = scope.find(name)?.meaning;
  if (meaning?.kind !== 'reference') {
    return reader.fail(
      'RC1811',
      node,
      `nothing is substituted for the ${declared.kind} ${name} of ${module.name}, and no ${name} is known here`,
      `write INSTANCE ${module.name} WITH ${name} <- ...`,
    );
  }
  const { reference } = meaning;
  const needed = declared.kind === 'constant' ? declared.arity : 0;
  if (arityOf(reference) !== needed) {
    reader.fail(
      'RC1807',
      node,
      `the ${declared.kind} ${name} of ${module.name} takes ${counted(needed)}, but ${name} here takes ${counted(arityOf(reference))}`,
    );
  }
  return needed === 0
    ? { kind: 'reference', reference, span }
    : { kind: 'operator', reference, arity: needed, span };
}
