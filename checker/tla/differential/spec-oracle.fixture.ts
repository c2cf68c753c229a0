import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TlcJar } from '../../tlc/tlc-jar.ts';
import { runTlc } from '../../tlc/tlc-process.ts';
import { MODEL_VALUES } from './expression-generator.fixture.ts';
import { placesOf, type RandomSpec, SPEC_PRELUDE, SPEC_VARIABLES } from './random-spec.fixture.ts';
import { writeRouteModules } from './routes.fixture.ts';

/** What is found out about a spec: its whole state space, and where it first goes wrong. */
export interface SpecCounts {
  readonly generated: number;
  readonly distinct: number;
  readonly depth: number;
  /** The level of the first state that violates the invariant; 0 if none does. */
  readonly violated: number;
  /** The level of the first state without a successor; 0 if there is none. */
  readonly deadlocked: number;
  /** A sum over the distinct states; 0 of symmetric specs, of which any state stands for others. */
  readonly sum: number;
}

/** What a state adds to the sum: the places of its values, each with a weight. */
export const WEIGHTS = [7, 61, 487] as const;

export type SpecOutcome =
  | { readonly kind: 'counts'; readonly counts: SpecCounts }
  | { readonly kind: 'refused'; readonly message: string };

const MODULE = 'Specs';

/**
 * Levels of a behaviour that goes on after all others have ended, and then has the registers printed. No spec of so
 * few states is deeper.
 */
const LAST_LEVEL = 100;
const REGISTERS = ['generated', 'distinct', 'depth', 'violated', 'deadlocked', 'sum'] as const;

/** The view of specs that have none, where others have one. */
const WHOLE_STATE = `<<${SPEC_VARIABLES.join(', ')}>>`;

/** The level of the state that an invariant is evaluated in: TLC says that of the state before, 0 of initial states. */
const LEVEL = '(TLCGet("level") + 1)';

/** The most specs of a batch that TLC may refuse: each costs a start of it. */
const MOST_REFUSALS = 12;

/**
 * Explores hundreds of specs by one start of TLC: the variable `which` says which of them a behaviour follows, and
 * TLC's registers count for each of them. A spec that cannot be evaluated is left out, and TLC is started again.
 *
 * @param specs all symmetric, or none
 * @throws Error if TLC cannot read the module, or refuses more than a dozen of the specs
 */
export async function exploreWithTlc(
  jar: Pick<TlcJar, 'path'>,
  specs: readonly RandomSpec[],
): Promise<readonly SpecOutcome[]> {
  const outcomes = new Map<number, SpecOutcome>();
  for (let refusals = 0; refusals <= MOST_REFUSALS; refusals += 1) {
    const left = [...specs.keys()].filter((position) => !outcomes.has(position));
    const run = await runBatch(jar, specs, left);
    if (run.kind === 'refused') {
      outcomes.set(run.position, { kind: 'refused', message: run.message });
      continue;
    }
    for (const [position, counts] of run.counts) outcomes.set(position, { kind: 'counts', counts });
    return specs.map((_, position) => {
      const outcome = outcomes.get(position);
      if (outcome === undefined) throw new Error(`TLC says nothing about spec ${position}`);
      return outcome;
    });
  }
  throw new Error(`TLC refuses more than ${MOST_REFUSALS} of these specs`);
}

type BatchRun =
  | { readonly kind: 'counts'; readonly counts: ReadonlyMap<number, SpecCounts> }
  | { readonly kind: 'refused'; readonly position: number; readonly message: string };

async function runBatch(
  jar: Pick<TlcJar, 'path'>,
  specs: readonly RandomSpec[],
  positions: readonly number[],
): Promise<BatchRun> {
  const folder = await mkdtemp(join(tmpdir(), 'raftcheck-differential-'));
  try {
    const specFile = join(folder, `${MODULE}.tla`);
    const configFile = join(folder, `${MODULE}.cfg`);
    await writeRouteModules(folder);
    await writeFile(specFile, batchModule(specs, positions));
    await writeFile(configFile, batchConfig(specs));
    const result = await runTlc({ jar, specFile, configFile, short: true });
    const { end, complaints, counterexample, printed } = result;
    if (end === 'evaluationError') {
      const which = Number(counterexample.at(-1)?.variables['which'] ?? lastBegun(printed) ?? positions[0]);
      return { kind: 'refused', position: which, message: complaints[0]?.message ?? '' };
    }
    if (end !== 'noError') {
      throw new Error(`TLC ends with ${end}: ${JSON.stringify([complaints, result.violation])}`);
    }
    return { kind: 'counts', counts: readCounts(printed) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The spec whose initial states were found last: of an error among these TLC does not tell the state. */
function lastBegun(printed: readonly string[]): string | undefined {
  const last = printed.findLast((line) => line.startsWith('<<"begins"'));
  return /\d+/.exec(last ?? '')?.[0];
}

/** `<<"spec", 3, 120, 40, 5, 0, 0>>` for every spec. */
function readCounts(printed: readonly string[]): ReadonlyMap<number, SpecCounts> {
  const counts = new Map<number, SpecCounts>();
  for (const line of printed) {
    const [, numbers] = /^<<"spec", (.*)>>$/.exec(line) ?? [];
    if (numbers === undefined) continue;
    const [position = 0, generated = 0, distinct = 0, depth = 0, violated = 0, deadlocked = 0, sum = 0] =
      numbers.split(', ').map(Number);
    // TLC says 1 where there is no state at all.
    counts.set(position, { generated, distinct, depth: Math.max(1, depth), violated, deadlocked, sum });
  }
  return counts;
}

function batchModule(specs: readonly RandomSpec[], positions: readonly number[]): string {
  const chosen = positions.flatMap((position) => {
    const spec = specs[position];
    return spec === undefined ? [] : [{ position, spec }];
  });
  const most = specs.length;
  const of = (formula: (spec: RandomSpec) => string) =>
    decided(chosen.map(({ position, spec }) => ({ position, formula: formula(spec) })));
  const register = (name: (typeof REGISTERS)[number]) =>
    `(which + ${(REGISTERS.indexOf(name) + 1) * (most + 1)})`;
  const add = (name: 'generated' | 'distinct' | 'sum', what = '1') =>
    `TLCSet(${register(name)}, TLCGet(${register(name)}) + ${what})`;
  const mark = (spec: RandomSpec) =>
    spec.isSymmetric ? '0' : `LET p == ${placesOf(spec)} IN (${markOf('p')})`;
  const first = (name: 'violated' | 'deadlocked') =>
    `(TLCGet(${register(name)}) # 0 \\/ TLCSet(${register(name)}, ${LEVEL}))`;
  return `---- MODULE ${MODULE} ----
EXTENDS Integers, Sequences, FiniteSets, Bags, TLC
CONSTANTS ${MODEL_VALUES.join(', ')}
VARIABLES which, ${SPEC_VARIABLES.join(', ')}
${SPEC_PRELUDE}
${chosen.flatMap(({ spec }) => spec.definitions).join('\n')}
Symmetry == Permutations({${MODEL_VALUES.join(', ')}})
Init == \\/ (which = -1 /\\ ${SPEC_VARIABLES.map((name) => `${name} = 0`).join(' /\\ ')})
        ${chosen.map(({ position, spec }) => `\\/ (which = ${position} /\\ ${spec.init})`).join('\n        ')}
Next == (IF which >= 0
         THEN which' = which /\\ (${of(({ next }) => next)})
         ELSE which > -${LAST_LEVEL} /\\ which' = which - 1 /\\ UNCHANGED <<${SPEC_VARIABLES.join(', ')}>>)
Bound == ${of(({ constraint }) => constraint)}
Invariant == ${of(({ invariant }) => invariant)}
Mark == ${of(mark)}
View == IF which < 0 THEN which ELSE <<which, ${of(({ view }) => view ?? WHOLE_STATE)}>>
Begins == TLCGet(${register('generated')}) # 0 \\/ PrintT(<<"begins", which>>)
Counted == which < 0 \\/ (Begins /\\ ${add('generated')} /\\ Bound)
Counts ==
    /\\ Invariant \\/ ${first('violated')}
    /\\ Bound =>
         /\\ ${add('distinct')}
         /\\ ${add('sum', 'Mark')}
         /\\ TLCSet(${register('depth')}, ${LEVEL})
         /\\ ENABLED Next \\/ ${first('deadlocked')}
Report == \\A k \\in {${positions.join(', ')}} :
    PrintT(<<"spec", k, ${REGISTERS.map((_, position) => `TLCGet(k + ${(position + 1) * (most + 1)})`).join(', ')}>>)
Seen == IF which < 0 THEN which > -${LAST_LEVEL} \\/ Report ELSE Counts
ASSUME \\A register \\in 0..${(REGISTERS.length + 2) * (most + 1)} : TLCSet(register, 0)
====
`;
}

const markOf = (places: string): string =>
  `(${WEIGHTS.map((weight, index) => `${weight} * ${places}[${index + 1}]`).join(' + ')})^2 % 997`;

/** The formula of the spec that `which` names, found by halving: an IF for each spec would be tried for every state. */
function decided(formulas: readonly { readonly position: number; readonly formula: string }[]): string {
  const middle = formulas.length >> 1;
  const at = formulas[middle];
  if (at === undefined) return 'TRUE';
  if (middle === 0) return `(${at.formula})`;
  return `(IF which < ${at.position}\nTHEN ${decided(formulas.slice(0, middle))}\nELSE ${decided(formulas.slice(middle))})`;
}

function batchConfig(specs: readonly RandomSpec[]): string {
  return [
    'INIT Init',
    'NEXT Next',
    'CONSTRAINT Counted',
    'INVARIANT Seen',
    'CHECK_DEADLOCK FALSE',
    ...(specs.some(({ isSymmetric }) => isSymmetric) ? ['SYMMETRY Symmetry'] : []),
    ...(specs.some(({ view }) => view !== undefined) ? ['VIEW View'] : []),
    'CONSTANTS',
    ...MODEL_VALUES.map((name) => `    ${name} = ${name}`),
    '',
  ].join('\n');
}
