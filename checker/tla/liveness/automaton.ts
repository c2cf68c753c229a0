import { type Literal, type Temporal, textOf } from './temporal.ts';

/** A position of a behaviour: what is true there, and what has to be true of the rest. */
export interface AutomatonNode {
  readonly literals: readonly Literal[];
  readonly successors: readonly number[];
  /** Which of the automaton's promises are put off here: those of which `<>` still waits. */
  readonly postponed: ReadonlySet<number>;
}

/**
 * A generalised Buchi automaton: it accepts a behaviour if some run of it from an initial node agrees with all literals
 * and does not put off any of its promises for ever.
 */
export interface Automaton {
  readonly nodes: readonly AutomatonNode[];
  readonly initial: readonly number[];
  /** How many promises there are. */
  readonly promises: number;
}

/** More nodes than this are not worth a search, nor more cases on the way to them. */
const MOST_NODES = 2_000;
const MOST_CASES = 200_000;
/** More formulas that have to be true together are no formula that somebody wrote. */
const MOST_TOGETHER = 500;

/** The formula has too many cases. */
export class AutomatonTooLarge extends Error {}

/**
 * The automaton of a formula, by a tableau (Gerth, Peled, Vardi, Wolper: Simple On-the-fly Automatic Verification of
 * Linear Temporal Logic, 1995) that needs no more than [] and <>.
 *
 * @throws AutomatonTooLarge
 */
export function automatonOf(formula: Temporal): Automaton {
  return new Tableau().automaton(formula);
}

/** One way to make some formulas true: what must be true now, and what of the rest. */
interface Cover {
  readonly literals: ReadonlyMap<number, Literal>;
  readonly next: ReadonlyMap<string, Temporal>;
}

class Tableau {
  readonly #ids = new Map<string, number>();
  readonly #covers: Cover[] = [];
  readonly #promises = new Map<string, number>();
  #cases = 0;

  automaton(formula: Temporal): Automaton {
    const initial = this.#nodesFor([formula]);
    const successors: (readonly number[])[] = [];
    for (let at = 0; at < this.#covers.length; at += 1) {
      const cover = this.#covers[at];
      successors.push(cover === undefined ? [] : this.#nodesFor([...cover.next.values()]));
    }
    const nodes = this.#covers.map(({ literals, next }, at): AutomatonNode => {
      const postponed = [...next.keys()].flatMap((text) => this.#promises.get(text) ?? []);
      return {
        literals: [...literals.values()],
        successors: successors[at] ?? [],
        postponed: new Set(postponed),
      };
    });
    return { nodes, initial, promises: this.#promises.size };
  }

  #nodesFor(formulas: readonly Temporal[]): readonly number[] {
    const found = this.#cover(formulas, { literals: new Map(), next: new Map() });
    return [...new Set(found.map((cover) => this.#numberOf(cover)))];
  }

  #numberOf(cover: Cover): number {
    const literals = [...cover.literals.values()].map(
      ({ atom, holds }) => `${holds ? '' : '~'}${atom.index}`,
    );
    const key = `${literals.sort().join(' ')} | ${[...cover.next.keys()].sort().join(' ')}`;
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.#covers.length;
      if (id === MOST_NODES) throw new AutomatonTooLarge(`more than ${MOST_NODES} nodes`);
      this.#ids.set(key, id);
      this.#covers.push(cover);
    }
    return id;
  }

  /** All ways to make the formulas true. */
  #cover([formula, ...others]: readonly Temporal[], so: Cover): readonly Cover[] {
    this.#cases += 1;
    if (this.#cases > MOST_CASES) throw new AutomatonTooLarge(`more than ${MOST_CASES} cases`);
    if (others.length > MOST_TOGETHER) throw new AutomatonTooLarge(`more than ${MOST_TOGETHER} formulas`);
    if (formula === undefined) return [so];
    switch (formula.kind) {
      case 'literal': {
        const known = so.literals.get(formula.atom.index);
        if (known !== undefined) return known.holds === formula.holds ? this.#cover(others, so) : [];
        return this.#cover(others, {
          ...so,
          literals: new Map([...so.literals, [formula.atom.index, formula]]),
        });
      }
      case 'and':
        return this.#cover([...formula.parts, ...others], so);
      case 'or':
        return formula.parts.flatMap((part) => this.#cover([part, ...others], so));
      case 'always':
        return this.#cover([formula.operand, ...others], later(so, formula));
      case 'eventually': {
        const text = textOf(formula);
        if (!this.#promises.has(text)) this.#promises.set(text, this.#promises.size);
        return [...this.#cover([formula.operand, ...others], so), ...this.#cover(others, later(so, formula))];
      }
    }
  }
}

function later(cover: Cover, formula: Temporal): Cover {
  return { ...cover, next: new Map([...cover.next, [textOf(formula), formula]]) };
}
