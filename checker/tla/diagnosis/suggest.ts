import type { ServerTraceEvent } from '../../../traces/trace-format.ts';
import type { Difference, Suggestion } from '../../verdict.ts';
import { commandContent } from '../trace/event-values.ts';
import { Alternatives } from './alternatives.ts';
import { type Fields, fieldsOf, textIn } from './event-record.ts';
import { fieldsThatDiffer } from './fields-that-differ.ts';
import type { Step } from './raft-steps.ts';
import type { RecordedEffects } from './recorded-effects.ts';
import type { ServerView } from './server-view.ts';
import type { StepTaker } from './step-outcome.ts';
import { inTraceNotation, type Notation } from './trace-notation.ts';

/** How far a step is from what was recorded: first what differs counts, then how much of it. */
interface Distance {
  readonly variables: number;
  readonly fields: number;
}

/** Where the recorded action is not enabled nothing can be compared: an explanation may leave so much open at most. */
const NOT_ENABLED: Distance = { variables: 2, fields: Number.POSITIVE_INFINITY };

/**
 * The step that explains an event best, if it leaves less unexplained than the recorded action does: what the event
 * names as action, message and choices counts as recorded too, so another one of these is a difference.
 *
 * @param differences those of the recorded action; undefined where it is not enabled
 */
export function suggest(
  event: ServerTraceEvent,
  differences: readonly Difference[] | undefined,
  { view, taker, effects }: { view: ServerView; taker: StepTaker; effects: RecordedEffects },
): Suggestion | undefined {
  const alternatives = new Alternatives(event, view);
  let limit = differences === undefined ? NOT_ENABLED : distanceOf(differences);
  // Another action has to explain nearly all: little would be left of the event otherwise.
  const mostOfOthers = differences === undefined ? 1 : 2;
  let best: Suggestion | undefined;
  const tryStep = (step: Step): void => {
    const named = differencesOfChoice(event, step);
    for (const nextIndex of effects.nextIndex === undefined ? [undefined] : [effects.nextIndex, undefined]) {
      const outcome = taker.take(step, nextIndex);
      if (outcome === undefined) continue;
      const differing = effects.differencesFrom(outcome);
      const variables = distanceOf(named).variables + differing.length;
      if (variables > limit.variables || (step.action !== event.action && variables > mostOfOthers)) continue;
      const found = [...named, ...differing.map((each) => effects.describe(each))];
      const distance = distanceOf(found);
      if (!isLess(distance, limit)) continue;
      limit = distance;
      const { id } = step.message ?? {};
      const message = id !== undefined && named.length > 0 ? { message: id } : {};
      best = { action: step.action, step: step.text, ...message, differences: found };
    }
  };
  // An event that records no effect would be explained by whatever has none.
  const hasEffect = effects.recordsChange || 'sends' in event;
  for (const step of alternatives.sameAction()) if (hasEffect || step.message === undefined) tryStep(step);
  if (effects.recordsChange) for (const step of alternatives.otherActions()) tryStep(step);
  return best;
}

/**
 * Another message counts for half: that one in flight happens to have all of the recorded effects is less likely than
 * that one value is wrong; but if it is the message that is wrong, one value may well be all that shows.
 */
const MESSAGE_WEIGHT = 0.5;

function distanceOf(differences: readonly Difference[]): Distance {
  return {
    variables: differences.reduce(
      (sum, { variable }) => sum + (variable === 'message' ? MESSAGE_WEIGHT : 1),
      0,
    ),
    fields: differences.reduce((sum, { fields }) => sum + Math.max(1, weightOf(fields)), 0),
  };
}

/**
 * An entry that is missing altogether weighs as much as one whose term and command both differ: leaving it out explains
 * nothing. A command in the place of a hash is one difference, though it is two fields.
 */
function weightOf(fields: readonly string[]): number {
  const places = new Set(fields.map((path) => path.replace(/\.(?:hash|noop)$/, '.command')));
  let weight = 0;
  for (const place of places) weight += /\b(?:entries|append)\.\d+$/.test(place) ? 2 : 1;
  return weight;
}

function isLess(a: Distance, b: Distance): boolean {
  return a.variables < b.variables || (a.variables === b.variables && a.fields < b.fields);
}

/** What of the action, its message and its arguments is not as the event names it. */
function differencesOfChoice(event: ServerTraceEvent, step: Step): readonly Difference[] {
  const other = (variable: string, expected: unknown, recorded: unknown): Difference => ({
    variable,
    fields: [],
    expected,
    recorded,
  });
  if (step.action !== event.action) return [other('action', step.action, event.action)];
  const found: Difference[] = [];
  if ('message' in event && step.message !== undefined) {
    const { id, value } = step.message;
    const expected = inTraceNotation(value);
    const isSame = fieldsThatDiffer(expected, JSON.parse(JSON.stringify(event.message))).length === 0;
    if (!isSame) found.push(other('message', id ?? expected, event.message.id));
  }
  const args = fieldsOf(step.fields.get('args'));
  if ('args' in event && event.args !== undefined) {
    for (const [name, recorded] of Object.entries(event.args)) {
      const expected = argument(args, name);
      // A commitIndex that is observed stands in the state, and is compared there.
      if (expected !== undefined && expected !== recorded)
        found.push(other(`args.${name}`, expected, recorded));
    }
  }
  return found;
}

/** An argument of a step as a trace has it; a command or its hash, whichever it is. */
function argument(args: Fields, name: string): Notation | undefined {
  if (name !== 'command' && name !== 'hash') {
    const value = args.get(name);
    return value === undefined ? undefined : inTraceNotation(value);
  }
  const content = commandContent(textIn(args, 'command') ?? '');
  return content === undefined ? undefined : Object.values(content)[0];
}
