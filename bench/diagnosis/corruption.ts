import type { Random } from '../../impl/random.ts';
import type { TraceEvent } from '../../traces/trace-format.ts';
import { fieldMutations, nameOf, type Path } from '../mutations/mutate-field.ts';
import type { Run } from '../mutations/score.ts';

/** One field of one event of an accepted trace, changed. */
export interface Corruption {
  readonly run: Run;
  /** The events with the changed one, which may be no event any more. */
  readonly events: readonly TraceEvent[];
  /** The position of the event, from 0. */
  readonly at: number;
  readonly action: string;
  /**
   * What a diagnosis has to name, all of it and nothing else: variables, `sends`, `releases`, `message`, `action`, or
   * arguments such as `args.writes`.
   */
  readonly variables: readonly string[];
  /** The field and what was done to it, for people. */
  readonly text: string;
}

/** How often an event gets another message or another action, as far as it can: those fields are not changed else. */
const OTHER_CHOICE = 0.1;

/** Draws an event of a run, and one of all the changes that its fields allow. */
export function drawCorruption(run: Run, random: Random): Corruption | undefined {
  const at = random.below(run.events.length);
  const event = run.events[at];
  if (event === undefined) return undefined;
  const drawn = random.chance(OTHER_CHOICE)
    ? otherChoice(run, at, event, random)
    : otherField(run, event, random);
  if (drawn === undefined) return undefined;
  const { changed, variables, text } = drawn;
  const events = run.events.toSpliced(at, 1, changed);
  return { run, events, at, action: event.action, variables, text: `${event.action} ${text}` };
}

interface Change {
  readonly changed: TraceEvent;
  readonly variables: readonly string[];
  readonly text: string;
}

function otherField(run: Run, event: TraceEvent, random: Random): Change | undefined {
  const mutations = fieldMutations(event, run.header.servers);
  const mutation = mutations[random.below(mutations.length)];
  if (mutation === undefined) return undefined;
  return {
    changed: JSON.parse(JSON.stringify(mutation.event)),
    variables: variablesAt(mutation.path, event),
    text: `${nameOf(mutation.path)} ${mutation.change}`,
  };
}

/** Actions whose events have the same fields, so that a reader cannot tell them apart. */
const ALIKE = ['Timeout', 'BecomeLeader', 'AppendNoOp', 'AdvanceCommitIndex'];

/** The whole of another message to the server that was sent before, or another action. */
function otherChoice(run: Run, at: number, event: TraceEvent, random: Random): Change | undefined {
  if (ALIKE.includes(event.action)) {
    const others = ALIKE.filter((action) => action !== event.action);
    const action = others[random.below(others.length)];
    const changed: TraceEvent = JSON.parse(JSON.stringify({ ...event, action }));
    return { changed, variables: ['action'], text: `action made ${action}` };
  }
  if (!('message' in event)) return undefined;
  const { message } = event;
  const sent = run.events.slice(0, at).flatMap((each) => ('sends' in each ? [...each.sends] : []));
  const others = sent.filter(
    ({ id, to, type }) => id !== message.id && to === message.to && type === message.type,
  );
  const other = others[random.below(others.length)];
  if (other === undefined) return undefined;
  const changed: TraceEvent = JSON.parse(JSON.stringify({ ...event, message: other }));
  return { changed, variables: ['message'], text: 'message another one that was sent before' };
}

/** What a path of an event is to a diagnosis. */
function variablesAt([part, name]: Path, event: TraceEvent): readonly string[] {
  if (part === 'args') return [`args.${String(name)}`];
  if (part !== 'state') return [String(part)];
  return name === undefined ? Object.keys(Object(Reflect.get(event, 'state'))) : [String(name)];
}
