/** One state of a counterexample, and the action that led to it. */
export interface CounterexampleStep {
  /** From 1, as TLC counts. */
  readonly number: number;
  /** The definition that TLC names; `Initial predicate` for the first state. */
  readonly action: string;
  /** Where that definition stands; absent for the first state. */
  readonly module?: string;
  readonly line?: number;
  /** Every variable's value as TLC prints it. */
  readonly variables: Readonly<Record<string, string>>;
  /** The variables that have another value than in the state before; all of them in the first state. */
  readonly changed: readonly string[];
}

const HEADER = /^(\d+): <(.*?)(?: line (\d+), col \d+ to line \d+, col \d+ of module (\w+))?>$/;
const ASSIGNMENT = /^(?:\/\\ )?(\w+) = (.*)$/;

/**
 * Reads a state as TLC prints it.
 *
 * @param text the message of code 2217: a line that names the action, then a line or more for each variable
 * @returns undefined if it is no such message
 */
export function parseStep(
  text: string,
  before: CounterexampleStep | undefined,
): CounterexampleStep | undefined {
  const [head = '', ...lines] = text.split('\n');
  const [, number, action, line, module] = HEADER.exec(head) ?? [];
  if (number === undefined || action === undefined) return undefined;
  const variables = parseVariables(lines);
  return {
    number: Number(number),
    action,
    ...(module === undefined ? {} : { module, line: Number(line) }),
    variables,
    changed: Object.keys(variables).filter((name) => before?.variables[name] !== variables[name]),
  };
}

/** The conjunction that TLC prints for a state; a value may go on over several lines. */
export function parseVariables(lines: readonly string[]): Record<string, string> {
  const variables = new Map<string, string>();
  // A state of one variable is printed without the bullet, so a bullet in it belongs to its value.
  const bulleted = lines.some((line) => line.startsWith('/\\ '));
  let current: string | undefined;
  for (const line of lines) {
    const [, name, value] = bulleted && !line.startsWith('/\\ ') ? [] : (ASSIGNMENT.exec(line) ?? []);
    if (name !== undefined && value !== undefined) {
      current = name;
      variables.set(name, value);
    } else if (current !== undefined && line.trim() !== '') {
      variables.set(current, `${variables.get(current)}\n${line}`);
    }
  }
  // A variable may be called __proto__: what is assigned to that property of an object is lost.
  return Object.fromEntries(variables);
}
