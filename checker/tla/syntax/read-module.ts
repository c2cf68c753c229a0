import type { Assumption, Constant, Instance, Module, Reference, Variable } from './ast.ts';
import { ModuleReader, plainMeaning } from './module-reader.ts';
import { keepScope, scopeOf } from './module-scope.ts';
import type { SyntaxNode } from './parser.ts';
import { type Pending, readDeclaration, readDefinition, refusePending } from './read-definition.ts';
import { last, present, readExpression } from './read-expression.ts';
import { readUnnamedInstance } from './read-instance.ts';
import { readTheorem } from './read-theorem.ts';
import { areDeclaredAlike, Scope } from './scope.ts';
import { placeOf } from './span.ts';
import { isStatement, readNamedStatement } from './statements.ts';

/**
 * Reads a module whose text is parsed.
 *
 * @param around the reader and the scope of the module that it is nested in, or of the language
 */
export function readModule(reader: ModuleReader, around: Scope, node: SyntaxNode): Module {
  return new ModuleUnits(reader, around, node).read();
}

class ModuleUnits {
  readonly #reader: ModuleReader;
  readonly #node: SyntaxNode;
  readonly #scope: Scope;
  readonly #pending: Pending = new Map();
  readonly #constants = new Set<Constant>();
  readonly #variables = new Set<Variable>();
  readonly #repeated = new Set<Constant | Variable>();
  readonly #assumptions = new Set<Assumption>();
  readonly #extended = new Set<string>();
  /** Modules nested in this one, by their names. */
  readonly #nested = new Map<string, Module>();

  constructor(around: ModuleReader, outer: Scope, node: SyntaxNode) {
    const { source, code } = around;
    const name = around.text(present(node.children[0]));
    this.#node = node;
    this.#scope = new Scope(outer);
    this.#reader = new ModuleReader(
      source,
      code,
      name,
      (sought, span, use) => this.#nested.get(sought) ?? around.findModule(sought, span, use),
    );
  }

  read(): Module {
    const [nameNode, ...units] = this.#node.children;
    for (const unit of units) this.#readUnit(unit, false);
    refusePending(this.#reader, this.#pending);
    const name = this.#reader.text(present(nameNode));
    this.#extended.add(name);
    const module: Module = {
      name,
      file: this.#reader.source.file,
      constants: [...this.#constants],
      variables: [...this.#variables],
      repeated: [...this.#repeated],
      definitions: this.#definitions(),
      instances: this.#instances(),
      assumptions: [...this.#assumptions],
      extended: [...this.#extended],
      span: this.#reader.span(this.#node),
    };
    keepScope(module, this.#scope);
    return module;
  }

  #readUnit(unit: SyntaxNode, isLocal: boolean): void {
    const reader = this.#reader;
    switch (unit.type) {
      case 'extends':
        for (const name of unit.children) this.#extend(name);
        break;
      case 'constant_declaration':
        for (const declared of unit.children) this.#declareConstant(declared);
        break;
      case 'variable_declaration':
        for (const declared of unit.children) this.#declareVariable(declared);
        break;
      case 'local_definition':
        this.#readUnit(last(unit), true);
        break;
      case 'instance':
        readUnnamedInstance(reader, this.#scope, unit, isLocal);
        break;
      case 'assumption':
        this.#assume(unit);
        break;
      case 'theorem':
        readTheorem(reader, this.#scope, unit);
        break;
      case 'module': {
        const module = readModule(reader, this.#scope, unit);
        this.#refuseSecondModule(module.name, unit);
        this.#nested.set(module.name, module);
        break;
      }
      default:
        readDefinition(reader, this.#scope, this.#pending, unit, isLocal);
    }
  }

  #refuseSecondModule(name: string, unit: SyntaxNode): void {
    const known = this.#nested.get(name);
    if (known === undefined) return;
    const message = `a second module ${name} stands in ${this.#reader.moduleName}: the first is at ${placeOf(known.span)}`;
    this.#reader.fail('RC1806', present(unit.children[0]), message);
  }

  #extend(nameNode: SyntaxNode): void {
    const reader = this.#reader;
    const span = reader.span(nameNode);
    const module = reader.findModule(reader.text(nameNode), span, 'extends');
    for (const [name, entry] of scopeOf(module).entries) {
      if (!entry.isLocal) reader.declareImported(this.#scope, name, entry, span);
    }
    for (const constant of module.constants) this.#addOrRepeat(constant, this.#constants);
    for (const variable of module.variables) this.#addOrRepeat(variable, this.#variables);
    for (const declared of module.repeated) this.#repeated.add(declared);
    for (const assumption of module.assumptions) this.#assumptions.add(assumption);
    for (const name of module.extended) this.#extended.add(name);
  }

  /** What came along: it is a declaration of its own only if its name means it here. */
  #addOrRepeat<Declared extends Constant | Variable>(declared: Declared, own: Set<Declared>): void {
    const meaning = this.#scope.find(declared.name)?.meaning;
    if (meaning?.kind === 'reference' && meaning.reference.target === declared) own.add(declared);
    else this.#repeated.add(declared);
  }

  #declareConstant(node: SyntaxNode): void {
    const span = this.#reader.span(node);
    const constant: Constant = { kind: 'constant', ...readDeclaration(this.#reader, node), span };
    if (this.#isDeclared(constant)) return;
    this.#reader.declare(this.#scope, constant.name, plainMeaning(constant), span);
    this.#constants.add(constant);
  }

  /** What is declared twice in the same way is one, as in SANY. */
  #isDeclared(declared: Constant | Variable): boolean {
    return areDeclaredAlike(this.#scope.entries.get(declared.name)?.meaning, plainMeaning(declared));
  }

  #declareVariable(node: SyntaxNode): void {
    const span = this.#reader.span(node);
    const variable: Variable = { kind: 'variable', name: this.#reader.text(node), span };
    if (this.#isDeclared(variable)) return;
    this.#reader.declare(this.#scope, variable.name, plainMeaning(variable), span);
    this.#variables.add(variable);
  }

  #assume(node: SyntaxNode): void {
    const reader = this.#reader;
    const span = reader.span(node);
    const isAxiom = reader.text(node).startsWith('AXIOM');
    const nameNode = node.children.length > 1 ? node.children[0] : undefined;
    if (nameNode === undefined) {
      const body = readExpression(reader, this.#scope, last(node));
      this.#assumptions.add({ name: undefined, isAxiom, body, span });
      return;
    }
    const name = reader.text(nameNode);
    this.#assumptions.add({ name, isAxiom, body: readNamedStatement(reader, this.#scope, node, name), span });
  }

  #definitions(): Map<string, Reference> {
    const definitions = new Map<string, Reference>();
    for (const [name, { meaning }] of this.#scope.entries) {
      if (meaning.kind !== 'reference') continue;
      const { target } = meaning.reference;
      const isNamed = target.kind === 'builtin' || (target.kind === 'definition' && !isStatement(target));
      if (isNamed) definitions.set(name, meaning.reference);
    }
    return definitions;
  }

  #instances(): Map<string, Instance> {
    const instances = new Map<string, Instance>();
    for (const [name, { meaning }] of this.#scope.entries) {
      if (meaning.kind === 'instance' && meaning.via.length === 0) instances.set(name, meaning.instance);
    }
    return instances;
  }
}
