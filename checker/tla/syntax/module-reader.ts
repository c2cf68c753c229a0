import type { Bound, Module, Parameter, Reference } from './ast.ts';
import { nearName } from './near-names.ts';
import { OPERATORS } from './operators.ts';
import type { SyntaxNode } from './parser.ts';
import { FIXED_NAMES, RESERVED_WORDS } from './reserved-words.ts';
import { areDeclaredAlike, arityOf, type Entry, type Meaning, meanTheSame, type Scope } from './scope.ts';
import type { SourceText } from './source-text.ts';
import { placeOf, type Span } from './span.ts';
import { standardModuleOf } from './standard-modules.ts';
import { TlaError, type TlaErrorCode } from './tla-error.ts';
import type { ModuleUse } from './token-order.ts';

/** The module of a name that is extended or instantiated at a place. */
export type FindModule = (name: string, span: Span, use: ModuleUse) => Module;

/** What reading any part of a module's text needs. */
export class ModuleReader {
  readonly source: SourceText;
  /** The text without comments. */
  readonly code: string;
  readonly moduleName: string;
  readonly findModule: FindModule;

  constructor(source: SourceText, code: string, moduleName: string, findModule: FindModule) {
    this.source = source;
    this.code = code;
    this.moduleName = moduleName;
    this.findModule = findModule;
  }

  text(node: { readonly start: number; readonly end: number }): string {
    return this.code.slice(node.start, node.end);
  }

  /** The operator symbol at a node, in its one spelling; undefined if there is none. */
  symbol(node: SyntaxNode): string | undefined {
    return OPERATORS.get(node.type)?.symbol;
  }

  /** The operator symbol in a node that wraps it. */
  symbolIn(node: SyntaxNode): string {
    const mark = node.children[0] ?? node;
    return this.symbol(mark) ?? this.text(node);
  }

  span(node: { readonly start: number; readonly end: number }): Span {
    return this.source.span(node.start, node.end);
  }

  fail(
    code: TlaErrorCode,
    node: { readonly start: number; readonly end: number },
    message: string,
    hint?: string,
  ): never {
    throw new TlaError(code, this.span(node), message, hint);
  }

  failAt(code: TlaErrorCode, span: Span, message: string, hint?: string): never {
    throw new TlaError(code, span, message, hint);
  }

  /** A name is to be given a second meaning. */
  refuseSecond(scope: Scope, name: string, span: Span): never {
    const known = scope.find(name);
    const place = known === undefined ? '' : `: it ${whereFrom(known)}`;
    throw new TlaError('RC1806', span, `${name} already has a meaning${place}`, 'choose another name');
  }

  /** Gives a meaning to a name; a name that already has another one is refused. */
  declare(scope: Scope, name: string, meaning: Meaning, span: Span, isLocal = false): void {
    if (RESERVED_WORDS.has(name))
      this.failAt('RC1801', span, `${name} is a word of the language: expected a name`);
    if (FIXED_NAMES.has(name))
      this.failAt('RC1806', span, `${name} already has a meaning: it is part of the language`);
    const known = scope.find(name);
    if (known === undefined) {
      scope.entries.set(name, { meaning, isLocal, span });
    } else if (meaning.kind === 'at') {
      scope.entries.set(name, { meaning, isLocal, span });
    } else if (meanTheSame(known.meaning, meaning)) {
      if (known.isLocal && !isLocal) scope.entries.set(name, { meaning, isLocal, span });
    } else {
      this.refuseSecond(scope, name, span);
    }
  }

  /**
   * A name that comes along with a module that is extended. SANY only warns where two of these define it, each in its own
   * way: here it means what the first of them says, and in each of them what that says itself. What two of them declare in
   * the same way is one.
   */
  declareImported(scope: Scope, name: string, entry: Entry, span: Span): void {
    const own = scope.entries.get(name)?.meaning;
    const isSecond = isDefined(own) && isDefined(entry.meaning) && !meanTheSame(own, entry.meaning);
    const isKept = isSecond || areDeclaredAlike(own, entry.meaning);
    if (scope.find(name) === undefined) scope.entries.set(name, entry);
    else if (!isKept) this.declare(scope, name, entry.meaning, span, entry.isLocal);
  }

  /** A name that an instance defines. Here SANY only warns where both take as many arguments; the first meaning stays. */
  declareInstantiated(scope: Scope, name: string, meaning: Meaning, span: Span, isLocal: boolean): void {
    const own = scope.entries.get(name)?.meaning;
    const isSecond = isDefined(own) && isDefined(meaning) && !meanTheSame(own, meaning);
    if (!isSecond || own.kind !== meaning.kind || argumentsOf(own) !== argumentsOf(meaning))
      this.declare(scope, name, meaning, span, isLocal);
  }

  bound(scope: Scope, node: SyntaxNode): Bound {
    const bound: Bound = { kind: 'bound', name: this.text(node), span: this.span(node) };
    this.declare(scope, bound.name, plainMeaning(bound), bound.span);
    return bound;
  }

  parameter(scope: Scope, name: string, arity: number, node: SyntaxNode): Parameter {
    const parameter: Parameter = { kind: 'parameter', name, arity, span: this.span(node) };
    this.declare(scope, name, plainMeaning(parameter), parameter.span);
    return parameter;
  }

  /** The meaning of a name that is used, which must be known here. */
  entry(scope: Scope, name: string, node: SyntaxNode): Entry {
    return scope.find(name) ?? this.failUnknown(scope, name, node);
  }

  /** @param hint why it is not known; a name that is like it if absent */
  failUnknown(scope: Scope, name: string, node: SyntaxNode, hint = hintFor(scope, name)): never {
    if (RESERVED_WORDS.has(name)) {
      this.fail('RC1801', node, `${name} is a word of the language: expected an expression`);
    }
    return this.fail('RC1804', node, `${name} is not known here`, hint);
  }

  checkArity(reference: Reference, name: string, given: number, node: { start: number; end: number }): void {
    const needed = arityOf(reference);
    if (needed === given) return;
    this.fail(
      'RC1805',
      node,
      `${name} needs ${counted(needed)}, but is given ${given === 0 ? 'none' : given}`,
    );
  }
}

type Defined = Extract<Meaning, { kind: 'reference' | 'instance' }>;

/** Whether it is defined, and not declared. */
function isDefined(meaning: Meaning | undefined): meaning is Defined {
  if (meaning === undefined) return false;
  if (meaning.kind === 'instance') return true;
  if (meaning.kind !== 'reference') return false;
  const { kind } = meaning.reference.target;
  return kind === 'definition' || kind === 'builtin';
}

function argumentsOf(meaning: Defined): number {
  return meaning.kind === 'instance' ? meaning.instance.parameters.length : arityOf(meaning.reference);
}

export function plainMeaning(target: Reference['target']): Meaning {
  return { kind: 'reference', reference: { target, via: [] } };
}

export function counted(count: number): string {
  if (count === 0) return 'no arguments';
  return count === 1 ? '1 argument' : `${count} arguments`;
}

function whereFrom({ meaning, span }: Entry): string {
  if (meaning.kind === 'reference' && meaning.reference.target.kind === 'builtin')
    return `comes from ${span.file}`;
  return `was introduced at ${placeOf(span)}`;
}

function hintFor(scope: Scope, name: string): string | undefined {
  const module = standardModuleOf(name);
  if (module !== undefined) return `extend ${module}`;
  const near = /^\w/.test(name) ? nearName(name, scope.names()) : undefined;
  return near === undefined ? undefined : `did you mean ${near}?`;
}
