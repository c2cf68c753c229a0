import { basename } from 'node:path';
import type { State } from '../compile/compiled-spec.ts';
import type { MetChoice } from '../compile/probe.ts';
import type { Definition, Expression, Module } from '../syntax/ast.ts';
import { isInside, type Span } from '../syntax/span.ts';
import { same } from '../values/operations.ts';
import { FunctionValue, SequenceValue, type Value } from '../values/value.ts';
import { type ToldCondition, toldReason } from './conditions.ts';
import type { DiagnosisSpec, Evaluation, ValueDifference } from './diagnosis-spec.ts';
import { fieldsOf } from './event-record.ts';

/** So many conditions are tried: each costs an evaluation of the event. */
const MOST_CHOICES = 32;
/** What these decide is how a trace is read, not what Raft does. */
const OF_THE_CHECK: ReadonlySet<string> = new Set(['RaftTrace.tla', 'Diagnosis.tla']);

/**
 * The condition of an IF or CASE on which it rests which value the spec gives to a variable that differs: if it were the
 * other way, the recorded value would be the spec's. Where there is none, the last one that makes any difference to what
 * differs in the value. It is found by trying: the event is evaluated once more for each condition, with that one turned
 * around. Where an arm that was not chosen cannot be evaluated, trying does not tell.
 *
 * @param behind the expressions that the value may depend on
 */
export function decidingChoice(
  spec: DiagnosisSpec,
  state: State,
  event: Value,
  variable: string,
  behind: ReadonlySet<Expression>,
): ToldCondition | undefined {
  const specified = specifiedOf(spec.evaluate(state, event)?.differences ?? [], variable);
  if (specified === undefined) return undefined;
  const recorded = recordedOf(event, variable);
  let fewest = Number.POSITIVE_INFINITY;
  let best: MetChoice | undefined;
  let last: MetChoice | undefined;
  let untried: MetChoice | undefined;
  for (const [subject, choice] of subjects(spec, spec.choices(state, event), behind)) {
    const otherwise = spec.evaluateOtherwise(state, event, (each) => subjectOf(each) === subject);
    if (otherwise === undefined) {
      if (behind.has(choice.site.expression)) untried = choice;
    } else if (explains(otherwise, variable)) {
      if (otherwise.differences.length < fewest) {
        fewest = otherwise.differences.length;
        best = choice;
      }
    } else if (changes(otherwise, variable, specified, recorded)) last = choice;
  }
  return tell(best ?? last ?? untried);
}

function explains({ after, differences }: Evaluation, variable: string): boolean {
  return after !== undefined && specifiedOf(differences, variable) === undefined;
}

function changes(
  { differences }: Evaluation,
  variable: string,
  specified: Value,
  recorded: Value | undefined,
): boolean {
  const value = specifiedOf(differences, variable);
  return value !== undefined && changesWhatDiffers(value, specified, recorded);
}

/** Whether a value is not the specified one in a part in which that is not the recorded one. */
function changesWhatDiffers(value: Value, specified: Value, recorded: Value | undefined): boolean {
  const parts = partsOf(specified);
  const [others, records] = [partsOf(value), partsOf(recorded)];
  if (parts === undefined || others?.length !== parts.length || records?.length !== parts.length)
    return !same(value, specified);
  return parts.some((part, index) => {
    const [other, record] = [others[index], records[index]];
    if (other === undefined || record === undefined || same(part, record)) return false;
    return changesWhatDiffers(other, part, record);
  });
}

/** The fields of a record or the items of a sequence, in an order of their own. */
function partsOf(value: Value | undefined): readonly Value[] | undefined {
  if (value instanceof SequenceValue) return value.toArray();
  return value instanceof FunctionValue && value.shape.isRecord ? value.values : undefined;
}

function recordedOf(event: Value, variable: string): Value | undefined {
  const fields = fieldsOf(event);
  return fields.get(variable) ?? fieldsOf(fields.get('state')).get(variable);
}

function specifiedOf(differences: readonly ValueDifference[], variable: string): Value | undefined {
  return differences.find(({ what }) => what === variable)?.specified;
}

/**
 * What is asked, with a place where it is asked: an operator may decide in several places at once. The first place counts
 * on which the value may depend, or else the first. Where a recursion ends decides nothing.
 */
function subjects(
  { spec: { module } }: DiagnosisSpec,
  choices: readonly MetChoice[],
  behind: ReadonlySet<Expression>,
): ReadonlyMap<Definition | Expression, MetChoice> {
  const found = new Map<Definition | Expression, MetChoice>();
  const isNear = (choice: MetChoice): boolean => behind.has(choice.site.expression);
  for (const choice of choices) {
    const { span } = choice.site.expression;
    if (OF_THE_CHECK.has(basename(span.file)) || isInRecursion(span, module)) continue;
    const subject = subjectOf(choice);
    const known = found.get(subject);
    const isBetter = known === undefined ? found.size < MOST_CHOICES : !isNear(known) && isNear(choice);
    if (isBetter) found.set(subject, choice);
  }
  return found;
}

function isInRecursion(place: Span, { definitions }: Module): boolean {
  return [...definitions.values()].some(
    ({ target }) => target.kind === 'definition' && target.isRecursive && isInside(place, target.body.span),
  );
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
