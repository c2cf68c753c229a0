import type { Fairness, Literal, StrongFairness, Temporal } from './temporal.ts';

/**
 * Formulas as demands on what happens in the long run, as far as they are such: an automaton need not know of these. WF and
 * []<>P are of one kind, SF is of another.
 */
export function fairnessOf(formulas: readonly Temporal[]): Fairness {
  const recurring: (readonly Literal[])[] = [];
  const strong: StrongFairness[] = [];
  const assumed: Temporal[] = [];
  for (const formula of formulas.flatMap(conjunctsOf)) {
    const again = recurringIn(formula);
    const pair = strongIn(formula);
    if (again !== undefined) recurring.push(again);
    else if (pair !== undefined) strong.push(pair);
    else assumed.push(formula);
  }
  return { recurring, strong, assumed };
}

/** Both together. */
export function bothFair(one: Fairness, other: Fairness): Fairness {
  return {
    recurring: [...one.recurring, ...other.recurring],
    strong: [...one.strong, ...other.strong],
    assumed: [...one.assumed, ...other.assumed],
  };
}

/** Demands of which one after the other is to be met, without a disjunction among what is assumed. */
export function* casesOf(fairness: Fairness): Generator<Fairness> {
  const { assumed } = fairness;
  const choice = assumed.findIndex(({ kind }) => kind === 'or');
  const chosen = assumed[choice];
  if (chosen?.kind !== 'or') {
    yield fairness;
    return;
  }
  const others = { ...fairness, assumed: assumed.toSpliced(choice, 1) };
  for (const part of chosen.parts) yield* casesOf(bothFair(others, fairnessOf([part])));
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
