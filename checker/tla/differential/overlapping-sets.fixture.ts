import type { Choices } from './choices.fixture.ts';
import type { Type } from './types.fixture.ts';

/** Operators that let TLC keep the elements of a set, or not. */
export const OVERLAPPING_PRELUDE = `
Sized(S) == IF Cardinality(S) > 99 THEN {} ELSE S
Compared(S) == IF S = {{}} THEN S ELSE S
ComparedWith(S, T) == IF T = S THEN S ELSE S
Listed(S) == IF \\A each \\in S : each = each THEN S ELSE {}
`;

/** Writes sets that have a given set's elements, of which TLC enumerates some several times. */
export class OverlappingSets {
  readonly #choices: Choices;
  readonly #freshName: (prefix: string) => string;
  readonly #isSymmetric: boolean;

  constructor(choices: Choices, freshName: (prefix: string) => string, isSymmetric: boolean) {
    this.#choices = choices;
    this.#isSymmetric = isSymmetric;
    this.#freshName = freshName;
  }

  /** @param condition a formula about an element of that name */
  like(set: string, type: Type, condition: (name: string) => string): string {
    const choices = this.#choices;
    const joined = () => this.#joined(set, type, condition);
    return choices.grow([
      joined,
      joined,
      () => `(${joined()}) \\cup ${this.#someOf(set, condition)}`,
      () => `(${joined()}) \\ ${this.#someOf(set, condition)}`,
      () => `(${joined()}) \\cap (${joined()})`,
      () => this.#filtered(joined(), condition),
      () => `Sized(${joined()})`,
      () => this.#compared(joined(), type),
      () => `Listed(${joined()})`,
      () => this.#named(joined()),
    ]);
  }

  #joined(set: string, type: Type, condition: (name: string) => string): string {
    return this.#choices.grow([
      () => `UNION {${set}, ${this.#filtered(set, condition)}}`,
      () => `UNION {${set}, UNION {${set}, {}}}`,
      () => `(${set}) \\cup ${this.#someOf(set, condition)}`,
      () => this.#ofItsKind(set, type, condition),
      () => this.#ofItsKind(set, type, condition),
    ]);
  }

  /** What the elements look like says in which other ways such a set comes about. */
  #ofItsKind(set: string, type: Type, condition: (name: string) => string): string {
    switch (type.kind) {
      case 'integer':
        return this.#choices.from([
          'UNION {0..1, 1..2}',
          'UNION {0..n : n \\in {1, 2}}',
          'UNION {1..0, {0, 1}, {1}}',
        ]);
      case 'boolean':
      case 'model':
      case 'string':
        return `UNION SUBSET (${set})`;
      case 'tuple':
        return this.#choices.from([
          '(UNION {0..1, 1..1}) \\X (0..2)',
          '(0..1) \\X (UNION {0..1, 1..2, {2}})',
          'Sized(UNION {0..1, 1..1}) \\X {1}',
        ]);
      case 'record':
        return '[a1 : UNION SUBSET BOOLEAN, b1 : UNION {0..1, 1..1}]';
      case 'function':
        return type.to.kind === 'boolean'
          ? this.#choices.from(['[1..2 -> UNION SUBSET BOOLEAN]', 'Sized([1..2 -> UNION SUBSET BOOLEAN])'])
          : '[{m1, m2, m3} -> UNION {0..0, 0..1}]';
      default:
        return `UNION {${set}, ${this.#someOf(set, condition)}}`;
    }
  }

  #filtered(set: string, condition: (name: string) => string): string {
    const name = this.#freshName('o');
    return `{${name} \\in ${set} : ${condition(name)}}`;
  }

  /** One element, which under symmetry none may be, or those of which something is true. */
  #someOf(set: string, condition: (name: string) => string): string {
    if (this.#isSymmetric || this.#choices.oneIn(2)) return this.#filtered(set, condition);
    return `{CHOOSE ${this.#freshName('o')} \\in ${set} : TRUE}`;
  }

  /** TLC refuses to compare elements of different kinds. */
  #compared(set: string, type: Type): string {
    if (type.kind !== 'set') return `ComparedWith(${set}, {})`;
    return this.#choices.from([`Compared(${set})`, `ComparedWith(${set}, {{}})`]);
  }

  #named(set: string): string {
    const name = this.#freshName('o');
    return this.#choices.from([
      `LET ${name} == ${set} IN ${name}`,
      `LET ${name} == ${set} IN IF Cardinality(${name}) > 99 THEN {} ELSE ${name}`,
      `LET ${name} == ${set} IN IF {} = ${name} THEN {} ELSE ${name}`,
      `UNION {${name} \\in {${set}} : Cardinality(${name}) < 99}`,
      `UNION {${name} \\in {${set}, {}} : TRUE}`,
    ]);
  }
}
