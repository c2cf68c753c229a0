import { evaluateWithTlc } from '../checker/tla/differential/expression-oracle.fixture.ts';
import { compareLiveness } from '../checker/tla/differential/liveness-comparison.fixture.ts';
import {
  type Difference,
  differences,
  evaluateNatively,
} from '../checker/tla/differential/native-evaluation.fixture.ts';
import { randomExpressions } from '../checker/tla/differential/random-expressions.fixture.ts';
import { randomProperties } from '../checker/tla/differential/random-properties.fixture.ts';
import { randomSpecs } from '../checker/tla/differential/random-spec.fixture.ts';
import { compareSpecs } from '../checker/tla/differential/spec-comparison.fixture.ts';
import { ensureTlcJar } from '../checker/tlc/tlc-install.ts';
import type { TlcJar } from '../checker/tlc/tlc-jar.ts';
import { hasFlag, numberAfter } from './cost/arguments.ts';

export const description =
  'random expressions, small random specs and temporal formulas: the native engine and TLC say the same';

const EXPRESSIONS_A_START = 5_000;
const SPECS_A_START = 300;
const FORMULAS_A_SPEC = 20;
/** Of each specification: each costs a start of TLC. */
const VIOLATED_ASKED = 5;
/** How many expressions may be refused by one engine alone. */
const MAX_SHARE_OF_REFUSALS = 0.002;

/**
 * What the test suite does with fixed seeds, with others and with as many as one likes. Prints each difference.
 *
 * @param args `--expressions N` (20,000), `--specs N` (900), `--formulas N` (temporal ones, 60), `--seed N` (1,000): batch k takes seed + k;
 *   `--symmetric`: specs with symmetry only
 * @throws where values or state spaces differ, or more than two expressions of a thousand are refused by one alone
 */
export async function run(args: readonly string[]): Promise<void> {
  const jar = await ensureTlcJar({});
  const seed = numberAfter(args, '--seed') ?? 1_000;
  const expressions = numberAfter(args, '--expressions') ?? 4 * EXPRESSIONS_A_START;
  const specs = numberAfter(args, '--specs') ?? 3 * SPECS_A_START;
  let different = 0;
  for (let done = 0; done < expressions; done += EXPRESSIONS_A_START) {
    const count = Math.min(EXPRESSIONS_A_START, expressions - done);
    different += await compareExpressions(jar, count, seed + done / EXPRESSIONS_A_START);
  }
  for (let done = 0; done < specs; done += SPECS_A_START) {
    const count = Math.min(SPECS_A_START, specs - done);
    const isSymmetric = hasFlag(args, '--symmetric');
    different += await compareSomeSpecs(jar, count, seed + done / SPECS_A_START, isSymmetric);
  }
  const formulas = numberAfter(args, '--formulas') ?? 3 * FORMULAS_A_SPEC;
  for (let done = 0; done < formulas; done += FORMULAS_A_SPEC) {
    const count = Math.min(FORMULAS_A_SPEC, formulas - done);
    different += await compareFormulas(jar, count, seed + done / FORMULAS_A_SPEC);
  }
  if (different > 0) throw new Error(`${different} differences`);
}

async function compareExpressions(jar: TlcJar, count: number, seed: number): Promise<number> {
  const expressions = randomExpressions(count, seed);
  const native = await evaluateNatively(expressions);
  const tlc = await evaluateWithTlc(jar, expressions);
  const different = differences(expressions, native, tlc);
  const values = tlc.filter(({ kind }) => kind === 'value').length;
  console.log(
    `seed ${seed}: ${expressions.length} expressions, ${values} of them with a value; ${different.length} differ`,
  );
  const text = (outcome: (typeof native)[number]) =>
    outcome.kind === 'value' ? outcome.text : `refused ${outcome.message}`;
  for (const each of different.toSorted((a, b) => a.expression.length - b.expression.length)) {
    console.log(`  ${each.expression}\n    native ${text(each.native)}\n    TLC    ${text(each.tlc)}`);
  }
  // A few ill-typed expressions have a value to one of them alone: it never looks at what is wrong, or it compares what
  // the other does not. Another value is a fault in any case.
  const contradictions = await countContradictions(different);
  const isFew = different.length - contradictions <= MAX_SHARE_OF_REFUSALS * expressions.length;
  return contradictions + (isFew ? 0 : different.length);
}

/** Of the differing values those that are not equal: TLC prints some records before it sorts their fields. */
async function countContradictions(different: readonly Difference[]): Promise<number> {
  const equations = different.flatMap(({ expression, native, tlc }) =>
    native.kind === 'value' && tlc.kind === 'value' ? [`(${expression}) = (${tlc.text})`] : [],
  );
  const answers = await evaluateNatively(equations);
  return answers.filter((answer) => answer.kind === 'refused' || answer.text !== 'TRUE').length;
}

async function compareSomeSpecs(
  jar: TlcJar,
  count: number,
  seed: number,
  isSymmetric: boolean,
): Promise<number> {
  const specs = randomSpecs(count, seed, isSymmetric);
  const { explored, states, violated, deadlocked, differences: different } = await compareSpecs(jar, specs);
  console.log(
    `seed ${seed}: ${specs.length} specs, ${explored} of them explored, ${states} states, ${violated} violated, ` +
      `${deadlocked} deadlocked; ${different.length} differ`,
  );
  for (const { module, native, tlc } of different) {
    console.log(`${module}  native ${JSON.stringify(native)}\n  TLC    ${JSON.stringify(tlc)}`);
  }
  return different.length;
}

async function compareFormulas(jar: TlcJar, count: number, seed: number): Promise<number> {
  const random = randomProperties(count, seed);
  const { holding, violated, differences: different } = await compareLiveness(jar, random, VIOLATED_ASKED);
  console.log(
    `seed ${seed}: ${count} temporal formulas under ${random.specifications.length} specifications, ${holding} hold, ` +
      `${violated} violated; ${different.length} differ`,
  );
  for (const each of different) console.log(`  ${each}`);
  if (different.length > 0) console.log(random.module);
  return different.length;
}
