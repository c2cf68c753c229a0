import fc from 'fast-check';
import { loadModule } from '../syntax/load-module.ts';
import { TlaError } from '../syntax/tla-error.ts';
import { Choices } from './choices.fixture.ts';

/** The names that a layout is a formula of. */
const LAYOUT_PARAMETERS = ['a', 'b', 'c', 'd'] as const;

const DECISIONS = 400;
const TAB_STOP = 8;
const COMMENTS = ['(* c *)', '(*\t*)', '(* é\t\u{1d538} *)', '(*\n\t*)', '\\* to the end\t"\n'] as const;

/** Something boolean of two formulas. */
const PAIRS = [
  ['TRUE \\in {', ',', '}'],
  ['<<', ',', '>>[1]'],
  ['[f |->', ', g |->', '].f'],
  ['[[f |-> a] EXCEPT !.f =', ', !.f = @ =>', '].f'],
] as const;

/**
 * Boolean formulas that are written with tabs, blanks and comments in random places: what they mean depends on the columns
 * of their tokens. Many are no TLA+.
 */
export function randomLayouts(count: number, seed: number): readonly string[] {
  const numbers = fc.array(fc.nat(), { minLength: DECISIONS, maxLength: DECISIONS });
  return fc
    .sample(numbers, { numRuns: count, seed })
    .map((decisions) => new LayoutWriter(new Choices(decisions)).write());
}

/** The definition number `position`; all begin in the same column, on which the layout depends. */
export function layoutDefinition(layout: string, position: number): string {
  return `${nameOf(position)}(${LAYOUT_PARAMETERS.join(', ')}) ==${layout}`;
}

/** For which values of its parameters it is true. */
export function truthTable(position: number): string {
  const parameters = LAYOUT_PARAMETERS.join(', ');
  const values = LAYOUT_PARAMETERS.map(() => 'BOOLEAN').join(' \\X ');
  return `{<<${parameters}>> \\in ${values} : ${nameOf(position)}(${parameters})}`;
}

/** Those that native reads. `initParser()` must have been awaited. */
export function readNatively(layouts: readonly string[]): readonly string[] {
  return layouts.filter((layout) => {
    const text = `---- MODULE M ----\n${layoutDefinition(layout, 0)}\n====\n`;
    try {
      loadModule('M.tla', { sources: new Map([['M', text]]) });
      return true;
    } catch (error) {
      if (error instanceof TlaError) return false;
      throw error;
    }
  });
}

const nameOf = (position: number): string => `D${1000 + position}`;

class LayoutWriter {
  readonly #choices: Choices;
  #text = '';
  #column = 0;
  #names = 0;

  constructor(choices: Choices) {
    this.#choices = choices;
  }

  write(): string {
    if (this.#choices.oneIn(2)) this.#line(0);
    else this.#gap();
    this.#formula(3, 0);
    return this.#text;
  }

  /** @param left the column that all of it is to be right of, as a rule */
  #formula(depth: number, left: number): void {
    const forms = [
      () => this.#list(depth, left),
      () => this.#list(depth, left),
      () => this.#list(depth, left),
      () => this.#infix(depth, left),
      () => this.#infix(depth, left),
      () => this.#parentheses(depth, left),
      () => this.#pair(depth, left),
      () => this.#condition(depth, left),
      () => this.#let(depth, left),
      () => this.#cases(depth, left),
      () => this.#quantified(depth, left),
      () => this.#atom(),
    ];
    this.#choices.grow(depth === 0 ? [() => this.#atom()] : forms);
  }

  #atom(): void {
    const atoms = [...LAYOUT_PARAMETERS, '~a', 'a = b', '"x\ty" = "xy"', 'c # d', '(b)'];
    this.#put(this.#choices.from(atoms));
  }

  #list(depth: number, left: number): void {
    if (this.#choices.oneIn(3)) this.#line(left);
    const column = this.#column;
    const mark = this.#choices.oneIn(2) ? '/\\' : '\\/';
    const items = 1 + this.#choices.pick(3);
    for (let item = 0; item < items; item += 1) {
      const spelling = this.#choices.oneIn(12) ? (mark === '/\\' ? '\\land' : '\\lor') : mark;
      if (item > 0)
        this.#lineTo(this.#choices.oneIn(5) ? this.#near(column) : column + mark.length - spelling.length);
      this.#put(spelling);
      this.#gap();
      this.#formula(depth - 1, this.#column - 1);
    }
  }

  #infix(depth: number, left: number): void {
    this.#formula(depth - 1, left);
    this.#space(left);
    const operators = ['=>', '/\\', '\\/', '<=>', '\\land', '=>'];
    this.#put(this.#choices.from(operators));
    this.#space(left);
    this.#formula(depth - 1, left);
  }

  #parentheses(depth: number, left: number): void {
    this.#put('(');
    this.#space(left);
    this.#formula(depth - 1, left);
    this.#space(left);
    this.#put(')');
  }

  #pair(depth: number, left: number): void {
    const [before, between, after] = this.#choices.from(PAIRS);
    this.#put(before);
    this.#space(left);
    this.#formula(depth - 1, left);
    this.#space(left);
    this.#put(between);
    this.#space(left);
    this.#formula(depth - 1, left);
    this.#space(left);
    this.#put(after);
  }

  #condition(depth: number, left: number): void {
    for (const word of ['IF', 'THEN', 'ELSE']) {
      if (word !== 'IF') this.#space(left);
      this.#put(word);
      this.#space(left);
      this.#formula(depth - 1, left);
    }
  }

  #let(depth: number, left: number): void {
    this.#names += 1;
    const name = `q${this.#names}`;
    this.#put('LET');
    this.#space(left);
    this.#put(`${name} ==`);
    this.#space(left);
    this.#formula(depth - 1, left);
    this.#space(left);
    this.#put('IN');
    this.#space(left);
    this.#put(`${name} =>`);
    this.#space(left);
    this.#formula(depth - 1, left);
  }

  #cases(depth: number, left: number): void {
    const arms = 1 + this.#choices.pick(2);
    for (let arm = 0; arm < arms; arm += 1) {
      this.#put(arm === 0 ? 'CASE' : '[]');
      this.#gap();
      this.#formula(depth - 1, left);
      this.#space(left);
      this.#put('->');
      this.#space(left);
      this.#formula(depth - 1, left);
      this.#space(left);
    }
    this.#put('[] OTHER ->');
    this.#gap();
    this.#formula(depth - 1, left);
  }

  #quantified(depth: number, left: number): void {
    this.#names += 1;
    const name = `q${this.#names}`;
    this.#put(`\\A ${name} \\in`);
    this.#space(left);
    this.#put('BOOLEAN :');
    this.#space(left);
    this.#put(`${name} \\/`);
    this.#gap();
    this.#formula(depth - 1, left);
  }

  #space(left: number): void {
    if (this.#choices.oneIn(4)) this.#line(left);
    else this.#gap();
  }

  #gap(): void {
    const gaps = [' ', ' ', ' ', '\t', '  ', ' \t', `${COMMENTS[0]}`, `${COMMENTS[1]}`, `${COMMENTS[2]} `];
    this.#put(this.#choices.from(gaps));
  }

  /** A new line, which begins right of a column as a rule. */
  #line(left: number): void {
    const column = this.#choices.oneIn(5) ? this.#near(left) : left + 1 + this.#choices.pick(12);
    this.#lineTo(column);
  }

  #near(column: number): number {
    return Math.max(1, column - 2 + this.#choices.pick(6));
  }

  #lineTo(column: number): void {
    if (this.#choices.oneIn(10)) this.#put(COMMENTS[4]);
    else this.#put(this.#choices.oneIn(10) ? '\r\n' : '\n');
    if (this.#choices.oneIn(10) && column > 8) this.#put(this.#choices.from(COMMENTS.slice(0, 2)));
    while (this.#column < column) {
      const stop = this.#column + TAB_STOP - (this.#column % TAB_STOP);
      this.#put(stop <= column && !this.#choices.oneIn(4) ? '\t' : ' ');
    }
  }

  #put(text: string): void {
    this.#text += text;
    for (let at = 0; at < text.length; at += 1) {
      const character = text.charAt(at);
      if (character === '\n') this.#column = 0;
      else this.#column += character === '\t' ? TAB_STOP - (this.#column % TAB_STOP) : 1;
    }
  }
}
