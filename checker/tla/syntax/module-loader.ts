import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { shippedLibrary } from '../../package-root.ts';
import type { Module } from './ast.ts';
import type { LoadedSpec, LoadOptions } from './load-module.ts';
import { ModuleReader } from './module-reader.ts';
import { present } from './read-expression.ts';
import { readModule } from './read-module.ts';
import { scanText } from './scan-text.ts';
import { SourceText, withLineFeeds } from './source-text.ts';
import type { Span } from './span.ts';
import { isStandardModule, languageScope, loadStandardModule, standardNeeds } from './standard-modules.ts';
import { parseOrRefuse, refuseUnfinished } from './syntax-error.ts';
import { TlaError } from './tla-error.ts';
import { type ModuleUse, TokenOrder } from './token-order.ts';

interface FoundText {
  readonly file: string;
  readonly text: string;
}

/** Finds, reads and keeps the modules of one spec. */
export class ModuleLoader {
  readonly #rootFile: string;
  readonly #libraries: readonly string[];
  readonly #sources: ReadonlyMap<string, string>;
  readonly #modules = new Map<string, Module>();
  /** The modules that are being read, the root first. */
  readonly #open: string[] = [];
  readonly #tokens = new TokenOrder();
  readonly #language = languageScope();

  constructor(rootFile: string, { libraries = [], sources = new Map() }: LoadOptions) {
    this.#rootFile = rootFile;
    this.#libraries = libraries;
    this.#sources = sources;
  }

  load(): LoadedSpec {
    const name = basename(this.#rootFile).replace(/\.tla$/, '');
    const root = this.#read(name, this.#rootText(name));
    return {
      root,
      modules: withStandardModules(this.#modules),
      tokens: this.#tokens.tokens(name, [...this.#modules.keys()]),
    };
  }

  #rootText(name: string): FoundText {
    const file = this.#rootFile;
    const given = this.#sources.get(file) ?? this.#sources.get(name);
    if (given !== undefined) return { file, text: given };
    try {
      return { file, text: readFileSync(file, 'utf8') };
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new TlaError('RC1812', startOf(file), `the module cannot be read: ${why}`);
    }
  }

  #find(name: string, span: Span, use: ModuleUse): Module {
    const needing = this.#open.at(-1);
    if (needing !== undefined) this.#tokens.needs(needing, use, name);
    const known = this.#modules.get(name);
    if (known !== undefined) return known;
    if (this.#open.includes(name)) {
      const circle = [...this.#open.slice(this.#open.indexOf(name)), name].join(' -> ');
      throw new TlaError('RC1808', span, `modules need each other in a circle: ${circle}`);
    }
    const found = this.#lookUp(name);
    if (found !== undefined) return this.#read(name, found);
    if (isStandardModule(name)) {
      this.#tokens.standard(name);
      return this.#keep(loadStandardModule(name));
    }
    const searched = this.#folders().join(', ');
    throw new TlaError(
      'RC1810',
      span,
      `there is no module ${name}: ${name}.tla is not in ${searched}, and it is no module that raftcheck has`,
    );
  }

  #folders(): readonly string[] {
    return [dirname(this.#rootFile), ...this.#libraries];
  }

  #lookUp(name: string): FoundText | undefined {
    const given = this.#sources.get(name);
    if (given !== undefined) return { file: `${name}.tla`, text: given };
    for (const folder of [...this.#folders(), shippedLibrary()]) {
      const file = join(folder, `${name}.tla`);
      const text = this.#sources.get(file) ?? readIfThere(file);
      if (text !== undefined) return { file, text };
    }
    return undefined;
  }

  #read(name: string, { file, text: written }: FoundText): Module {
    this.#open.push(name);
    const text = withLineFeeds(written);
    const source = new SourceText(file, text);
    const scanned = scanText(text);
    if (!scanned.hasModule) {
      throw new TlaError(
        'RC1801',
        startOf(file),
        `expected ---- MODULE ${name} ----, but there is no module`,
      );
    }
    refuseUnfinished(scanned, source);
    this.#tokens.scanned(name, scanned.tokens);
    const root = parseOrRefuse(scanned.code, source);
    const node = present(root.children.find(({ type }) => type === 'module'));
    const reader = new ModuleReader(source, scanned.code, name, (sought, span, use) =>
      this.#find(sought, span, use),
    );
    const nameNode = present(node.children[0]);
    const ownName = reader.text(nameNode);
    if (ownName !== name)
      reader.fail('RC1809', nameNode, `the module is called ${ownName}, but its file ${name}.tla`);
    const module = readModule(reader, this.#language, node);
    this.#open.pop();
    return this.#keep(module);
  }

  #keep(module: Module): Module {
    this.#modules.set(module.name, module);
    return module;
  }
}

/** The modules with what the standard ones among them need. */
function withStandardModules(modules: ReadonlyMap<string, Module>): readonly Module[] {
  const all = new Map<string, Module>();
  for (const [name, module] of modules) {
    if (isStandardModule(name)) {
      for (const needed of standardNeeds(name)) {
        if (!modules.has(needed)) all.set(needed, loadStandardModule(needed));
      }
    }
    all.set(name, module);
  }
  return [...all.values()];
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function startOf(file: string): Span {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
}
