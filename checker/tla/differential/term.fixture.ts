import type { Choices } from './choices.fixture.ts';

/**
 * The text of an expression, and how tightly its outermost operator binds (the lower end of its precedence in
 * Specifying Systems, table 6): 0 for what extends as far as it can, 18 for what needs no parentheses.
 */
export interface Term {
  readonly text: string;
  readonly binds: number;
}

const ATOM = 18;

/** The precedences of the operators that the generator uses, as ranges. */
const PRECEDENCE: Readonly<Record<string, readonly [number, number]>> = {
  '=>': [1, 1],
  '<=>': [2, 2],
  '/\\': [3, 3],
  '\\/': [3, 3],
  '=': [5, 5],
  '#': [5, 5],
  '/=': [5, 5],
  '<': [5, 5],
  '<=': [5, 5],
  '\\leq': [5, 5],
  '>': [5, 5],
  '>=': [5, 5],
  '\\in': [5, 5],
  '\\notin': [5, 5],
  '\\subseteq': [5, 5],
  '\\sqsubseteq': [5, 5],
  '@@': [6, 6],
  ':>': [7, 7],
  '\\cup': [8, 8],
  '\\cap': [8, 8],
  '\\': [8, 8],
  '..': [9, 9],
  '+': [10, 10],
  '(+)': [10, 10],
  '%': [10, 11],
  '-': [11, 11],
  '(-)': [11, 11],
  '*': [13, 13],
  '\\div': [13, 13],
  '\\o': [13, 13],
  '^': [14, 14],
};

const PREFIXES: Readonly<Record<string, readonly [number, number]>> = {
  '~': [4, 4],
  SUBSET: [10, 13],
  UNION: [10, 13],
  DOMAIN: [10, 13],
  '-': [12, 12],
};

/** What needs no parentheses: a name, a literal, something in brackets. */
export function atom(text: string): Term {
  return { text, binds: ATOM };
}

/** IF, CASE, LET, a quantifier: it reaches as far to the right as it can. */
export function open(text: string): Term {
  return { text, binds: 0 };
}

export function call(name: string, ...operands: readonly Term[]): Term {
  return atom(`${name}(${operands.map(({ text }) => text).join(', ')})`);
}

/** Writes operators, now and then with parentheses that are not needed. */
export class TermWriter {
  readonly #choices: Choices;

  constructor(choices: Choices) {
    this.#choices = choices;
  }

  infix(left: Term, operator: string, right: Term): Term {
    const range = PRECEDENCE[operator];
    if (range === undefined) throw new RangeError(`no precedence of ${operator}`);
    const [low, high] = range;
    return { text: `${this.operand(left, high)} ${operator} ${this.operand(right, high)}`, binds: low };
  }

  prefix(operator: string, operand: Term): Term {
    const range = PREFIXES[operator];
    if (range === undefined) throw new RangeError(`no precedence of ${operator}`);
    const [low, high] = range;
    return { text: `${operator} ${this.operand(operand, high)}`, binds: low };
  }

  /** As it stands beside an operator that binds so tightly. */
  operand(term: Term, tightness: number): string {
    const isNeeded = term.binds <= tightness;
    return isNeeded || (term.binds < ATOM && this.#choices.oneIn(2)) ? `(${term.text})` : term.text;
  }

  /** As it stands before `[` or `.`. */
  applied(term: Term): string {
    return `(${term.text})`;
  }
}
