import fc from 'fast-check';
import { Choices } from './choices.fixture.ts';
import { ROUTE_PRELUDE, Routes } from './routes.fixture.ts';

/** A small spec with a specification for each kind of fairness, and temporal formulas about it. */
export interface RandomProperties {
  /** The module `Live`, which defines all of them. */
  readonly module: string;
  readonly specifications: readonly string[];
  readonly properties: readonly string[];
}

const ACTIONS = ['A', 'B', 'C'] as const;
const DECISIONS = 4_000;

/** @param count how many formulas */
export function randomProperties(count: number, seed: number): RandomProperties {
  const numbers = fc.array(fc.nat(), { minLength: DECISIONS, maxLength: DECISIONS });
  const [decisions = []] = fc.sample(numbers, { numRuns: 1, seed });
  const generator = new PropertyGenerator(new Choices(decisions));
  const properties = Array.from({ length: count }, (_, position) => `P${position}`);
  const specifications = Array.from({ length: 3 }, (_, position) => `Spec${position}`);
  const module = `---- MODULE Live ----
EXTENDS Integers
VARIABLES x, y
${ROUTE_PRELUDE}
vars == <<x, y>>
Init == x = 0 /\\ y = 0
${ACTIONS.map((name) => `${name} == ${generator.action()}`).join('\n')}
Next == ${ACTIONS.join(' \\/ ')}
${specifications.map((name) => `${name} == Init /\\ [][Next]_vars${generator.fairness()}`).join('\n')}
${properties.map((name) => `${name} == ${generator.property()}`).join('\n')}
====
`;
  return { module, specifications, properties };
}

/** Six states, actions of a few steps each, and the forms of temporal formulas that TLC checks. */
class PropertyGenerator {
  readonly #choices: Choices;
  readonly #routes: Routes;
  #names = 0;

  constructor(choices: Choices) {
    this.#choices = choices;
    this.#routes = new Routes(choices, (prefix) => {
      this.#names += 1;
      return `${prefix}${this.#names}`;
    });
  }

  action(): string {
    const state = (prime: string) =>
      `x${prime} = ${this.#choices.pick(3)} /\\ y${prime} = ${this.#choices.pick(2)}`;
    const steps = this.#choices.several(2, 4, () => `(${state('')} /\\ ${state("'")})`);
    return this.#choices.oneIn(4)
      ? `${steps.join(' \\/ ')} \\/ (x = 1 /\\ x' \\in 0..2 /\\ y' = y)`
      : steps.join(' \\/ ');
  }

  fairness(): string {
    const all = ACTIONS.flatMap((name) =>
      this.#choices.from([
        [],
        [`WF_vars(${name})`],
        [`SF_vars(${name})`],
        [`WF_x(${name})`],
        [`SF_y(${name})`],
      ]),
    );
    if (this.#choices.oneIn(4)) all.push('WF_vars(Next)');
    if (this.#choices.oneIn(5)) all.push(`[]<>(${this.#predicate()})`);
    return all.map((each) => ` /\\ ${each}`).join('');
  }

  /** TLC takes a formula about each step only where it stands alone. */
  property(): string {
    return this.#choices.oneIn(5) ? `[][${this.#step()}]_vars` : this.formula(2);
  }

  formula(depth: number): string {
    const inner = (): string => this.formula(depth - 1);
    const simple = [
      () => `[]<>(${this.#predicate()})`,
      () => `<>[](${this.#predicate()})`,
      () => `((${this.#predicate()}) ~> (${this.#predicate()}))`,
      () => `<>(${this.#predicate()})`,
      () => `[]<><<${this.#action()}>>_vars`,
      () => `<>[][~${this.#action()}]_vars`,
      () => `WF_vars(${this.#action()})`,
      () => `SF_vars(${this.#action()})`,
      () => `[]((${this.#predicate()}) => <>(${this.#predicate()}))`,
      () => `[](${this.#predicate()})`,
      () => `[]<><<${this.#step()}>>_vars`,
      () => `WF_vars(${this.#action()} /\\ ${this.#step()})`,
      () => `<>((${this.#predicate()}) /\\ []<>(${this.#predicate()}))`,
      () => `(\\A i \\in 0..1 : []<>(y = i) \\/ <>[](x = i))`,
      () => `(\\E i \\in 0..2 : (x = i) ~> (y = 1))`,
    ];
    if (depth === 0) return this.#choices.grow(simple);
    return this.#choices.grow([
      ...simple,
      () => `(${inner()} /\\ ${inner()})`,
      () => `(${inner()} \\/ ${inner()})`,
      () => `(${inner()} => ${inner()})`,
      () => `~(${inner()})`,
      () => `((${this.#predicate()}) => ${inner()})`,
    ]);
  }

  #predicate(): string {
    return this.#choices.grow([
      () => `x = ${this.#choices.pick(3)}`,
      () => `y = ${this.#choices.pick(2)}`,
      () => `x # y`,
      () => `x < 2 /\\ y = ${this.#choices.pick(2)}`,
      () => `x = 2 \\/ y = 1`,
      () => `ENABLED ${this.#action()}`,
    ]);
  }

  /** What is said of a step, by way of names and operators. */
  #step(): string {
    const value = () => this.#choices.from(['x', 'y', 'x + y', '2 * x - y', 'IF x = 1 THEN y ELSE 2']);
    const relation = this.#choices.from(['=', '#', '<', '>=']);
    const after = this.#routes.later(value());
    return this.#routes.around(`${after} ${relation} ${this.#routes.around(value())}`);
  }

  #action(): string {
    return this.#choices.from(ACTIONS);
  }
}
