import type { State } from '../compile/compiled-spec.ts';
import { itemAt } from '../values/item-at.ts';
import {
  apply,
  except,
  functionOf,
  isMember,
  modelValue,
  recordOf,
  recordShape,
  setOf,
  string,
  union,
} from '../values/operations.ts';
import type { ModelValue, Value } from '../values/value.ts';
import type { ExploredModel, Permutation } from './explored-model.ts';
import { modelOf } from './hand-written-models.fixture.ts';

const [RM_STATE, TM_STATE, TM_PREPARED, MESSAGES] = [0, 1, 2, 3];
const preparedShape = recordShape(['type', 'rm']);
const commit = recordOf(recordShape(['type']), [string('Commit')]);
const abort = recordOf(recordShape(['type']), [string('Abort')]);

/** Lamport's TwoPhase with so many resource managers; symmetric if asked. */
export function twoPhaseCommit(
  managers: number,
  isSymmetric: boolean,
  parts: Partial<ExploredModel> = {},
): ExploredModel {
  const rms = Array.from({ length: managers }, (_, i) => modelValue(`rm${i + 1}`));
  const all = setOf([...rms]);
  const working = functionOf(
    rms,
    rms.map(() => string('working')),
  );
  return modelOf({
    variables: ['rmState', 'tmState', 'tmPrepared', 'msgs'],
    initial: [[working, string('init'), setOf([]), setOf([])]],
    next: (state) => [...managerSteps(state, all.items.length), ...rms.flatMap((rm) => stepsOf(state, rm))],
    ...(isSymmetric ? { symmetry: swaps(rms) } : {}),
    ...parts,
  });
}

function changed(state: State, changes: ReadonlyMap<number, Value>): State {
  return state.map((value, variable) => changes.get(variable) ?? value);
}

function managerSteps(state: State, managers: number): State[] {
  if (state[TM_STATE] !== string('init')) return [];
  const found: State[] = [];
  const decide = (decision: string, message: Value) => {
    const msgs = union(itemAt(state, MESSAGES), setOf([message]));
    found.push(
      changed(
        state,
        new Map<number, Value>([
          [TM_STATE, string(decision)],
          [MESSAGES, msgs],
        ]),
      ),
    );
  };
  const prepared = itemAt(state, TM_PREPARED);
  if (typeof prepared === 'object' && 'items' in prepared && prepared.items.length === managers)
    decide('committed', commit);
  decide('aborted', abort);
  return found;
}

function stepsOf(state: State, rm: Value): State[] {
  const found: State[] = [];
  const [rmState, msgs] = [itemAt(state, RM_STATE), itemAt(state, MESSAGES)];
  const prepared = recordOf(preparedShape, [string('Prepared'), rm]);
  const become = (next: string): [number, Value] => [RM_STATE, except(rmState, rm, () => string(next))];
  if (state[TM_STATE] === string('init') && isMember(prepared, msgs))
    found.push(changed(state, new Map([[TM_PREPARED, union(itemAt(state, TM_PREPARED), setOf([rm]))]])));
  if (apply(rmState, rm) === string('working')) {
    found.push(changed(state, new Map([become('prepared'), [MESSAGES, union(msgs, setOf([prepared]))]])));
    found.push(changed(state, new Map([become('aborted')])));
  }
  if (isMember(commit, msgs)) found.push(changed(state, new Map([become('committed')])));
  if (isMember(abort, msgs)) found.push(changed(state, new Map([become('aborted')])));
  return found;
}

/** Transpositions of neighbours: they generate all permutations. */
function swaps(points: readonly ModelValue[]): Permutation[] {
  return points.slice(1).map((point, i) => {
    const neighbour = itemAt(points, i);
    return new Map([
      [point, neighbour],
      [neighbour, point],
    ]);
  });
}
