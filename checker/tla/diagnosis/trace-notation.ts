import { commandContent } from '../trace/event-values.ts';
import { elements } from '../values/operations.ts';
import { FunctionValue, isSet, ModelValue, SequenceValue, StringValue, type Value } from '../values/value.ts';

/** JSON as traces have it. */
export type Notation =
  | null
  | boolean
  | number
  | string
  | readonly Notation[]
  | { readonly [field: string]: Notation };

/** The order in which the trace format lists the fields of messages and entries. */
const FIELD_ORDER = [
  ...['type', 'from', 'to', 'term', 'lastLogIndex', 'lastLogTerm', 'voteGranted', 'prevLogIndex'],
  ...['prevLogTerm', 'entries', 'leaderCommit', 'success', 'matchIndex', 'command', 'hash', 'noop'],
  ...['keep', 'append'],
];

/** What a value of the spec is in a trace. A message has no id: contents have none. */
export function inTraceNotation(value: Value): Notation {
  if (typeof value === 'boolean' || typeof value === 'number') return value;
  if (value instanceof StringValue) return value.text;
  if (value instanceof ModelValue) return value.name === 'Nil' ? null : value.name;
  if (value instanceof SequenceValue) return value.toArray().map(inTraceNotation);
  if (value instanceof FunctionValue) return recordNotation(value);
  return isSet(value) ? [...elements(value)].map(inTraceNotation).sort() : null;
}

/** The same of a variable of a server, or of what an event sends and releases. */
export function variableNotation(variable: string, value: Value): Notation {
  if (variable === 'releases') return bagElements(value).map(inTraceNotation);
  const notation = inTraceNotation(value);
  // Without peers, a function of them is what is the empty sequence too.
  const isEmptyMap = variable.endsWith('Index') && Array.isArray(notation);
  return isEmptyMap ? {} : notation;
}

/** The elements of a bag, each as often as it is there. */
export function bagElements(bag: Value): readonly Value[] {
  if (!(bag instanceof FunctionValue)) return [];
  return bag.shape.keys.flatMap((element, index) => {
    const copies = bag.values[index];
    return Array.from({ length: typeof copies === 'number' ? copies : 0 }, () => element);
  });
}

function recordNotation({ shape, values }: FunctionValue): Notation {
  const fields = shape.keys.flatMap((key, index): (readonly [string, Notation])[] => {
    const value = values[index];
    if (value === undefined) return [];
    const name = key instanceof StringValue ? key.text : JSON.stringify(inTraceNotation(key));
    const content =
      name === 'command' && value instanceof StringValue ? commandContent(value.text) : undefined;
    return content === undefined ? [[name, inTraceNotation(value)]] : Object.entries(content);
  });
  const place = ([name]: readonly [string, Notation]): number => {
    const at = FIELD_ORDER.indexOf(name);
    return at === -1 ? FIELD_ORDER.length : at;
  };
  return Object.fromEntries(fields.sort((a, b) => place(a) - place(b)));
}
