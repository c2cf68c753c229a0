import { readString } from './read-literal.ts';
import { SANY_WORDS } from './sany-words.ts';

interface ModuleTokens {
  /** As they are written: string literals with their quotes. */
  readonly words: readonly string[];
  readonly strings: readonly string[];
  /** The names of the modules that it extends and instantiates, in the order of the text. */
  readonly needed: string[];
}

/**
 * In which order TLC first sees the texts of a spec, by which it orders strings. SANY knows its operators, parses the
 * root module, then all that it extends, then what those extend: every word is seen there as it is written. What
 * string literals hold is seen only as modules are analysed, a module after those that it needs.
 */
export class TokenOrder {
  readonly #modules = new Map<string, ModuleTokens>();

  /** A module was scanned; `tokens` are its identifiers, numbers and string literals, these with their quotes. */
  scanned(module: string, tokens: readonly string[]): void {
    const isString = (token: string) => token.startsWith('"');
    this.#modules.set(module, {
      words: tokens,
      strings: tokens.filter(isString).map(readString),
      needed: [],
    });
  }

  needs(module: string, needed: string): void {
    this.#modules.get(module)?.needed.push(needed);
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
    for (const module of analysed) {
      for (const text of this.#modules.get(module)?.strings ?? []) tokens.add(text);
    }
    return [...tokens];
  }

  #parsed(root: string): ReadonlySet<string> {
    const parsed = new Set([root]);
    const followed = new Set<string>();
    const follow = (module: string): void => {
      if (followed.has(module)) return;
      followed.add(module);
      const needed = this.#modules.get(module)?.needed ?? [];
      for (const each of needed) parsed.add(each);
      for (const each of needed) follow(each);
    };
    follow(root);
    return parsed;
  }
}
