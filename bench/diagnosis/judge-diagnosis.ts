import { checkWithNative } from '../../checker/tla/trace/native-engine.ts';
import type { Difference, Rejection } from '../../checker/verdict.ts';
import { openRecording } from '../../traces/open-recording.ts';
import { TraceError } from '../../traces/trace-error.ts';
import type { Header } from '../../traces/trace-format.ts';
import type { Run } from '../mutations/score.ts';
import type { Corruption } from './corruption.ts';

/** What became of a corruption. */
export type Judgement =
  /** The reader refuses it: there is nothing to diagnose. */
  | { readonly outcome: 'malformed' }
  /** The changed trace is a behaviour of the spec too. */
  | { readonly outcome: 'allowed' }
  /** The changed event is a step of the spec; only a later one is not. */
  | { readonly outcome: 'later'; readonly rejection: Rejection }
  /** The diagnosis names line, action, and just what was changed. */
  | { readonly outcome: 'named'; readonly rejection: Rejection }
  /** It names something else, and with that put right the event is a step of the spec: as good an explanation. */
  | { readonly outcome: 'equal'; readonly rejection: Rejection }
  | { readonly outcome: 'missed'; readonly rejection: Rejection };

/** Holds what the native engine names against what was corrupted. */
export async function judgeDiagnosis(corruption: Corruption): Promise<Judgement> {
  const { run, events, at, variables } = corruption;
  const rejection = await rejectionOf(run.header, events);
  if (rejection === 'malformed') return { outcome: 'malformed' };
  if (rejection === undefined) return { outcome: 'allowed' };
  if (rejection.position > at) return { outcome: 'later', rejection };
  if (rejection.position < at) return { outcome: 'missed', rejection };
  const named = namedBy(rejection);
  const names = named.map(({ variable }) => variable);
  if (sameNames(names, variables)) return { outcome: 'named', rejection };
  const mended = named.length === 0 ? undefined : mend(events[at], named, run);
  const isStep = mended !== undefined && (await isMended(run, mended, at));
  return { outcome: isStep && named.length <= variables.length ? 'equal' : 'missed', rejection };
}

/** What the diagnosis holds to be wrong: that of the better explanation, where there is one. */
export function namedBy({ suggestion, differences }: Rejection): readonly Difference[] {
  return suggestion?.differences ?? differences ?? [];
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return [...a].sort().join() === [...b].sort().join();
}

/** Whether the events are steps of the spec up to a position, with another event there. */
async function isMended({ header, events }: Run, mended: unknown, at: number): Promise<boolean> {
  return (await rejectionOf(header, [...events.slice(0, at), mended])) === undefined;
}

/** What the native engine rejects of a trace; undefined where it accepts it. */
export async function rejectionOf(
  header: Header,
  events: readonly unknown[],
): Promise<Rejection | 'malformed' | undefined> {
  try {
    const recording = await openRecording(
      { kind: 'merged', path: '-', files: ['-'] },
      { stdin: asStream(header, events) },
    );
    const { verdict } = await checkWithNative(recording);
    if (verdict.verdict === 'rejected') return verdict.rejection;
    if (verdict.verdict !== 'accepted') throw new Error(`no verdict: ${JSON.stringify(verdict)}`);
    return undefined;
  } catch (error) {
    if (error instanceof TraceError) return 'malformed';
    throw error;
  }
}

/** The event with what the diagnosis expects in the place of what was recorded; undefined where that is no value. */
function mend(event: unknown, named: readonly Difference[], run: Run): unknown {
  const mended: unknown = JSON.parse(JSON.stringify(event));
  for (const { variable, expected, recorded } of named) {
    const [part, name] = variable.split('.');
    if (expected === undefined) return undefined;
    if (part === 'message') Reflect.set(Object(mended), 'message', messageOf(run, expected));
    else if (part === 'args' && name !== undefined)
      Reflect.set(Object(Reflect.get(Object(mended), 'args')), name, expected);
    else if (part === 'sends')
      Reflect.set(Object(mended), 'sends', [{ ...first(recorded), ...first(expected) }]);
    else if (['log', 'releases', 'action'].includes(variable))
      Reflect.set(Object(mended), variable, expected);
    else
      Reflect.set(Object(mended), 'state', {
        ...Object(Reflect.get(Object(mended), 'state')),
        [variable]: expected,
      });
  }
  return mended;
}

/** The message of a run that has an id. */
function messageOf({ events }: Run, id: unknown): unknown {
  return events.flatMap((event) => ('sends' in event ? [...event.sends] : [])).find((sent) => sent.id === id);
}

/** The one message of a `sends`. */
function first(sends: unknown): object {
  return Array.isArray(sends) ? Object(sends[0]) : {};
}

async function* asStream(header: Header, events: readonly unknown[]): AsyncGenerator<Uint8Array> {
  const lines = [header, ...events, { end: true, events: events.length }];
  yield Buffer.from(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
}
