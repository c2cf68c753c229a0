import type { Server } from '../../../traces/trace-format.ts';
import type { State } from '../compile/compiled-spec.ts';
import { apply, string } from '../values/operations.ts';
import { FunctionValue, SequenceValue, type Value } from '../values/value.ts';
import { ValueMap } from '../values/value-map.ts';
import { fieldsOf, textIn } from './event-record.ts';
import type { NamedMessage, StateMessages } from './state-messages.ts';

/** A message in flight to a server; what nobody recorded has no id. */
export interface InFlight extends NamedMessage {
  readonly type: string;
}

/** What one server has, and what is in flight to it, in a state of the spec. */
export class ServerView {
  readonly server: Server;
  readonly servers: readonly Server[];
  readonly messages: StateMessages;
  readonly #state: State;
  readonly #variables: readonly string[];
  #inFlight: readonly InFlight[] | undefined;

  constructor(
    server: Server,
    servers: readonly Server[],
    state: State,
    variables: readonly string[],
    messages: StateMessages,
  ) {
    this.server = server;
    this.servers = servers;
    this.#state = state;
    this.#variables = variables;
    this.messages = messages;
  }

  get peers(): readonly Server[] {
    return this.servers.filter((each) => each !== this.server);
  }

  /** The value of one of the server's variables; undefined where the spec has no such variable. */
  get(variable: string): Value | undefined {
    const all = this.#state[this.#variables.indexOf(variable)];
    if (!(all instanceof FunctionValue) || all.shape.indexOf(string(this.server)) < 0) return undefined;
    return apply(all, string(this.server));
  }

  number(variable: string): number {
    const value = this.get(variable);
    return typeof value === 'number' ? value : 0;
  }

  /** The names of the server's variables. */
  get variables(): readonly string[] {
    return this.#variables.filter((variable) => this.get(variable) !== undefined);
  }

  get log(): SequenceValue | undefined {
    const log = this.get('log');
    return log instanceof SequenceValue ? log : undefined;
  }

  get lastIndex(): number {
    return this.log?.length ?? 0;
  }

  get pending(): readonly Value[] {
    const pending = this.get('pending');
    return pending instanceof SequenceValue ? pending.toArray() : [];
  }

  /** The messages to the server that it could receive now, each content once, the last sent first. */
  get inFlight(): readonly InFlight[] {
    this.#inFlight ??= eachContentOnce(this.messages.inFlight(this.server));
    return this.#inFlight;
  }
}

function eachContentOnce(messages: readonly NamedMessage[]): readonly InFlight[] {
  const seen = new ValueMap<true>();
  return messages.flatMap(({ id, value }) => {
    if (seen.get(value) !== undefined) return [];
    seen.set(value, true);
    return [{ id, type: textIn(fieldsOf(value), 'type') ?? '', value }];
  });
}
