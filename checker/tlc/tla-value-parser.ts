/** A value as TLC prints it; a record is a function of strings, as in TLA+ itself. */
export type TlaValue =
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'string'; readonly string: string }
  | { readonly kind: 'boolean'; readonly boolean: boolean }
  | { readonly kind: 'modelValue'; readonly name: string }
  | { readonly kind: 'sequence' | 'set'; readonly elements: readonly TlaValue[] }
  | { readonly kind: 'function'; readonly pairs: readonly (readonly [TlaValue, TlaValue])[] };

const TOKEN = /\s*(<<|>>|\|->|:>|@@|[[\](){},]|"(?:[^"\\]|\\.)*"|-?\d+|\w+)/y;

/** Reads a value that TLC printed on one line; undefined if it is none that raftcheck knows. */
export function parseTlaValue(text: string): TlaValue | undefined {
  const tokens = tokenize(text);
  if (tokens === undefined) return undefined;
  const parser = new Parser(tokens);
  const value = parser.value();
  return parser.atEnd() ? value : undefined;
}

/** The characters that a TLA+ string stands for. */
export function unescapeTlaString(quoted: string): string {
  return quoted.replaceAll(/\\(.)/g, '$1');
}

function tokenize(text: string): string[] | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) return undefined;
    tokens.push(token);
  }
  return tokens;
}

/** Each method gives undefined where the tokens are not what it reads. */
class Parser {
  readonly #tokens: readonly string[];
  #next = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  atEnd(): boolean {
    return this.#next === this.#tokens.length;
  }

  value(): TlaValue | undefined {
    const token = this.#tokens[this.#next++];
    switch (token) {
      case undefined:
        return undefined;
      case '<<':
        return this.#elements('sequence', '>>');
      case '{':
        return this.#elements('set', '}');
      case '[':
        return this.#record();
      case '(':
        return this.#function();
      case 'TRUE':
      case 'FALSE':
        return { kind: 'boolean', boolean: token === 'TRUE' };
    }
    if (token.startsWith('"')) return { kind: 'string', string: unescapeTlaString(token.slice(1, -1)) };
    if (/^-?\d+$/.test(token)) return { kind: 'number', number: Number(token) };
    return /^\w+$/.test(token) ? { kind: 'modelValue', name: token } : undefined;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#next] !== token) return false;
    this.#next++;
    return true;
  }

  #elements(kind: 'sequence' | 'set', end: string): TlaValue | undefined {
    const elements: TlaValue[] = [];
    if (this.#take(end)) return { kind, elements };
    do {
      const element = this.value();
      if (element === undefined) return undefined;
      elements.push(element);
    } while (this.#take(','));
    return this.#take(end) ? { kind, elements } : undefined;
  }

  /** `[a |-> 1, b |-> 2]` */
  #record(): TlaValue | undefined {
    const pairs: [TlaValue, TlaValue][] = [];
    do {
      const name = this.#tokens[this.#next++];
      if (name === undefined || !this.#take('|->')) return undefined;
      const value = this.value();
      if (value === undefined) return undefined;
      pairs.push([{ kind: 'string', string: name }, value]);
    } while (this.#take(','));
    return this.#take(']') ? { kind: 'function', pairs } : undefined;
  }

  /** `(a :> 1 @@ b :> 2)` */
  #function(): TlaValue | undefined {
    const pairs: [TlaValue, TlaValue][] = [];
    do {
      const argument = this.value();
      if (argument === undefined || !this.#take(':>')) return undefined;
      const value = this.value();
      if (value === undefined) return undefined;
      pairs.push([argument, value]);
    } while (this.#take('@@'));
    return this.#take(')') ? { kind: 'function', pairs } : undefined;
  }
}
