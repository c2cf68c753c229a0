import type { State } from '../compile/compiled-spec.ts';
import { EvaluationError } from '../values/evaluation-error.ts';
import type { ExploredModel } from './explored-model.ts';
import { counters, dieHard, notSolved, twoLocks } from './hand-written-models.fixture.ts';
import { twoPhaseCommit } from './two-phase-commit.fixture.ts';

const small = { name: 'Small', holds: (state: State) => Number(state[0]) < 12 };
const below = { name: 'Below', holds: (state: State) => Number(state[0]) < 13 };
const upwards = { name: 'Upwards', holds: (from: State, to: State) => Number(from[0]) <= Number(to[0]) };
const none = { name: 'None', holds: () => false };
const onlyX = { name: 'OnlyX', holds: (from: State, to: State) => from[1] === to[1] };
const x = { name: 'X', value: (state: State) => state[0] ?? 0 };
const rmStates = { name: 'RMStates', value: (state: State) => state[0] ?? 0 };
const refused = {
  name: 'Refused',
  holds: (state: State) => {
    if (state[0] === 7) throw new EvaluationError('RC1853', 'out of the domain');
    return true;
  },
};

/** Models for workers, by name. */
const models: Readonly<Record<string, () => ExploredModel>> = {
  counters: () => counters(20),
  manyCounters: () => counters(300),
  dieHard: () => dieHard(),
  solved: () => dieHard({ invariants: [notSolved] }),
  twoLocks: () => twoLocks(),
  constrained: () => counters(20, { constraints: [small], invariants: [below] }),
  violatedOutside: () => counters(20, { constraints: [small], invariants: [small] }),
  empty: () => counters(20, { constraints: [none] }),
  onlyX: () => counters(20, { actionConstraints: [onlyX] }),
  upwards: () => counters(20, { steps: [upwards] }),
  view: () => counters(20, { view: x }),
  refused: () => counters(20, { invariants: [refused] }),
  twoPhase: () => twoPhaseCommit(4, false),
  symmetricView: () => twoPhaseCommit(3, true, { view: rmStates }),
  symmetricTwoPhase: () => twoPhaseCommit(4, true),
};

export function openModel(job: unknown): ExploredModel {
  const open = models[String(job)];
  if (open === undefined) throw new RangeError(`no model ${job}`);
  return open();
}
