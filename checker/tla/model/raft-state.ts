import { VARIABLES } from '../../../traces/actions.ts';
import type { InitialState, LogChange, ObservedState } from '../../../traces/trace-format.ts';
import type { State } from '../compile/compiled-spec.ts';
import { entries } from '../values/functions.ts';
import { type Json, toJson } from '../values/json.ts';
import { format } from '../values/operations.ts';
import { isFunction, ModelValue, SequenceValue, StringValue, type Value } from '../values/value.ts';

/** A state of the Raft spec, by variable and server, as a trace writes it. */
export class RaftState {
  readonly #byName: ReadonlyMap<string, Value>;

  constructor(variables: readonly string[], state: State) {
    this.#byName = new Map(
      variables.flatMap((name, at): [string, Value][] => {
        const value = state[at];
        return value === undefined ? [] : [[name, value]];
      }),
    );
  }

  /** @throws RangeError if the spec has no such variable */
  value(variable: string): Value {
    const value = this.#byName.get(variable);
    if (value === undefined) throw new RangeError(`the spec has no variable ${variable}`);
    return value;
  }

  has(variable: string): boolean {
    return this.#byName.has(variable);
  }

  servers(): string[] {
    return pairsOf(this.value('currentTerm')).map(([server]) => nameOf(server));
  }

  /** A variable of one server. */
  of(variable: string, server: string): Value {
    const pair = pairsOf(this.value(variable)).find(([key]) => nameOf(key) === server);
    if (pair === undefined) throw new RangeError(`${variable} has no value for ${server}`);
    return pair[1];
  }

  /** Every variable of a server that a trace observes. */
  observed(server: string): InitialState & ObservedState {
    const fields = VARIABLES.map((variable) => [variable, this.#observedValue(variable, server)]);
    return Object.fromEntries(fields);
  }

  #observedValue(variable: (typeof VARIABLES)[number], server: string): Json | null {
    const value = this.of(variable, server);
    if (variable === 'votedFor') return this.servers().includes(nameOf(value)) ? nameOf(value) : null;
    if (variable === 'votesGranted') return namesOf(toJson(value)).sort();
    // A function of no server is the empty sequence.
    if (variable === 'nextIndex' || variable === 'matchIndex') return indexesOf(value);
    return toJson(value);
  }

  /** The messages in a bag of a variable or of a part of one, each content with its number. */
  messages(): Map<string, InFlight> {
    return messagesOf(this.value('network'));
  }

  /** What waits for each pending write of a server. */
  promised(server: string): Map<string, InFlight>[] {
    const pending = this.of('pending', server);
    if (!(pending instanceof SequenceValue)) return [];
    return pending.toArray().map((each) => messagesOf(fieldOf(each, 'promised')));
  }
}

/** A message's content and how many copies there are. */
export interface InFlight {
  readonly message: Value;
  readonly copies: number;
}

/** The messages of a bag by their texts, which tell contents apart. */
export function messagesOf(bag: Value): Map<string, InFlight> {
  return new Map(
    pairsOf(bag).map(([message, copies]) => [format(message), { message, copies: Number(copies) }]),
  );
}

export function fieldOf(record: Value, name: string): Value {
  const pair = pairsOf(record).find(([key]) => nameOf(key) === name);
  if (pair === undefined) throw new RangeError(`a record without ${name}`);
  return pair[1];
}

export function nameOf(value: Value): string {
  if (value instanceof StringValue) return value.text;
  return value instanceof ModelValue ? value.name : format(value);
}

/** What became of a log, as a trace writes it; undefined if it is the same. */
export function logChange(before: InitialState['log'], after: InitialState['log']): LogChange | undefined {
  let keep = 0;
  while (keep < before.length && keep < after.length && isSameEntry(before[keep], after[keep])) keep++;
  if (keep === before.length && keep === after.length) return undefined;
  return { keep, append: after.slice(keep) };
}

function isSameEntry(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function pairsOf(value: Value): readonly (readonly [Value, Value])[] {
  return isFunction(value) ? entries(value) : [];
}

function indexesOf(value: Value): Json {
  return Object.fromEntries(pairsOf(value).map(([server, index]) => [nameOf(server), Number(index)]));
}

function namesOf(json: Json): string[] {
  return Array.isArray(json) ? json.map(String) : [];
}
