import type { StatePredicate, StepPredicate } from '../compile/compiled-spec.ts';

/** A formula about a state or a step, numbered among all that are looked at together. */
export type Atom = StateAtom | StepAtom;

export interface StateAtom {
  readonly level: 'state';
  readonly index: number;
  readonly predicate: StatePredicate;
}

export interface StepAtom {
  readonly level: 'step';
  readonly index: number;
  readonly predicate: StepPredicate;
}

/** An atom or its negation. */
export interface Literal {
  readonly atom: Atom;
  readonly holds: boolean;
}

/**
 * A formula of linear temporal logic, its negations at its atoms. `and` of nothing is TRUE, `or` of nothing is FALSE.
 * An atom speaks of the state where it stands, or of the step from there.
 */
export type Temporal =
  | ({ readonly kind: 'literal' } & Literal)
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Temporal[] }
  | { readonly kind: 'always' | 'eventually'; readonly operand: Temporal };

/** The conjunction, or TRUE or FALSE where that is plain. */
export const and = (...parts: readonly Temporal[]): Temporal => joined('and', parts);
export const or = (...parts: readonly Temporal[]): Temporal => joined('or', parts);
export const constant = (value: boolean): Temporal => (value ? and() : or());
export const always = (operand: Temporal): Temporal => ({ kind: 'always', operand });
export const eventually = (operand: Temporal): Temporal => ({ kind: 'eventually', operand });
export const literal = (atom: Atom, holds = true): Temporal => ({ kind: 'literal', atom, holds });

function joined(kind: 'and' | 'or', parts: readonly Temporal[]): Temporal {
  const all = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  const dual = all.find((part) => part.kind !== kind && 'parts' in part && part.parts.length === 0);
  if (dual !== undefined) return dual;
  const [only, ...others] = all;
  return only !== undefined && others.length === 0 ? only : { kind, parts: all };
}

export function negation(formula: Temporal): Temporal {
  switch (formula.kind) {
    case 'literal':
      return { ...formula, holds: !formula.holds };
    case 'and':
    case 'or':
      return { kind: formula.kind === 'and' ? 'or' : 'and', parts: formula.parts.map(negation) };
    case 'always':
    case 'eventually':
      return {
        kind: formula.kind === 'always' ? 'eventually' : 'always',
        operand: negation(formula.operand),
      };
  }
}

/** The same text for the same formula. */
export function textOf(formula: Temporal): string {
  switch (formula.kind) {
    case 'literal':
      return `${formula.holds ? '' : '~'}${formula.atom.index}`;
    case 'and':
    case 'or':
      return `(${formula.kind} ${formula.parts.map(textOf).join(' ')})`;
    case 'always':
    case 'eventually':
      return `${formula.kind === 'always' ? '[]' : '<>'}${textOf(formula.operand)}`;
  }
}

/** What a specification says about the long run, besides [][Next]_v. */
export interface Fairness {
  /** Each of them is true again and again: one of its literals is. WF is one, []<>P another. */
  readonly recurring: readonly (readonly Literal[])[];
  /** SF: where the action is enabled again and again, it is taken again and again. */
  readonly strong: readonly StrongFairness[];
  /** What is neither. */
  readonly assumed: readonly Temporal[];
}

export interface StrongFairness {
  readonly enabled: StateAtom;
  readonly taken: Atom;
}
