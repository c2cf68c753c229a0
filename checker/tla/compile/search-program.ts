import { EvaluationError } from '../values/evaluation-error.ts';
import { normalise } from '../values/operations.ts';
import type { Value } from '../values/value.ts';
import type { State } from './compiled-spec.ts';
import { type Effects, Host } from './host.ts';
import { linkSource } from './link.ts';

/** A state under construction: variables without a value yet are undefined. */
export type Draft = (Value | undefined)[];
export type Search = (current: State, found: (next: Draft) => void) => void;

/**
 * A compiled initial predicate and action as text, which depends on the modules alone: it can be kept, so that the
 * next start needs neither parser nor compiler.
 */
export interface SearchProgram {
  readonly variables: readonly string[];
  readonly initial: string;
  readonly next: string;
}

/** A search program that runs, with the values of the constants. */
export interface Searches {
  initialStates(found: (state: State) => void): void;
  successors(from: State, found: (to: State) => void): void;
}

/** Errors of what these evaluate have no place: CompiledModule's have. */
export function openSearches(
  program: SearchProgram,
  constants: ReadonlyMap<string, Value>,
  effects: Effects,
): Searches {
  const host = new Host(constants, effects);
  const { variables } = program;
  const initial = linkSource<Search>(program.initial, host);
  const next = linkSource<Search>(program.next, host);
  return {
    initialStates: (found) => initial([], (draft) => found(completeState(draft, undefined, variables))),
    successors: (from, found) => next(from, (draft) => found(completeState(draft, from, variables))),
  };
}

/**
 * A found state of its own, every variable of which has a value that no longer depends on anything.
 *
 * @param maker what it is called that should say so
 */
export function completeState(
  draft: Draft,
  from: State | undefined,
  variables: readonly string[],
  maker = from === undefined ? 'initial predicate' : 'action',
): State {
  const state: Value[] = [];
  for (let index = 0; index < variables.length; index += 1) {
    const value = draft[index];
    if (value === undefined) throw incomplete(draft, variables, maker);
    state.push(value === from?.[index] ? value : normalise(value));
  }
  return state;
}

function incomplete(draft: Draft, variables: readonly string[], maker: string): EvaluationError {
  const missing = variables.filter((_name, index) => draft[index] === undefined);
  const [last = '', ...others] = missing.toReversed();
  const what =
    others.length === 0
      ? `what the variable ${last} is`
      : `what the variables ${others.reverse().join(', ')} and ${last} are`;
  return new EvaluationError('RC1871', `the ${maker} does not say ${what}`);
}
