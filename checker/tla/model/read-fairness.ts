import type { Fairness, Literal, StrongFairness, Temporal } from '../liveness/temporal.ts';
import type { Expression } from '../syntax/ast.ts';
import type { TemporalReader } from './temporal-reader.ts';

/**
 * The fairness of a specification: its WF and SF and what it says besides.
 *
 * @throws UnreadableFormula
 */
export function readFairness(conjuncts: readonly Expression[], reader: TemporalReader): Fairness {
  const recurring: (readonly Literal[])[] = [];
  const strong: StrongFairness[] = [];
  const assumed: Temporal[] = [];
  for (const formula of conjuncts.flatMap((each) => conjunctsOf(reader.read(reader.formulaOf(each))))) {
    const again = recurringIn(formula);
    const pair = strongIn(formula);
    if (again !== undefined) recurring.push(again);
    else if (pair !== undefined) strong.push(pair);
    else assumed.push(formula);
  }
  return { recurring, strong, assumed };
}

/** The formulas of which one is the conjunction. */
export function conjunctsOf(formula: Temporal): readonly Temporal[] {
  return formula.kind === 'and' ? formula.parts : [formula];
}

/** What of []<>P \/ []<>Q is true again and again: a literal of each. WF is such a formula. */
function recurringIn(formula: Temporal): readonly Literal[] | undefined {
  const parts = formula.kind === 'or' ? formula.parts : [formula];
  const literals = parts.flatMap((part) => under('always', 'eventually', part) ?? []);
  return literals.length === parts.length ? literals : undefined;
}

/** SF: <>[]~ENABLED <<A>>_v \/ []<><<A>>_v. */
function strongIn(formula: Temporal): StrongFairness | undefined {
  if (formula.kind !== 'or' || formula.parts.length !== 2) return undefined;
  const [first, second] = formula.parts;
  const disabled = first && under('eventually', 'always', first);
  const taken = second && under('always', 'eventually', second);
  if (disabled === undefined || taken === undefined || disabled.holds || !taken.holds) return undefined;
  const { atom: enabled } = disabled;
  return enabled.level === 'state' ? { enabled, taken: taken.atom } : undefined;
}

/** P of []<>P, or of <>[]P. */
function under(
  outer: 'always' | 'eventually',
  inner: 'always' | 'eventually',
  formula: Temporal,
): Literal | undefined {
  if (formula.kind !== outer || formula.operand.kind !== inner) return undefined;
  const { operand } = formula.operand;
  return operand.kind === 'literal' ? operand : undefined;
}
