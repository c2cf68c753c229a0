import type { TlcJar } from '../../tlc/tlc-jar.ts';
import { exploreNatively, moduleOfSpec } from './native-exploration.fixture.ts';
import type { RandomSpec } from './random-spec.fixture.ts';
import { exploreWithTlc, type SpecOutcome } from './spec-oracle.fixture.ts';

/** A spec of which native and TLC say different things. */
export interface SpecDifference {
  readonly module: string;
  readonly native: SpecOutcome;
  readonly tlc: SpecOutcome;
}

export interface SpecComparison {
  /** How many specs both explored. */
  readonly explored: number;
  readonly states: number;
  readonly violated: number;
  readonly deadlocked: number;
  readonly differences: readonly SpecDifference[];
}

/** How many of the specs that native refuses TLC is asked about: each costs a start of it. */
const REFUSALS_ASKED = 3;

/** Explores specs natively, then those that native explored by one start of TLC, and a few of those that it refused. */
export async function compareSpecs(
  jar: Pick<TlcJar, 'path'>,
  specs: readonly RandomSpec[],
): Promise<SpecComparison> {
  const outcomes: { readonly spec: RandomSpec; readonly native: SpecOutcome }[] = [];
  for (const spec of specs) outcomes.push({ spec, native: await exploreNatively(spec) });
  const differences: SpecDifference[] = [];
  const compare = async (some: typeof outcomes) => {
    const answers = await exploreWithTlc(
      jar,
      some.map(({ spec }) => spec),
    );
    for (const [position, { spec, native }] of some.entries()) {
      const tlc = answers[position];
      if (tlc !== undefined && !isSame(native, tlc)) {
        differences.push({ module: moduleOfSpec(spec), native, tlc });
      }
    }
  };
  const explored = outcomes.filter(({ native }) => native.kind === 'counts');
  await compare(explored);
  const refused = outcomes.filter(({ native }) => native.kind === 'refused');
  for (const each of refused.slice(0, REFUSALS_ASKED)) await compare([each]);
  const counts = explored.flatMap(({ native }) => (native.kind === 'counts' ? [native.counts] : []));
  return {
    explored: explored.length,
    states: counts.reduce((sum, { distinct }) => sum + distinct, 0),
    violated: counts.filter(({ violated }) => violated > 0).length,
    deadlocked: counts.filter(({ deadlocked }) => deadlocked > 0).length,
    differences,
  };
}

/** Refusals are alike whatever they say. */
function isSame(native: SpecOutcome, tlc: SpecOutcome): boolean {
  return (
    native.kind === tlc.kind && (native.kind === 'refused' || JSON.stringify(native) === JSON.stringify(tlc))
  );
}
