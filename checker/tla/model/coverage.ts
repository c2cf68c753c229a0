import { nameAction } from '../compile/action-name.ts';
import type { CountedConjunct } from '../compile/compile-spec.ts';
import type { State } from '../compile/compiled-spec.ts';
import type { Definition, Expression, Reference } from '../syntax/ast.ts';
import { type PreparedModel, replacementsOf } from './prepared-model.ts';

/** An action of the next-state relation, and how many steps it took: successors found, repetitions included. */
export interface ActionCoverage {
  readonly action: string;
  readonly file: string;
  readonly line: number;
  readonly taken: number;
}

/** A conjunct that decides about successors, how often it was evaluated, and how often it was true. */
export interface ConjunctCoverage {
  /** The definition that it stands in; null at the root. */
  readonly definition: string | null;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly evaluated: number;
  readonly held: number;
}

/** What a search has met of the spec. */
export interface Coverage {
  readonly actions: readonly ActionCoverage[];
  /** In the order of their places; those that were never evaluated too. */
  readonly conjuncts: readonly ConjunctCoverage[];
}

/** Counts what a search meets. */
export class CoverageCounter {
  /** To be used as the model's successors. */
  readonly successors: (from: State, found: (to: State) => void) => void;
  readonly #taken = new Map<string, number>();
  readonly #conjuncts: () => readonly CountedConjunct[];
  readonly #actions: readonly Definition[];

  constructor(model: PreparedModel) {
    const { specification, compiled } = model;
    const next = specification?.next;
    if (next === undefined) {
      this.successors = () => {};
      this.#actions = [];
      this.#conjuncts = () => [];
      return;
    }
    const replaced = replacementsOf(model);
    const counted = compiled.compileCounted(next);
    this.#conjuncts = counted.conjuncts;
    this.#actions = actionsOf(next, replaced);
    this.successors = (from, found) => {
      counted.successors(from, (to, entered) => {
        const calls = entered.map((name) => ({ name }));
        this.#take(nameAction(next, calls, replaced).name);
        found(to);
      });
    };
  }

  report(): Coverage {
    const actions = this.#actions.map(({ name, body }) => ({
      action: name,
      file: body.span.file,
      line: body.span.line,
      taken: this.#taken.get(name) ?? 0,
    }));
    const conjuncts = this.#conjuncts().map(({ expression, definition, evaluated, held }) => {
      const { file, line, column } = expression.span;
      return { definition: definition ?? null, file, line, column, evaluated, held };
    });
    return { actions, conjuncts: merged(conjuncts).sort(byPlace) };
  }

  #take(action: string): void {
    this.#taken.set(action, (this.#taken.get(action) ?? 0) + 1);
  }
}

/** A conjunct may be compiled more than once, for several instances or ways to use it. */
function merged(conjuncts: readonly ConjunctCoverage[]): ConjunctCoverage[] {
  const byPlaceText = new Map<string, ConjunctCoverage>();
  for (const each of conjuncts) {
    const key = `${each.file}:${each.line}:${each.column}`;
    const known = byPlaceText.get(key);
    byPlaceText.set(
      key,
      known === undefined
        ? each
        : { ...known, evaluated: known.evaluated + each.evaluated, held: known.held + each.held },
    );
  }
  return [...byPlaceText.values()];
}

function byPlace(a: ConjunctCoverage, b: ConjunctCoverage): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}

/** The definitions that steps are named after, each once, in the order of the next-state relation. */
function actionsOf(next: Expression, replaced: (reference: Reference) => Reference): Definition[] {
  const actionsIn = (expression: Expression, within: Definition | undefined): Definition[] => {
    const itself = within === undefined ? [] : [within];
    switch (expression.kind) {
      case 'reference':
      case 'apply': {
        const { target } = replaced(expression.reference);
        const isAction = target.kind === 'definition' && !target.isRecursive;
        return isAction ? actionsIn(target.body, target) : itself;
      }
      case 'disjunction':
        return expression.items.flatMap((item) => actionsIn(item, within));
      case 'quantified':
        return expression.quantifier === 'exists' ? actionsIn(expression.body, within) : itself;
      case 'let':
      case 'within':
        return actionsIn(expression.body, within);
      default:
        return itself;
    }
  };
  return [...new Set(actionsIn(next, undefined))];
}
