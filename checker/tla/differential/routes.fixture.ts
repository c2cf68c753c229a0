import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Choices } from './choices.fixture.ts';

/** Texts by names. */
const MODULES: ReadonlyMap<string, string> = new Map([
  [
    'Held',
    `---- MODULE Held ----
CONSTANT it
Get == it
Or(other) == IF other = it THEN it ELSE Get
====
`,
  ],
  [
    'Seen',
    `---- MODULE Seen ----
VARIABLE it
Get == it
Later == it'
LaterOf(F(_)) == F(it)'
LaterByName == Get'
Becomes(value) == it' = value
====
`,
  ],
]);

/** Writes the modules that routed formulas instantiate. */
export async function writeRouteModules(folder: string): Promise<void> {
  for (const [name, text] of MODULES) await writeFile(join(folder, `${name}.tla`), text);
}

/** What the routes go through; the modules that use it extend Naturals. */
export const ROUTE_PRELUDE = `
Same(it) == it
Later(it) == it'
Call(F(_), it) == F(it)
HandOn(F(_), it) == LET G(other) == F(other) IN Call(G, it)
Put(it, value) == it' = value
Do(A) == A
RECURSIVE Down(_, _)
Down(n, it) == IF n = 0 THEN it ELSE Down(n - 1, it)
`;

/**
 * The ways by which a formula gets to where it is evaluated: names of a LET, operators, LAMBDAs, instances. What is
 * primed at one end is an expression of another at the other, and nothing but its meaning may come through.
 */
export class Routes {
  readonly #choices: Choices;
  readonly #freshName: (prefix: string) => string;

  constructor(choices: Choices, freshName: (prefix: string) => string) {
    this.#choices = choices;
    this.#freshName = freshName;
  }

  /** The value of an expression that may have primes. */
  around(expression: string): string {
    const [n, p] = [this.#freshName('n'), this.#freshName('p')];
    return this.#choices.grow([
      () => `(${expression})`,
      () => `(LET ${n} == ${expression} IN ${n})`,
      () => `(LET ${n}(${p}) == IF ${p} THEN ${expression} ELSE 0 IN ${n}(TRUE))`,
      () => `Same(${expression})`,
      () => `Call(Same, ${expression})`,
      () => `Call(LAMBDA ${p} : ${expression}, 0)`,
      () => `HandOn(LAMBDA ${p} : ${p}, ${expression})`,
      () => `Down(1, ${expression})`,
      () => `(LET ${n} == INSTANCE Held WITH it <- ${expression} IN ${n}!Get)`,
      () => `(LET ${n}(${p}) == INSTANCE Held WITH it <- ${p} IN ${n}(${expression})!Get)`,
      () => `(LET ${n} == INSTANCE Held WITH it <- ${expression} IN ${n}!Or(${expression}))`,
      () => `[${p} \\in {0} |-> ${expression}][0]`,
      () => `<<${expression}>>[1]`,
    ]);
  }

  /** The value that an expression without primes has in the next state. */
  later(expression: string): string {
    const [n, m, p] = [this.#freshName('n'), this.#freshName('m'), this.#freshName('p')];
    return this.#choices.grow([
      () => `(${expression})'`,
      () => `(LET ${n} == ${expression} IN ${n}')`,
      () => `(LET ${n}(${p}) == ${expression} IN ${n}(0)')`,
      () => `(LET ${n}(${p}) == ${p} IN ${n}(${expression})')`,
      () => `(LET ${n} == ${expression} IN LET ${m} == ${n} IN Later(${m}))`,
      () => `(LET ${n} == ${expression} ${m}(${p}) == ${p}' IN ${m}(${n}))`,
      () => `Later(${expression})`,
      () => `Later(Same(${expression}))`,
      () => `Call(Later, ${expression})`,
      () => `HandOn(Later, ${expression})`,
      () => `Call(LAMBDA ${p} : ${p}', ${expression})`,
      () => `HandOn(LAMBDA ${p} : Later(${p}), ${expression})`,
      () => `Do(Later(${expression}))`,
      () => `(LET ${n} == INSTANCE Seen WITH it <- ${expression} IN ${n}!Later)`,
      () => `(LET ${n} == INSTANCE Seen WITH it <- ${expression} IN ${n}!LaterByName)`,
      () => `(LET ${n} == INSTANCE Seen WITH it <- ${expression} IN Later(${n}!Get))`,
      () => `(LET ${n} == INSTANCE Seen WITH it <- ${expression} IN ${n}!LaterOf(Same))`,
      () => `(LET ${n}(${p}) == INSTANCE Seen WITH it <- ${p} IN ${n}(${expression})!Later)`,
    ]);
  }

  /** An action that gives a variable a value. */
  assignment(variable: string, value: string): string {
    const [n, p] = [this.#freshName('n'), this.#freshName('p')];
    return this.#choices.grow([
      () => `${variable}' = ${value}`,
      () => `Put(${variable}, ${value})`,
      () => `Do(${variable}' = ${value})`,
      () => `(LET ${n} == ${variable} IN ${n}' = ${value})`,
      () => `(LET ${n} == ${variable}' = ${value} IN ${n})`,
      () => `(LET ${n}(${p}) == ${variable}' = ${p} IN ${n}(${value}))`,
      () => `Call(LAMBDA ${p} : ${variable}' = ${p}, ${value})`,
      () => `Call(LAMBDA ${p} : Put(${variable}, ${p}), ${value})`,
      () => `(LET ${n} == INSTANCE Seen WITH it <- ${variable} IN ${n}!Becomes(${value}))`,
      () => `(LET ${n}(${p}) == INSTANCE Seen WITH it <- ${p} IN ${n}(${variable})!Becomes(${value}))`,
    ]);
  }
}
