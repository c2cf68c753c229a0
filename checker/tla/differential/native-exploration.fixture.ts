import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StatePredicate } from '../compile/compiled-spec.ts';
import { explore } from '../explore/explore.ts';
import type { ExploreReport, Violation } from '../explore/explore-report.ts';
import type { ExploredModel } from '../explore/explored-model.ts';
import { prepareModel } from '../model/prepared-model.ts';
import { resetTokens } from '../values/atoms.ts';
import { SequenceValue, type Value } from '../values/value.ts';
import { MODEL_VALUES } from './expression-generator.fixture.ts';
import { placesOf, type RandomSpec, SPEC_PRELUDE, SPEC_VARIABLES } from './random-spec.fixture.ts';
import { writeRouteModules } from './routes.fixture.ts';
import { type SpecOutcome, WEIGHTS } from './spec-oracle.fixture.ts';

const MODULE = 'Spec';
/** More than any of the small state spaces has: a generator gone wrong should be told, not waited for. */
const MOST_STATES = 50_000;

/** One spec as a module of its own. A constraint that is FALSE whatever the state would be refused; this one reads a variable. */
export function moduleOfSpec(spec: RandomSpec): string {
  return `---- MODULE ${MODULE} ----
EXTENDS Integers, Sequences, FiniteSets, Bags, TLC
CONSTANTS ${MODEL_VALUES.join(', ')}
VARIABLES ${SPEC_VARIABLES.join(', ')}
${SPEC_PRELUDE}
${spec.definitions.join('\n')}
Symmetry == Permutations({${MODEL_VALUES.join(', ')}})
Init == ${spec.init}
Next == ${spec.next}
Bound == ${SPEC_VARIABLES[0]} = ${SPEC_VARIABLES[0]} /\\ (${spec.constraint})
Invariant == ${spec.invariant}
View == ${spec.view ?? 'TRUE'}
Places == ${placesOf(spec)}
CanGoOn == Bound => ENABLED Next
====
`;
}

export function configOfSpec({ isSymmetric, view }: RandomSpec): string {
  return [
    'INIT Init',
    'NEXT Next',
    'CONSTRAINT Bound',
    'INVARIANTS Invariant CanGoOn',
    ...(isSymmetric ? ['SYMMETRY Symmetry'] : []),
    ...(view === undefined ? [] : ['VIEW View']),
    ...(isSymmetric ? [] : ['VIEW Places']),
    'CONSTANTS',
    ...MODEL_VALUES.map((name) => `    ${name} = ${name}`),
    '',
  ].join('\n');
}

/** Explores a spec as exploreWithTlc does: all of it, and where it first goes wrong. */
export async function exploreNatively(spec: RandomSpec): Promise<SpecOutcome> {
  resetTokens();
  const folder = await mkdtemp(join(tmpdir(), 'raftcheck-differential-'));
  try {
    const specFile = join(folder, `${MODULE}.tla`);
    await writeRouteModules(folder);
    await writeFile(specFile, moduleOfSpec(spec));
    const { explored } = await prepareModel({
      specFile,
      configFile: `${MODULE}.cfg`,
      configText: configOfSpec(spec),
      libraryFolders: [],
    });
    return exploreModel(explored, spec.isSymmetric);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function exploreModel(model: ExploredModel, isSymmetric: boolean): SpecOutcome {
  const sum = isSymmetric ? undefined : new StateSum(model);
  const report = explore(sum === undefined ? { ...model, checkDeadlock: true } : sum.ofModel(), {
    continueAfterViolation: true,
    maxStates: MOST_STATES,
  });
  if (report.outcome === 'failed') {
    const { code, message } = report.failure.error;
    return { kind: 'refused', message: `${report.failure.during.what}: ${code} ${message}` };
  }
  if (report.outcome === 'exhausted') throw new Error(`more than ${MOST_STATES} states`);
  const { generated, distinct, depth } = report;
  const deadlocked = levelOf(report, ({ kind }) => kind === 'deadlock');
  const disabled = levelOf(report, (each) => each.kind === 'invariant' && each.name === 'CanGoOn');
  if (deadlocked !== disabled && model.constraints.length === 0) {
    throw new Error(`a deadlock at level ${deadlocked}, but Next is disabled at level ${disabled}`);
  }
  const violated = levelOf(report, (each) => each.kind === 'invariant' && each.name === 'Invariant');
  return { kind: 'counts', counts: { generated, distinct, depth, violated, deadlocked, sum: sum?.sum ?? 0 } };
}

/** Adds up the states that are found, which are told by the places of their values: the view of a model that has none. */
class StateSum {
  readonly #model: ExploredModel;
  sum = 0;

  constructor(model: ExploredModel) {
    this.#model = model;
  }

  ofModel(): ExploredModel {
    const { view: places, ...model } = this.#model;
    if (places === undefined) throw new RangeError('the model does not tell the places of its values');
    const added: StatePredicate = {
      name: 'Added',
      holds: (state) => {
        if (model.constraints.every((constraint) => constraint.holds(state))) this.#add(places.value(state));
        return true;
      },
    };
    // First, as none behind a violated one is asked.
    return { ...model, checkDeadlock: true, invariants: [added, ...model.invariants] };
  }

  #add(places: Value): void {
    if (!(places instanceof SequenceValue)) throw new RangeError('no tuple of places');
    const weighted = WEIGHTS.reduce<number>(
      (all, weight, index) => all + weight * Number(places.at(index)),
      0,
    );
    this.sum += weighted ** 2 % 997;
  }
}

/** How many states lead to the first violation of a kind; 0 if there is none. */
function levelOf(report: ExploreReport, isIt: (violation: Violation) => boolean): number {
  const violations = report.outcome === 'violated' ? report.violations : [];
  return violations.find(isIt)?.path.length ?? 0;
}
