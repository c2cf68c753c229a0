import fc from 'fast-check';
import { Choices } from './choices.fixture.ts';
import { ExpressionGenerator, type Name, PRELUDE, type Scope } from './expression-generator.fixture.ts';
import { OVERLAPPING_PRELUDE, OverlappingSets } from './overlapping-sets.fixture.ts';
import { DECISIONS } from './random-expressions.fixture.ts';
import { ROUTE_PRELUDE, Routes } from './routes.fixture.ts';
import { BOOLEAN, INTEGER, MODEL, STRING, setOf, type Type } from './types.fixture.ts';

/** A small spec over the variables u, v and w; its formulas may use the prelude and the model values. */
export interface RandomSpec {
  /** Definitions that the formulas use, a line each. */
  readonly definitions: readonly string[];
  readonly init: string;
  /** A formula of several lines, which begins at the column that it was made for. */
  readonly next: string;
  readonly constraint: string;
  readonly invariant: string;
  /** Symmetric ones only: of which image it is taken shows in the counts. */
  readonly view: string | undefined;
  readonly isSymmetric: boolean;
  /** The values that each of the variables may have. */
  readonly domains: readonly string[];
}

/** A TLA+ tuple: where the values of the variables stand in their domains. */
export function placesOf({ domains }: RandomSpec): string {
  return `<<${SPEC_VARIABLES.map((name, position) => `Place(${domains[position]}, ${name})`).join(', ')}>>`;
}

/**
 * TLC orders texts as it sees them: here all are seen first, in one order, or a CHOOSE would depend on which specs
 * share a module.
 */
export const SPEC_PRELUDE = `
Names == [a |-> 1, b |-> 2, c |-> 3, a1 |-> 4, b1 |-> 5]
Texts == <<"", "ab", "hi", "ho", "zz", "x y", "new">>
RECURSIVE Place(_, _)
Place(S, value) ==
    LET first == CHOOSE each \\in S : TRUE IN IF first = value THEN 0 ELSE 1 + Place(S \\ {first}, value)
${PRELUDE}${OVERLAPPING_PRELUDE}${ROUTE_PRELUDE}`;

export const SPEC_VARIABLES = ['u', 'v', 'w'] as const;

/** What a variable may be: its values are few, so that the state space is small. */
interface Domain {
  readonly type: Type;
  readonly set: string;
}

const ANY_DOMAINS: readonly Domain[] = [
  { type: INTEGER, set: '0..2' },
  { type: BOOLEAN, set: 'BOOLEAN' },
  { type: STRING, set: '{"hi", "ho"}' },
  { type: INTEGER, set: '0..3' },
  { type: setOf(INTEGER), set: 'SUBSET (1..2)' },
  { type: { kind: 'function', from: INTEGER, to: BOOLEAN }, set: '[1..2 -> BOOLEAN]' },
  {
    type: { kind: 'record', fields: { a1: BOOLEAN, b1: INTEGER } },
    set: '[a1 : BOOLEAN, b1 : 0..1]',
  },
  { type: { kind: 'tuple', items: [INTEGER, INTEGER] }, set: '(0..1) \\X (0..2)' },
];
const MODEL_DOMAINS: readonly Domain[] = [
  { type: MODEL, set: '{m1, m2, m3}' },
  { type: setOf(MODEL), set: 'SUBSET {m1, m2, m3}' },
];

/** A name that is given to a value before the action that uses it. */
interface Hoisted {
  readonly name: string;
  readonly value: string;
}

/** Two or three variables with small domains, and actions of every shape that TLC enumerates. */
class SpecGenerator {
  readonly #choices: Choices;
  readonly #g: ExpressionGenerator;
  readonly #routes: Routes;
  readonly #overlapping: OverlappingSets;
  readonly #domains: readonly Domain[];
  readonly #isSymmetric: boolean;
  readonly #definitions: string[] = [];
  readonly #suffix: string;

  constructor(choices: Choices, suffix: string, isSymmetric: boolean) {
    this.#choices = choices;
    // Under symmetry a literal model value would break it: only the sets of all of them occur.
    this.#g = new ExpressionGenerator(choices, { isIllTyped: false });
    this.#routes = new Routes(choices, (prefix) => this.#g.freshName(prefix));
    this.#overlapping = new OverlappingSets(choices, (prefix) => this.#g.freshName(prefix), isSymmetric);
    this.#suffix = suffix;
    this.#isSymmetric = isSymmetric;
    const domains = isSymmetric
      ? [...MODEL_DOMAINS, INTEGER_DOMAIN, MODEL_FUNCTION]
      : [...ANY_DOMAINS, ...MODEL_DOMAINS];
    this.#domains = SPEC_VARIABLES.map(() => choices.from(domains));
  }

  spec(): RandomSpec {
    const view = this.#isSymmetric && this.#choices.oneIn(2) ? this.#view() : undefined;
    const init = this.#init();
    const actions = this.#choices.several(1, 3, (position) => this.#namedAction(position));
    const next = actions.join(' \\/ ');
    return {
      definitions: this.#definitions,
      init,
      next,
      constraint: this.#choices.oneIn(3) ? this.#guard(2) : 'TRUE',
      invariant: this.#choices.oneIn(2) ? this.#guard(2) : 'TRUE',
      view,
      isSymmetric: this.#isSymmetric,
      domains: this.#domains.map(({ set }) => set),
    };
  }

  #scope(bound: readonly Name[] = []): Scope {
    const variables = this.#variables();
    return [...variables, ...variables, ...bound];
  }

  #variables(): readonly Name[] {
    return SPEC_VARIABLES.map((name, position) => ({ name, type: this.#domain(position).type }));
  }

  /** The variables in the next state. */
  #primed(): readonly Name[] {
    return this.#variables().map(({ name, type }) => ({ name: `${name}'`, type }));
  }

  #domain(position: number): Domain {
    const domain = this.#domains[position];
    if (domain === undefined) throw new RangeError(`there is no variable ${position}`);
    return domain;
  }

  /** The values that a variable may have, or some of them, perhaps several times. */
  #elements(position: number): string {
    return this.#elementsOf(this.#domain(position));
  }

  #elementsOf({ set, type }: Domain): string {
    if (!this.#choices.oneIn(2)) return set;
    // Under symmetry most formulas would name a model value.
    const condition = (name: string) =>
      this.#isSymmetric ? `${name} = ${name}` : this.#g.expression(BOOLEAN, [{ name, type }], 1).text;
    return this.#overlapping.like(set, type, condition);
  }

  #view(): string {
    const { type } = this.#choices.from(this.#domains);
    return this.#choices.grow([
      () => this.#choices.from(SPEC_VARIABLES),
      () => `<<${this.#choices.from(SPEC_VARIABLES)}, ${this.#choices.from(SPEC_VARIABLES)}>>`,
      () => this.#g.expression(type, this.#scope(), 2).text,
    ]);
  }

  #init(): string {
    const each = SPEC_VARIABLES.map((name, position) => {
      const { set, type } = this.#domain(position);
      return this.#choices.grow([
        () => `${name} \\in ${this.#elements(position)}`,
        () => `${name} = (CHOOSE ${this.#g.freshName('x')} \\in ${set} : TRUE)`,
        () => this.#initBySet(name, type, this.#elements(position)),
      ]);
    });
    return [...each, ...(this.#choices.oneIn(3) ? [this.#lateCondition([])] : [])].join(' /\\ ');
  }

  #initBySet(name: string, _type: Type, set: string): string {
    const bound = this.#g.freshName('x');
    return `(\\E ${bound} \\in ${set} : ${name} = ${bound})`;
  }

  /** A definition of its own for every action, some with a parameter. */
  #namedAction(position: number): string {
    const name = `A${position}_${this.#suffix}`;
    if (this.#choices.oneIn(3)) {
      const domain = this.#choices.from(this.#domains);
      const parameter = { name: this.#g.freshName('p'), type: domain.type };
      this.#define(`${name}(${parameter.name})`, this.#action([parameter]));
      const bound = this.#g.freshName('x');
      return `(\\E ${bound} \\in ${this.#elementsOf(domain)} : ${name}(${bound}))`;
    }
    this.#define(name, this.#action([]));
    return name;
  }

  #define(head: string, lines: readonly string[]): void {
    this.#definitions.push(`${head} ==`, ...lines.map((line) => `    ${line}`));
  }

  #action(bound: readonly Name[]): string[] {
    const guard = this.#choices.oneIn(4) ? [] : [this.#guard(2, bound)];
    const primed: Name[] = [];
    const hoisted: Hoisted[] = [];
    const updates = SPEC_VARIABLES.map((name, position) => {
      const update = this.#update(name, position, [...bound, ...primed], hoisted);
      if (update !== undefined) primed.push({ name: `${name}'`, type: this.#domain(position).type });
      return update;
    });
    const stays = SPEC_VARIABLES.filter((_, position) => updates[position] === undefined);
    const unchanged =
      stays.length === 0
        ? []
        : [stays.length === 1 ? `UNCHANGED ${stays[0]}` : `UNCHANGED <<${stays.join(', ')}>>`];
    const late = this.#choices.oneIn(3) ? [this.#lateCondition([...bound, ...this.#primed()])] : [];
    const comparison = this.#choices.oneIn(3) ? [this.#comparison(bound)] : [];
    const parts = [
      ...guard,
      ...updates.filter((each) => each !== undefined),
      ...unchanged,
      ...late,
      ...comparison,
    ];
    const whole = parts.map((part) => `/\\ ${part}`);
    const action = this.#choices.grow([
      () => whole,
      () => whole,
      () => this.#branching(parts),
      () => this.#within(parts, bound),
    ]);
    return hoisted.reduce<string[]>((lines, each) => this.#behind(each, lines), action);
  }

  /** An action inside of what gives a name to a value, which the action reads in each of its ways. */
  #behind({ name, value }: Hoisted, lines: readonly string[]): string[] {
    const inside = lines.map((line) => `  ${line}`);
    return this.#choices.grow([
      () => [`LET ${name} == ${value} IN`, ...inside],
      () => [
        `LET ${name}(${name}0) == ${value} IN`,
        ...inside.map((line) => line.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), `${name}(0)`)),
      ],
      () => [`Call(LAMBDA ${name} :`, ...inside, `  , ${value})`],
    ]);
  }

  /** A condition that may be true in several ways, behind all assignments: TLC does not count them there. */
  #lateCondition(bound: readonly Name[]): string {
    const { set, type } = this.#choices.from(this.#domains);
    const [x, y] = [this.#g.freshName('x'), this.#g.freshName('y')];
    const inside = [...bound, { name: x, type }, { name: y, type }];
    return this.#choices.grow([
      () => `(${this.#guard(1, bound)} \\/ ${this.#guard(1, bound)})`,
      () => `(\\E ${x}, ${y} \\in ${set} : ${this.#guard(1, inside)})`,
      () => `(${this.#guard(1, bound)} => (${this.#guard(1, bound)} \\/ ${this.#guard(1, bound)}))`,
    ]);
  }

  /** What is said of both states, behind all assignments; it is hardly ever false for every step. */
  #comparison(bound: readonly Name[]): string {
    const { type } = this.#choices.from(this.#domains);
    const now = this.#scope(bound);
    const before = this.#g.expression(type, now, 1).text;
    const after = this.#g.expression(type, [...now, ...this.#primed()], 1).text;
    const relation = this.#choices.from(['=', '#']);
    return this.#routes.around(`${this.#routes.later(before)} ${relation} ${this.#routes.around(after)}`);
  }

  /** The same conjuncts below an IF, a CASE or a disjunction, where every branch sets all variables. */
  #branching(parts: readonly string[]): string[] {
    const action = parts.join(' /\\ ');
    const stutter = `UNCHANGED <<${SPEC_VARIABLES.join(', ')}>>`;
    const condition = this.#guard(1);
    return this.#choices.grow([
      () => [`IF ${condition} THEN ${action} ELSE ${stutter}`],
      () => [`CASE ${condition} -> (${action}) [] OTHER -> ${stutter}`],
      () => [`\\/ ${action}`, `\\/ /\\ ${condition}`, `   /\\ ${stutter}`],
      () => [`\\/ ${stutter} /\\ ${condition}`, `\\/ ${action}`, `\\/ ${action}`],
    ]);
  }

  #within(parts: readonly string[], bound: readonly Name[]): string[] {
    const domain = this.#choices.from(this.#domains);
    const name = this.#g.freshName('v');
    const lines = parts.map((part) => `/\\ ${part}`);
    return this.#choices.grow([
      () => {
        const value = this.#g.expression(domain.type, this.#scope(bound), 1).text;
        return [`LET ${name} == ${value}`, 'IN', ...lines.map((line) => ` ${line}`)];
      },
      () => [`\\E ${name} \\in ${this.#elementsOf(domain)} :`, ...lines.map((line) => `  ${line}`)],
      () => [`(${parts.join(') /\\ (')})`],
    ]);
  }

  /** What becomes of a variable; undefined if it is to stay. */
  #update(name: string, position: number, bound: readonly Name[], hoisted: Hoisted[]): string | undefined {
    const { type, set } = this.#domain(position);
    const scope = this.#scope(bound);
    const value = () => `(${this.#g.expression(type, scope, 1 + this.#choices.pick(2)).text})`;
    // Whatever comes out is put back into the domain, or the state space would have no end.
    const within = (text: string) =>
      `(LET q${name} == ${text} IN IF q${name} \\in ${set} THEN q${name} ELSE ${name})`;
    return this.#choices.grow<string | undefined>([
      () => undefined,
      () => `${name}' = ${within(value())}`,
      () => this.#routes.assignment(name, within(this.#routes.around(value()))),
      () => {
        const kept = { name: this.#g.freshName('h'), value: this.#ofPrimed(bound, type) };
        hoisted.push(kept);
        return this.#choices.grow([
          () => `${name}' = ${within(kept.name)}`,
          () => `${name}' \\in {${within(kept.name)}}`,
        ]);
      },
      () => `${name}' \\in ${this.#elements(position)}`,
      () => `${name}' \\in (${this.#elements(position)}) \\ {(${this.#g.expression(type, scope, 1).text})}`,
      () => `${name}' \\in {${name}} \\cup {${within(value())}}`,
      () => `(${name}' = ${name} \\/ ${name}' = ${within(value())})`,
      () => {
        const x = this.#g.freshName('x');
        const guard = this.#guard(1, [...bound, { name: x, type }]);
        return `(\\E ${x} \\in ${this.#elements(position)} : (${guard}) /\\ ${name}' = ${x})`;
      },
      () => {
        const [x, y] = [this.#g.freshName('x'), this.#g.freshName('y')];
        const inside = [...bound, { name: x, type }, { name: y, type }];
        return `(\\E ${x}, ${y} \\in ${set} : (${this.#guard(1, inside)}) /\\ ${name}' = ${y})`;
      },
    ]);
  }

  /** A value that depends on what another variable has become, if one has become anything. */
  #ofPrimed(names: readonly Name[], type: Type): string {
    const value = () => this.#g.expression(type, this.#scope(names), 1).text;
    const primed = names.filter(({ name }) => name.endsWith("'"));
    if (primed.length === 0) return value();
    const one = this.#choices.from(primed);
    const other = this.#g.expression(one.type, this.#scope(), 0).text;
    return `IF ${one.name} = ${other} THEN ${value()} ELSE (CHOOSE each \\in ${this.#domainOf(type)} : each # (${value()}))`;
  }

  #domainOf(type: Type): string {
    const domain = this.#domains.find((each) => each.type === type);
    if (domain === undefined) throw new RangeError('no variable has this type');
    return domain.set;
  }

  #guard(depth: number, bound: readonly Name[] = []): string {
    const scope = this.#scope(bound);
    const any = () => this.#g.expression(BOOLEAN, scope, depth).text;
    const aboutOne = () => {
      const { name, type } = this.#choices.from(scope);
      return this.#choices.grow([
        () => `${name} ${this.#choices.from(['=', '#'])} (${this.#g.expression(type, scope, depth).text})`,
        () => `${name} \\in (${this.#g.expression(setOf(type), scope, depth).text})`,
        () => `${name} \\notin (${this.#g.expression(setOf(type), scope, depth).text})`,
      ]);
    };
    return `(${this.#choices.grow([aboutOne, any, aboutOne])})`;
  }
}

const INTEGER_DOMAIN: Domain = { type: INTEGER, set: '0..2' };
const MODEL_FUNCTION: Domain = {
  type: { kind: 'function', from: MODEL, to: INTEGER },
  set: '[{m1, m2, m3} -> 0..1]',
};
const MOST_CHARACTERS = 1500;

/** One random spec: definitions bear the suffix, so that many of them fit into one module. */
export function randomSpec(numbers: readonly number[], suffix: string, isSymmetric: boolean): RandomSpec {
  return new SpecGenerator(new Choices(numbers), suffix, isSymmetric).spec();
}

/** So many specs; the same for the same seed. Those with a literal model value are not symmetric. */
export function randomSpecs(count: number, seed: number, isSymmetric = false): readonly RandomSpec[] {
  const specs: RandomSpec[] = [];
  for (const numbers of fc.sample(DECISIONS, { numRuns: 4 * count, seed })) {
    const spec = randomSpec(numbers, String(specs.length + 1), isSymmetric);
    const text = JSON.stringify(spec);
    if (text.length > MOST_CHARACTERS || hasManyWays(text) || (isSymmetric && breaksSymmetry(spec))) continue;
    specs.push(spec);
    if (specs.length === count) break;
  }
  return specs;
}

/** Two names over a set of eight are 64 ways; three times that, and a state has millions. */
function hasManyWays(text: string): boolean {
  return (text.match(/\\E \w+, \w+ \\\\in SUBSET \{m1/g) ?? []).length > 1;
}

/** A model value by its name, or a CHOOSE among them. */
function breaksSymmetry(spec: RandomSpec): boolean {
  const text = JSON.stringify(spec).replaceAll('{m1, m2, m3}', '');
  return /\bm[123]\b|CHOOSE/.test(text);
}
