import type { ModelVerdict } from '../model/model-verdict.ts';
import type { EngineOutcome } from '../model/run-engines.ts';

/** What a verdict says about a mutant. */
export const FATES = { violated: 'caught', holds: 'survived', inconclusive: 'undecided' } as const;

/** A line for each mutant. */
export function renderFate(
  mutant: string,
  property: string,
  { verdict, contradiction }: EngineOutcome,
): string {
  const fate = verdict.verdict === 'holds' ? 'SURVIVED' : FATES[verdict.verdict];
  const steps = verdict.verdict === 'violated' ? ` in ${verdict.steps.length - 1} steps` : '';
  const note = contradiction === undefined ? '' : `; RC5010: ${contradiction}`;
  return `${fate.padEnd(9)} ${mutant.padEnd(36)} ${property}${steps}${note}`;
}

/** What the engines say as JSON; where several were asked, what each says besides. */
export function resultOf(
  name: string,
  { verdict, verdicts, failures, contradiction, coverage }: EngineOutcome,
): Record<string, unknown> {
  const result = { name, ...verdictOf(verdict), ...(coverage === undefined ? {} : { coverage }) };
  if (verdicts.length + failures.length < 2) return result;
  const engines = Object.fromEntries([
    ...verdicts.map((each) => [each.engine, verdictOf(each)]),
    ...failures.map((each) => [each.engine, { error: each.error.toDiagnostic() }]),
  ]);
  return { ...result, engines, contradiction: contradiction ?? null };
}

/** A verdict as JSON: of every step the whole state, and what changed. */
function verdictOf(verdict: ModelVerdict): Record<string, unknown> {
  if (verdict.verdict !== 'violated') return { ...verdict };
  return {
    ...verdict,
    steps: verdict.steps.map(({ variables, changed, ...step }) => ({ ...step, changed, state: variables })),
  };
}
