import { basename } from 'node:path';
import type { State } from '../compile/compiled-spec.ts';
import type { MetChoice } from '../compile/probe.ts';
import type { Definition, Expression } from '../syntax/ast.ts';
import type { Span } from '../syntax/span.ts';
import { equal } from '../values/operations.ts';
import type { Value } from '../values/value.ts';
import { type ToldCondition, toldReason } from './conditions.ts';
import type { DiagnosisSpec, Evaluation, ValueDifference } from './diagnosis-spec.ts';

/** So many conditions are tried: each costs an evaluation of the event. */
const MOST_CHOICES = 32;
/** What these decide is how a trace is read, not what Raft does. */
const OF_THE_CHECK: ReadonlySet<string> = new Set(['RaftTrace.tla', 'Diagnosis.tla']);

/**
 * The condition of an IF or CASE on which it rests which value the spec gives to a variable that differs: if it were the
 * other way, the recorded value would be the spec's. Where there is none, the last one that makes any difference to the
 * value. It is found by trying: the event is evaluated once more for each condition, with that one turned around.
 *
 * @param mayDepend whether the value may depend on what stands at a place: asked to tell the place, and where an arm that
 *   was not chosen cannot be evaluated, so that trying does not tell
 */
export function decidingChoice(
  spec: DiagnosisSpec,
  state: State,
  event: Value,
  variable: string,
  mayDepend: (place: Span) => boolean,
): ToldCondition | undefined {
  const specified = specifiedOf(spec.evaluate(state, event)?.differences ?? [], variable);
  if (specified === undefined) return undefined;
  let fewest = Number.POSITIVE_INFINITY;
  let best: MetChoice | undefined;
  let last: MetChoice | undefined;
  for (const [subject, choice] of subjects(spec.choices(state, event), mayDepend)) {
    const otherwise = spec.evaluateOtherwise(state, event, (each) => subjectOf(each) === subject);
    if (otherwise === undefined) {
      if (mayDepend(choice.site.expression.span)) last = choice;
    } else if (explains(otherwise, variable)) {
      if (otherwise.differences.length < fewest) {
        fewest = otherwise.differences.length;
        best = choice;
      }
    } else if (changes(otherwise, variable, specified)) last = choice;
  }
  return tell(best ?? last);
}

function explains({ after, differences }: Evaluation, variable: string): boolean {
  return after !== undefined && specifiedOf(differences, variable) === undefined;
}

function changes({ differences }: Evaluation, variable: string, specified: Value): boolean {
  const value = specifiedOf(differences, variable);
  return value !== undefined && !equal(value, specified);
}

function specifiedOf(differences: readonly ValueDifference[], variable: string): Value | undefined {
  return differences.find(({ what }) => what === variable)?.specified;
}

/**
 * What is asked, with a place where it is asked: an operator may decide in several places at once. The first place counts
 * on which the value may depend, or else the first.
 */
function subjects(
  choices: readonly MetChoice[],
  mayDepend: (place: Span) => boolean,
): ReadonlyMap<Definition | Expression, MetChoice> {
  const found = new Map<Definition | Expression, MetChoice>();
  const isNear = (choice: MetChoice): boolean => mayDepend(choice.site.expression.span);
  for (const choice of choices) {
    if (OF_THE_CHECK.has(basename(choice.site.expression.span.file))) continue;
    const subject = subjectOf(choice);
    const known = found.get(subject);
    const isBetter = known === undefined ? found.size < MOST_CHOICES : !isNear(known) && isNear(choice);
    if (isBetter) found.set(subject, choice);
  }
  return found;
}

function subjectOf({ site: { expression } }: MetChoice): Definition | Expression {
  if (expression.kind !== 'apply' && expression.kind !== 'reference') return expression;
  const { target } = expression.reference;
  return target.kind === 'definition' ? target : expression;
}

function tell(choice: MetChoice | undefined): ToldCondition | undefined {
  if (choice === undefined) return undefined;
  const account = choice.account();
  return account === undefined
    ? { site: choice.site, holds: choice.holds, seen: [] }
    : toldReason(account, choice.holds);
}
