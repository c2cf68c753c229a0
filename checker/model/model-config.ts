/** One statement of a TLC configuration file: a keyword and what follows it up to the next keyword. */
interface Statement {
  readonly keyword: string;
  readonly lines: readonly string[];
}

const KEYWORDS =
  /^\s*(CONSTANTS?|INVARIANTS?|PROPERTY|PROPERTIES|CONSTRAINTS?|ACTION_CONSTRAINTS?|SYMMETRY|VIEW|ALIAS|INIT|NEXT|SPECIFICATION|POSTCONDITION|CHECK_DEADLOCK)\b/;

/** What a model asks of TLC, read from its configuration file. */
export interface ModelConfig {
  readonly invariants: readonly string[];
  readonly properties: readonly string[];
  /** The constants whose value is a number: the model's bounds. */
  readonly bounds: Readonly<Record<string, number>>;
}

/** Reads the parts of a configuration file that say what is checked and how far. */
export function readModelConfig(text: string): ModelConfig {
  const invariants: string[] = [];
  const properties: string[] = [];
  const bounds = new Map<string, number>();
  for (const { keyword, lines } of splitStatements(text)) {
    if (isInvariants(keyword)) invariants.push(...namesIn(lines));
    else if (isProperties(keyword)) properties.push(...namesIn(lines));
    else if (keyword.startsWith('CONSTANT')) {
      for (const [, name = '', value] of lines.join('\n').matchAll(/(\w+)\s*=\s*(\d+)\b/g))
        bounds.set(name, Number(value));
    }
  }
  return { invariants, properties, bounds: Object.fromEntries(bounds) };
}

/**
 * The same configuration, asked about one property only: TLC stops at the first violation, and a property that is
 * violated later than another would never be seen.
 *
 * @throws RangeError if the configuration does not mention the property
 */
export function askOnly(text: string, property: string): string {
  const config = readModelConfig(text);
  const keyword = config.invariants.includes(property)
    ? 'INVARIANT'
    : config.properties.includes(property)
      ? 'PROPERTY'
      : undefined;
  if (keyword === undefined) throw new RangeError(`the model does not check ${property}`);
  const kept = splitStatements(text)
    .filter((statement) => !isInvariants(statement.keyword) && !isProperties(statement.keyword))
    .map(({ keyword, lines }) => keyword + lines.join('\n'));
  return `${[...kept, `${keyword} ${property}`].join('\n')}\n`;
}

/**
 * The same configuration with other values for some constants, each of which has a line of its own.
 *
 * @throws RangeError if a constant has no value in it
 */
export function withConstants(text: string, constants: Readonly<Record<string, number | string>>): string {
  let result = withoutComments(text);
  for (const [name, value] of Object.entries(constants)) {
    const assignment = new RegExp(`^(.*\\b${name}\\s*)(?:=|<-).*$`, 'm');
    if (!assignment.test(result)) throw new RangeError(`the model gives ${name} no value`);
    result = result.replace(assignment, (_line, head: string) => `${head}= ${value}`);
  }
  return result;
}

function isInvariants(keyword: string): boolean {
  return keyword.startsWith('INVARIANT');
}

function isProperties(keyword: string): boolean {
  return keyword.startsWith('PROPERT');
}

function namesIn(lines: readonly string[]): string[] {
  return lines.join(' ').match(/[\w!]+/g) ?? [];
}

function splitStatements(text: string): Statement[] {
  const statements: { keyword: string; lines: string[] }[] = [];
  withoutComments(text)
    .split(/\r\n?|\n/)
    .forEach((line) => {
      const keyword = KEYWORDS.exec(line)?.[1];
      if (keyword !== undefined) {
        statements.push({ keyword, lines: [line.replace(KEYWORDS, '')] });
      } else {
        statements.at(-1)?.lines.push(line);
      }
    });
  return statements;
}

function withoutComments(text: string): string {
  return text.replaceAll(/\(\*[\s\S]*?\*\)/g, '').replaceAll(/\\\*.*$/gm, '');
}
