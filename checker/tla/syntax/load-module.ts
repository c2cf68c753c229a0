import type { Expression, Module } from './ast.ts';
import { ModuleLoader } from './module-loader.ts';
import { ModuleReader } from './module-reader.ts';
import { scopeOf } from './module-scope.ts';
import { last, present, readExpression } from './read-expression.ts';
import { scanText } from './scan-text.ts';
import { Scope } from './scope.ts';
import { SourceText, withLineFeeds } from './source-text.ts';
import { parseOrRefuse, refuseUnfinished } from './syntax-error.ts';

export interface LoadOptions {
  /** Folders in which modules are looked for after the root module's own. */
  readonly libraries?: readonly string[];
  /** Texts of modules that are not files, or are to be read instead of files: by module name or by path. */
  readonly sources?: ReadonlyMap<string, string>;
}

/** A module with all that it needs. */
export interface LoadedSpec {
  readonly root: Module;
  /** Every module that was read, a module after those that it needs; the root is the last. */
  readonly modules: readonly Module[];
  /**
   * Identifiers, numbers and the contents of string literals, each once, in the order in which TLC first sees them, by which it
   * orders strings.
   */
  readonly tokens: readonly string[];
}

/**
 * Reads a module and all that it extends and instantiates. `initParser()` must have been awaited.
 *
 * @param file a path; its folder is where modules are looked for first
 * @throws TlaError
 */
export function loadModule(file: string, options: LoadOptions = {}): LoadedSpec {
  return new ModuleLoader(file, options).load();
}

/** Lines that the text of an expression is wrapped in. */
const LINES_BEFORE = 2;

/**
 * Reads an expression that may use every name of a module.
 *
 * @param label what messages call the text
 * @throws TlaError with lines that count within the text
 */
export function parseExpression(text: string, scope: Module, label = 'expression'): Expression {
  const wrapped = `---- MODULE Expression ----\nExpression ==\n${withLineFeeds(text)}\n====`;
  const source = new SourceText(label, wrapped, LINES_BEFORE);
  const scanned = scanText(wrapped);
  refuseUnfinished(scanned, source);
  const { code } = scanned;
  const root = parseOrRefuse(code, source);
  const reader = new ModuleReader(source, code, scope.name, () => scope);
  const definition = present(present(root.children[0]).children[1]);
  return readExpression(reader, new Scope(scopeOf(scope)), last(definition));
}
