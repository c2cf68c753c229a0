import { nameAction } from '../compile/action-name.ts';
import type { ActionCall, State, Successor } from '../compile/compiled-spec.ts';
import type { Path } from '../explore/explore-report.ts';
import type { Span } from '../syntax/span.ts';
import { EvaluationError } from '../values/evaluation-error.ts';
import { same } from '../values/operations.ts';
import type { Value } from '../values/value.ts';
import { type PreparedModel, replacementsOf } from './prepared-model.ts';

/** A state of a behaviour, and how it came about. */
export interface BehaviourStep {
  readonly state: State;
  /** The action's name, as TLC names it; `Initial predicate` for the first state. */
  readonly action: string;
  /** Where the action stands; undefined for the first state. */
  readonly span: Span | undefined;
  /** The definitions that led here, outermost first, with the values of their arguments. */
  readonly calls: readonly ActionCall[];
}

/** States that follow each other, each with the action that led to it. */
export interface Behaviour {
  readonly variables: readonly string[];
  /** The values of the constants, operators left out. */
  readonly constants: ReadonlyMap<string, Value>;
  readonly steps: readonly BehaviourStep[];
  /** Where it goes on for ever: the place in `steps`, from 0, that follows the last one; null if that stays as it is. */
  readonly loopsTo?: number | null;
}

/** Finds for each step of a path the action that takes it. */
export function explainPath(path: Path, model: PreparedModel): Behaviour {
  const { compiled, specification } = model;
  const next = specification?.next;
  const explained = next === undefined ? undefined : compiled.compileExplainedNext(next);
  const replaced = replacementsOf(model);
  const steps = path.map((state, index): BehaviourStep => {
    const before = path[index - 1];
    if (before === undefined || next === undefined || explained === undefined) {
      return { state, action: 'Initial predicate', span: undefined, calls: [] };
    }
    compiled.level.current = index;
    const calls = findStep(explained, before, state)?.calls ?? [];
    const { name, span } = nameAction(next, calls, replaced);
    return { state, action: name, span, calls };
  });
  return { variables: compiled.variables, constants: constantsOf(model), steps };
}

function constantsOf({ module, compiled }: PreparedModel): ReadonlyMap<string, Value> {
  const constants = module.constants.filter((constant) => constant.arity === 0);
  return new Map(
    constants.map((target) => {
      const reference = { target, via: [] };
      return [target.name, compiled.evaluate({ kind: 'reference', reference, span: target.span })];
    }),
  );
}

function findStep(
  explained: (from: State, found: (to: Successor) => void) => void,
  from: State,
  to: State,
): Successor | undefined {
  let match: Successor | undefined;
  try {
    explained(from, (successor) => {
      if (match === undefined && isSame(successor.state, to)) match = successor;
    });
  } catch (error) {
    // A later successor may have no value: the search for a violation has not come to it.
    if (match === undefined || !(error instanceof EvaluationError)) throw error;
  }
  return match;
}

function isSame(a: State, b: State): boolean {
  return a.every((value, index) => {
    const other = b[index];
    return other !== undefined && same(value, other);
  });
}
