import type { MessageId, Server } from '../../../traces/trace-format.ts';
import { FunctionValue, SequenceValue, type Value } from '../values/value.ts';
import { fieldsOf } from './event-record.ts';
import { labelOf } from './raft-steps.ts';
import type { ServerView } from './server-view.ts';
import type { NamedMessage, StateMessages } from './state-messages.ts';
import { inTraceNotation, type Notation, variableNotation } from './trace-notation.ts';

/** So many entries of a log are shown, the last ones. */
const MOST_ENTRIES = 8;
/** So many messages in flight are shown, those that were sent last. */
const MOST_MESSAGES = 20;

/** A log by its length and its last entries. */
export interface ShownLog {
  readonly length: number;
  /** The index of the first entry that is shown. */
  readonly from: number;
  readonly entries: readonly Notation[];
}

/** What one write has, or the disk. */
export type ShownWrite = Readonly<Record<string, Notation | ShownLog>>;

/** A write that waits, with the messages that wait for it. */
export type PendingWrite = ShownWrite & { readonly promised: readonly string[] };

/** What a variable has in a state: `disk` a write, `pending` several. */
export type ShownValue = Notation | ShownLog | ShownWrite | readonly PendingWrite[];

/** What a server has in a state: its variables in the notation of the trace. */
export interface ShownState {
  readonly variables: Readonly<Record<string, Notation | ShownLog>>;
  /** What a crash keeps. */
  readonly disk: ShownWrite;
  /** Oldest first. */
  readonly pending: readonly PendingWrite[];
}

export interface ShownMessages {
  readonly total: number;
  /** The last ones that were sent, last first; `id` is null for one that nobody recorded. */
  readonly messages: readonly { readonly id: MessageId | null; readonly message: Notation }[];
}

export function shownState(view: ServerView): ShownState {
  const own = view.variables.filter((variable) => variable !== 'disk' && variable !== 'pending');
  return {
    variables: Object.fromEntries(
      own.flatMap((variable) => {
        const value = view.get(variable);
        return value === undefined ? [] : [[variable, shownVariable(variable, value)]];
      }),
    ),
    disk: shownWrite(view.get('disk')),
    pending: shownPending(view.pending, view.messages.waiting(view.server)),
  };
}

/** @param waiting what waits for each write */
function shownPending(
  writes: readonly Value[],
  waiting: readonly (readonly NamedMessage[])[],
): readonly PendingWrite[] {
  return writes.map((each, index) => ({
    ...shownWrite(fieldsOf(each).get('write')),
    promised: (waiting[index] ?? []).map(labelOf),
  }));
}

/** A value of any variable of a server, before an event or after it, in the form that ShownState gives it. */
export function shownValue(
  variable: string,
  value: Value,
  server: Server,
  messages: StateMessages,
): ShownValue {
  if (variable === 'disk') return shownWrite(value);
  if (variable !== 'pending' || !(value instanceof SequenceValue)) return shownVariable(variable, value);
  return shownPending(value.toArray(), messages.waiting(server));
}

export function shownInFlight(view: ServerView): ShownMessages {
  const inFlight = view.messages.inFlight(view.server);
  return {
    total: inFlight.length,
    messages: inFlight
      .slice(0, MOST_MESSAGES)
      .map(({ id, value }) => ({ id: id ?? null, message: inTraceNotation(value) })),
  };
}

export function shownVariable(variable: string, value: Value): Notation | ShownLog {
  if (variable !== 'log' || !(value instanceof SequenceValue)) return variableNotation(variable, value);
  const from = Math.max(1, value.length - MOST_ENTRIES + 1);
  const entries = Array.from({ length: value.length - from + 1 }, (_, index) =>
    inTraceNotation(value.at(from - 1 + index)),
  );
  return { length: value.length, from, entries };
}

function shownWrite(write: Value | undefined): ShownWrite {
  if (!(write instanceof FunctionValue)) return {};
  return Object.fromEntries(
    [...fieldsOf(write)].map(([variable, value]) => [variable, shownVariable(variable, value)]),
  );
}
