import type { RecordedEvent } from '../../traces/recording.ts';
import type { TraceEvent } from '../../traces/trace-format.ts';
import type { Rejection } from '../verdict.ts';
import { parseTlaValue, type TlaValue } from './tla-value-parser.ts';
import type { OpaqueContent } from './trace-names.ts';
import type { Difference } from './walk-report.ts';

/** What the tokens that stand for commands mean. */
export type Contents = Pick<ReadonlyMap<string, OpaqueContent>, 'get'>;

/**
 * Why TLC could not match an event: what RaftTrace.tla printed about it, or that its action is not enabled.
 *
 * @param differences what was printed, of this event and of others
 */
export function rejectionOf(
  recorded: RecordedEvent,
  differences: readonly Difference[],
  contents: Contents,
): Rejection {
  const { event, file, line, position } = recorded;
  const base = {
    file,
    line,
    position,
    server: 'server' in event ? event.server : null,
    action: event.action,
    engine: 'tlc',
  } as const;
  const difference = differences.find(({ at }) => at === position);
  if (difference === undefined) {
    return { ...base, code: 'RC3101', message: describeDisabled(event) };
  }
  const { what } = difference;
  const expected = traceValue(difference, contents);
  const value = recordedValue(event, what);
  return {
    ...base,
    code: 'RC3102',
    message: describeDifference(event, what, value),
    variable: what,
    ...(expected === undefined ? {} : { expected }),
    ...(value === undefined ? {} : { recorded: value }),
  };
}

export function describeDisabled(event: TraceEvent): string {
  if (!('server' in event)) return `the spec allows no ${event.action} here: no such message is in flight`;
  const received = 'message' in event ? ` of ${event.message.id}` : '';
  return `the spec does not allow ${event.action}${received} on ${event.server} in this state`;
}

export function describeDifference(event: TraceEvent, what: string, value: unknown): string {
  const owner = 'server' in event ? event.server : 'the network';
  if (what === 'sends') return `${owner} creates another message than the spec has it create`;
  if (what === 'releases') return `${owner} releases other messages than those that waited for these writes`;
  if (value === undefined)
    return `${event.action} changes ${owner}'s ${what}, and the event does not mention it`;
  return `${event.action} gives ${owner}'s ${what} another value`;
}

export function recordedValue(event: TraceEvent, what: string): unknown {
  if (!('server' in event)) return undefined;
  // The spec's messages are contents without ids.
  if (what === 'sends') return 'sends' in event ? event.sends.map(({ id: _, ...contents }) => contents) : [];
  if (what === 'releases') return event.action === 'Persist' ? (event.releases ?? []) : [];
  if (what === 'log') return event.log;
  return new Map<string, unknown>(Object.entries(event.state ?? {})).get(what);
}

/** The spec's value, as TLC prints it, in the notation of the trace; undefined if it cannot be read. */
export function traceValue(
  { what, specified }: Pick<Difference, 'what' | 'specified'>,
  contents: Contents,
): unknown {
  const value = parseTlaValue(specified);
  if (value === undefined) return undefined;
  if (what === 'releases') return bagElements(value).map((element) => toJson(element, contents));
  const json = toJson(value, contents);
  // Without peers, a function of them is what TLC prints as the empty sequence.
  return (what === 'nextIndex' || what === 'matchIndex') && Array.isArray(json) ? {} : json;
}

function bagElements(bag: TlaValue): TlaValue[] {
  if (bag.kind !== 'function') return [];
  return bag.pairs.flatMap(([element, copies]) =>
    Array<TlaValue>(copies.kind === 'number' ? copies.number : 0).fill(element),
  );
}

function toJson(value: TlaValue, contents: Contents): unknown {
  switch (value.kind) {
    case 'number':
      return value.number;
    case 'string':
      return value.string;
    case 'boolean':
      return value.boolean;
    case 'modelValue':
      return value.name === 'Nil' ? null : value.name;
    case 'sequence':
      return value.elements.map((element) => toJson(element, contents));
    case 'set':
      return value.elements.map((element) => toJson(element, contents)).sort();
    case 'function':
      return Object.assign({}, ...value.pairs.map(([name, each]) => fieldJson(name, each, contents)));
  }
}

function fieldJson(name: TlaValue, value: TlaValue, contents: Contents): object {
  const key = name.kind === 'string' ? name.string : JSON.stringify(toJson(name, contents));
  // A command is a token there, and perhaps a hash here.
  const content = key === 'command' && value.kind === 'string' ? contents.get(value.string) : undefined;
  return content ?? { [key]: toJson(value, contents) };
}
