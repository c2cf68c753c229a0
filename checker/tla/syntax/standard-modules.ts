import type { Builtin, Module, Reference } from './ast.ts';
import { BUILTINS, type BuiltinName, STANDARD_EXTENDS, type StandardModule } from './builtins.ts';
import { keepScope } from './module-scope.ts';
import { Scope } from './scope.ts';
import type { Span } from './span.ts';
import { STANDARD_MODULE_WORDS } from './standard-module-words.ts';

const builtins = new Map<string, Builtin>();

/** The names that are known everywhere. */
export function languageScope(): Scope {
  const scope = new Scope();
  addBuiltins(scope, 'language');
  return scope;
}

export function isStandardModule(name: string): name is StandardModule {
  return Object.hasOwn(STANDARD_EXTENDS, name);
}

/** The standard module that defines a name. */
export function standardModuleOf(name: string): StandardModule | undefined {
  return Object.keys(BUILTINS)
    .filter(isStandardModule)
    .find((module) => Object.hasOwn(BUILTINS[module], name));
}

const loaded = new Map<StandardModule, Module>();

/** A standard module: its operators are builtins. */
export function loadStandardModule(name: StandardModule): Module {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const scope = new Scope();
  const extended = extendedBy(name);
  for (const module of extended) addBuiltins(scope, module);
  const definitions = new Map<string, Reference>();
  for (const [symbol, { meaning }] of scope.entries) {
    if (meaning.kind === 'reference') definitions.set(symbol, meaning.reference);
  }
  const span = spanOf(name);
  const module: Module = {
    name,
    file: span.file,
    constants: [],
    variables: [],
    repeated: [],
    definitions,
    instances: new Map(),
    assumptions: [],
    extended,
    span,
  };
  keepScope(module, scope);
  loaded.set(name, module);
  return module;
}

function extendedBy(name: StandardModule): StandardModule[] {
  return [...STANDARD_EXTENDS[name].flatMap(extendedBy), name];
}

/** The standard modules that one extends or has as instances, directly or not, each after those that it needs. */
export function standardNeeds(name: StandardModule): ReadonlySet<StandardModule> {
  const direct = [...STANDARD_EXTENDS[name], ...STANDARD_MODULE_WORDS[name].instances];
  return new Set(direct.flatMap((each) => [...standardNeeds(each), each]));
}

function addBuiltins(scope: Scope, group: StandardModule | 'language'): void {
  const span = spanOf(group);
  for (const [name, arity] of Object.entries(BUILTINS[group])) {
    if (!isBuiltinName(name)) continue;
    const target = builtins.get(name) ?? { kind: 'builtin', name, arity };
    builtins.set(name, target);
    scope.entries.set(name, {
      meaning: { kind: 'reference', reference: { target, via: [] } },
      isLocal: false,
      span,
    });
  }
}

function isBuiltinName(name: string): name is BuiltinName {
  return Object.values(BUILTINS).some((group) => Object.hasOwn(group, name));
}

function spanOf(group: string): Span {
  return { file: `<${group}>`, line: 1, column: 1, endLine: 1, endColumn: 1 };
}
