import { STANDARD_EXTENDS, type StandardModule } from './builtins.ts';
import { readString } from './read-literal.ts';
import { SANY_WORDS, SANY_WORDS_OF_ANALYSIS } from './sany-words.ts';
import { STANDARD_MODULE_WORDS } from './standard-module-words.ts';

/** How a module needs another. */
export type ModuleUse = 'extends' | 'instance';

interface ModuleTokens {
  /** As they are written: string literals with their quotes. */
  readonly words: readonly string[];
  readonly strings: readonly string[];
  /** The names of the modules that it extends and instantiates, in the order of the text. */
  readonly needed: Readonly<Record<ModuleUse, string[]>>;
}

/**
 * In which order TLC first sees the texts of a spec, by which it orders strings. SANY knows its operators, parses the
 * root module and then what that needs: every word is seen there as it is written. What string literals hold is seen only
 * as modules are analysed, a module after those that it needs.
 */
export class TokenOrder {
  readonly #modules = new Map<string, ModuleTokens>();

  /** A module was scanned; `tokens` are its identifiers, numbers and string literals, these with their quotes. */
  scanned(module: string, tokens: readonly string[]): void {
    const isString = (token: string) => token.startsWith('"');
    this.#modules.set(module, {
      words: tokens,
      strings: tokens.filter(isString).map(readString),
      needed: { extends: [], instance: [] },
    });
  }

  /** A module that TLC brings with it, and what that needs. */
  standard(module: StandardModule): void {
    if (this.#modules.has(module)) return;
    const { words, instances } = STANDARD_MODULE_WORDS[module];
    this.scanned(module, words);
    for (const each of STANDARD_EXTENDS[module]) this.#needsStandard(module, 'extends', each);
    for (const each of instances) this.#needsStandard(module, 'instance', each);
  }

  #needsStandard(module: StandardModule, use: ModuleUse, needed: StandardModule): void {
    this.needs(module, use, needed);
    this.standard(needed);
  }

  needs(module: string, use: ModuleUse, needed: string): void {
    this.#modules.get(module)?.needed[use].push(needed);
  }

  /**
   * @param root the root module
   * @param analysed all modules, each after those that it needs
   */
  tokens(root: string, analysed: readonly string[]): readonly string[] {
    const tokens = new Set(SANY_WORDS);
    for (const module of this.#parsed(root)) {
      for (const word of this.#modules.get(module)?.words ?? []) tokens.add(word);
    }
    for (const word of SANY_WORDS_OF_ANALYSIS) tokens.add(word);
    for (const module of analysed) {
      for (const text of this.#modules.get(module)?.strings ?? []) tokens.add(text);
    }
    return [...tokens];
  }

  /** The modules in the order in which SANY reads them (tla2sany.modanalyzer.SpecObj.loadSpec). */
  #parsed(root: string): ReadonlySet<string> {
    const parsed = new Set([root]);
    const met = new Set<string>();
    for (;;) {
      const next =
        this.#unmet(root, 'extends', met, new Set()) ?? this.#unmet(root, 'instance', met, new Set());
      if (next === undefined) return parsed;
      met.add(keyOf(next));
      parsed.add(next.needed);
    }
  }

  /** A need that no module has been read for: the module's own, then one of those that it extends, or has as instances. */
  #unmet(
    module: string,
    use: ModuleUse,
    met: ReadonlySet<string>,
    seen: Set<string>,
  ): ModuleNeed | undefined {
    if (seen.has(module)) return undefined;
    seen.add(module);
    const needs = this.#modules.get(module)?.needed ?? { extends: [], instance: [] };
    const unmet = needs[use].map((needed) => ({ module, use, needed })).find((need) => !met.has(keyOf(need)));
    if (unmet !== undefined) return unmet;
    const instances = needs.instance.filter((needed) => met.has(keyOf({ module, use: 'instance', needed })));
    for (const each of [...needs.extends, ...instances]) {
      const found = this.#unmet(each, use, met, seen);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

interface ModuleNeed {
  readonly module: string;
  readonly use: ModuleUse;
  readonly needed: string;
}

function keyOf({ module, use, needed }: ModuleNeed): string {
  return `${module} ${use} ${needed}`;
}
