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

/** Draws an event of a run, and one of all the changes that its fields allow. */
export function drawCorruption(run: Run, random: Random): Corruption | undefined {
  const at = random.below(run.events.length);
  const event = run.events[at];
  if (event === undefined) return undefined;
  const mutations = fieldMutations(event, run.header.servers);
  const mutation = mutations[random.below(mutations.length)];
  if (mutation === undefined) return undefined;
  const changed: TraceEvent = JSON.parse(JSON.stringify(mutation.event));
  return {
    run,
    events: run.events.toSpliced(at, 1, changed),
    at,
    action: event.action,
    variables: variablesAt(mutation.path, event),
    text: `${event.action} ${nameOf(mutation.path)} ${mutation.change}`,
  };
}

/** What a path of an event is to a diagnosis. */
function variablesAt([part, name]: Path, event: TraceEvent): readonly string[] {
  if (part === 'args') return [`args.${String(name)}`];
  if (part !== 'state') return [String(part)];
  return name === undefined ? Object.keys(Object(Reflect.get(event, 'state'))) : [String(name)];
}
