import type { Span } from '../syntax/span.ts';
import { type ConfigBinding, inEffect } from './bindings-in-effect.ts';
import { type ConfigToken, complaint, readConfigTokens } from './config-tokens.ts';
import type { ConfigName, ConfigValue, ModelConfig } from './model-config.ts';
import { operatorName, sanySpelling } from './operator-names.ts';

type ListSection = 'invariants' | 'properties' | 'constraints' | 'actionConstraints';
type SingleSection = 'specification' | 'init' | 'next' | 'symmetry' | 'view' | 'alias' | 'postcondition';

const LISTS: ReadonlyMap<string, ListSection> = new Map([
  ['INVARIANT', 'invariants'],
  ['INVARIANTS', 'invariants'],
  ['PROPERTY', 'properties'],
  ['PROPERTIES', 'properties'],
  ['CONSTRAINT', 'constraints'],
  ['CONSTRAINTS', 'constraints'],
  ['ACTION_CONSTRAINT', 'actionConstraints'],
  ['ACTION_CONSTRAINTS', 'actionConstraints'],
]);

const SINGLES: ReadonlyMap<string, SingleSection> = new Map([
  ['SPECIFICATION', 'specification'],
  ['INIT', 'init'],
  ['NEXT', 'next'],
  ['SYMMETRY', 'symmetry'],
  ['VIEW', 'view'],
  ['ALIAS', 'alias'],
  ['POSTCONDITION', 'postcondition'],
]);

const OTHERS = ['CONSTANT', 'CONSTANTS', 'CHECK_DEADLOCK'];

/** TLC 2.18 takes a name for each (tlc2.tool.impl.ModelConfig), and nothing asks it for that. */
const UNUSED = ['TYPE', 'TYPE_CONSTRAINT'];

const KEYWORDS: ReadonlySet<string> = new Set([...LISTS.keys(), ...SINGLES.keys(), ...OTHERS, ...UNUSED]);
const OFFERED = [...KEYWORDS].filter((keyword) => !UNUSED.includes(keyword)).join(', ');

/** 32-bit, as TLC's. */
const LARGEST_INTEGER = 2 ** 31 - 1;

/**
 * Reads a configuration file with TLC's grammar.
 *
 * @param file the name to report
 * @throws CodedError RC1902 with the line and column, and what was expected
 */
export function parseModelConfig(text: string, file: string): ModelConfig {
  return new ConfigParser(readConfigTokens(text, file)).parse(file);
}

class ConfigParser {
  readonly #tokens: readonly ConfigToken[];
  #at = 0;
  readonly #lists: Record<ListSection, ConfigName[]> = {
    invariants: [],
    properties: [],
    constraints: [],
    actionConstraints: [],
  };
  readonly #singles: Partial<Record<SingleSection, ConfigName>> = {};
  /** In the order of the file; a name may be given more than once. */
  readonly #bindings: ConfigBinding[] = [];
  readonly #unused = new Map<string, ConfigName>();
  #checkDeadlock: { readonly value: boolean; readonly span: Span } | undefined;

  constructor(tokens: readonly ConfigToken[]) {
    this.#tokens = tokens;
  }

  parse(file: string): ModelConfig {
    while (this.#peek().kind !== 'end') this.#section();
    const singles = this.#singles;
    const given = inEffect(this.#bindings);
    return {
      file,
      specification: singles.specification,
      init: singles.init,
      next: singles.next,
      symmetry: singles.symmetry,
      view: singles.view,
      alias: singles.alias,
      postcondition: singles.postcondition,
      ...this.#lists,
      assignments: given.flatMap(({ assignment }) => assignment ?? []),
      overrides: given.flatMap(({ override }) => override ?? []),
      checkDeadlock: this.#checkDeadlock?.value,
      atoms: [
        ...new Set(
          this.#bindings.flatMap(({ assignment }) =>
            assignment === undefined ? [] : atomsOf(assignment.value),
          ),
        ),
      ],
    };
  }

  #section(): void {
    const keyword = this.#take();
    const list = LISTS.get(keyword.text);
    const single = SINGLES.get(keyword.text);
    if (keyword.kind !== 'name' || !KEYWORDS.has(keyword.text)) {
      throw complaint(keyword.span, `found ${show(keyword)}; expected a keyword: ${OFFERED}`);
    }
    if (list !== undefined) {
      while (this.#startsItem()) this.#item(list);
    } else if (single !== undefined) {
      this.#single(single, keyword);
    } else if (UNUSED.includes(keyword.text)) {
      const name = this.#name(`the name that ${keyword.text} stands for`);
      refuseTwice(keyword, this.#unused.get(keyword.text));
      this.#unused.set(keyword.text, name);
    } else if (keyword.text === 'CHECK_DEADLOCK') {
      refuseTwice(keyword, this.#checkDeadlock);
      this.#checkDeadlock = { value: this.#boolean(), span: keyword.span };
    } else {
      while (this.#startsItem()) this.#binding();
    }
  }

  /** TRUE is no definition, but TLC takes it where it holds in all states and steps. */
  #item(section: ListSection): void {
    const item = this.#name('a name, or the next keyword');
    if (item.name !== 'TRUE') this.#lists[section].push(item);
  }

  #single(section: SingleSection, keyword: ConfigToken): void {
    const name = this.#name(`the name that ${keyword.text} stands for`);
    refuseTwice(keyword, this.#singles[section]);
    this.#singles[section] = name;
  }

  #boolean(): boolean {
    const token = this.#take();
    if (token.text === 'TRUE') return true;
    if (token.text === 'FALSE') return false;
    throw complaint(token.span, `found ${show(token)}; expected TRUE or FALSE`);
  }

  /** `name = value`, `name = [Module]value`, `name <- Name`, `name <- [Module]Name`; a name may be an operator's. */
  #binding(): void {
    const { name, span } = this.#nameOrOperator('the name of a constant or definition, or the next keyword');
    const sign = this.#take();
    if (sign.text === '(') {
      throw complaint(
        sign.span,
        `a constant with arguments has no table of values here; expected = or <- after ${name}`,
        `define the operator in the module, and write ${name} <- ThatOperator`,
      );
    }
    if (sign.kind !== 'symbol' || (sign.text !== '=' && sign.text !== '<-')) {
      throw complaint(sign.span, `found ${show(sign)}; expected = or <- after ${name}`);
    }
    const scope = this.#scope();
    if (sign.text === '=') {
      const value = this.#value();
      this.#bindings.push({ sign: '=', assignment: { name, scope, value, span: join(span, value.span) } });
    } else {
      const replacement = this.#nameOrOperator(`the name of a definition that takes the place of ${name}`);
      const whole = join(span, replacement.span);
      const value = valueOfWord(replacement);
      if (value === undefined)
        this.#bindings.push({
          sign: '<-',
          override: { name, scope, replacement: replacement.name, span: whole },
        });
      else this.#bindings.push({ sign: '<-', assignment: { name, scope, value, span: whole } });
    }
  }

  #scope(): string | undefined {
    const { kind, text } = this.#peek();
    if (kind !== 'symbol' || text !== '[') return undefined;
    this.#take();
    const { name } = this.#name('the name of a module');
    this.#symbol(']', `after the module's name ${name}`);
    return name;
  }

  #value(): ConfigValue {
    const token = this.#take();
    const { span, text } = token;
    if (token.kind === 'number') return { kind: 'number', value: integerOf(token), span };
    if (token.kind === 'string') return { kind: 'string', value: text, span };
    if (token.kind === 'symbol' && text === '{') return this.#set(token);
    if (text === 'TRUE' || text === 'FALSE') return { kind: 'boolean', value: text === 'TRUE', span };
    if (token.kind !== 'name' || KEYWORDS.has(text)) {
      throw complaint(
        span,
        `found ${show(token)}; expected a value: a number, a string, TRUE, FALSE, a model value or a set of these`,
        token.kind === 'operator' || (token.kind === 'symbol' && /[[(]/.test(text))
          ? 'define any other value in the module, and write NAME <- ThatDefinition'
          : undefined,
      );
    }
    return { kind: 'model-value', name: text, span };
  }

  #set(open: ConfigToken): ConfigValue {
    const items: ConfigValue[] = [];
    let last = this.#peek();
    if (last.text === '}' && last.kind === 'symbol') {
      this.#take();
    } else {
      do {
        items.push(this.#value());
        last = this.#take();
      } while (last.kind === 'symbol' && last.text === ',');
      if (last.kind !== 'symbol' || last.text !== '}') {
        throw complaint(last.span, `found ${show(last)}; expected , or } in the set`);
      }
    }
    return { kind: 'set', items, span: join(open.span, last.span) };
  }

  #startsItem(): boolean {
    const token = this.#peek();
    return token.kind !== 'end' && !KEYWORDS.has(token.text);
  }

  #name(what: string): ConfigName {
    const token = this.#take();
    if (token.kind !== 'name' || KEYWORDS.has(token.text)) {
      throw complaint(token.span, `found ${show(token)}; expected ${what}`);
    }
    return { name: token.text, span: token.span };
  }

  #nameOrOperator(what: string): ConfigName {
    const { kind, text, span } = this.#peek();
    if (kind !== 'operator') return this.#name(what);
    this.#take();
    const name = operatorName(text);
    if (name === undefined)
      throw complaint(span, `${text} is called ${sanySpelling(text)} in a configuration`);
    return { name, span };
  }

  #symbol(text: string, where: string): void {
    const token = this.#take();
    if (token.kind !== 'symbol' || token.text !== text) {
      throw complaint(token.span, `found ${show(token)}; expected ${text} ${where}`);
    }
  }

  #peek(): ConfigToken {
    const token = this.#tokens[this.#at] ?? this.#tokens.at(-1);
    if (token === undefined) throw new RangeError('a configuration has at least its end');
    return token;
  }

  #take(): ConfigToken {
    const token = this.#peek();
    this.#at++;
    return token;
  }
}

function refuseTwice({ text, span }: ConfigToken, before: { readonly span: Span } | undefined): void {
  if (before === undefined) return;
  throw complaint(span, `${text} is given twice; the first stands in line ${before.span.line}`);
}

function integerOf(token: ConfigToken): number {
  const value = Number(token.text);
  if (Math.abs(value) > LARGEST_INTEGER) {
    throw complaint(token.span, `${token.text} is beyond the integers of TLC, which have 32 bits`);
  }
  return value;
}

/** The strings and model values of a value, from left to right. */
function atomsOf(value: ConfigValue): string[] {
  if (value.kind === 'set') return value.items.flatMap(atomsOf);
  if (value.kind === 'string') return [value.value];
  return value.kind === 'model-value' ? [value.name] : [];
}

function join(from: Span, to: Span): Span {
  return { ...from, endLine: to.endLine, endColumn: to.endColumn };
}

function show(token: ConfigToken): string {
  return token.kind === 'string' ? `"${token.text}"` : token.text;
}

/** TRUE, FALSE and BOOLEAN are no definitions, but TLC lets them stand where the name of one is expected. */
function valueOfWord({ name, span }: ConfigName): ConfigValue | undefined {
  if (name === 'TRUE' || name === 'FALSE') return { kind: 'boolean', value: name === 'TRUE', span };
  if (name !== 'BOOLEAN') return undefined;
  const items = [false, true].map((value): ConfigValue => ({ kind: 'boolean', value, span }));
  return { kind: 'set', items, span };
}
