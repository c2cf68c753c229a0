import type { MessageId, Server } from '../../../traces/trace-format.ts';
import type { State } from '../compile/compiled-spec.ts';
import { apply, string } from '../values/operations.ts';
import { FunctionValue, SequenceValue, type Value } from '../values/value.ts';
import { ValueMap } from '../values/value-map.ts';
import { fieldsOf, textIn } from './event-record.ts';

/** A message in flight to a server; what nobody recorded has no id. */
export interface InFlight {
  readonly id: MessageId | undefined;
  readonly type: string;
  readonly value: Value;
}

interface SentMessage {
  readonly id: MessageId;
  /** Messages are counted as they are sent. */
  readonly place: number;
}

/** What one server has, and what is in flight to it, in a state of the spec. */
export class ServerView {
  readonly server: Server;
  readonly servers: readonly Server[];
  readonly #state: State;
  readonly #variables: readonly string[];
  readonly #undelivered: ReadonlyMap<MessageId, Value>;
  #inFlight: readonly InFlight[] | undefined;
  #ids: ValueMap<SentMessage> | undefined;

  constructor(
    server: Server,
    servers: readonly Server[],
    state: State,
    variables: readonly string[],
    undelivered: ReadonlyMap<MessageId, Value>,
  ) {
    this.server = server;
    this.servers = servers;
    this.#state = state;
    this.#variables = variables;
    this.#undelivered = undelivered;
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
    this.#inFlight ??= this.#findInFlight();
    return this.#inFlight;
  }

  /** The id of a message that is on its way or waits for a disk; of equal ones the one that was sent last. */
  idOf(message: Value): MessageId | undefined {
    return this.#sent.get(message)?.id;
  }

  get #sent(): ValueMap<SentMessage> {
    if (this.#ids === undefined) {
      this.#ids = new ValueMap();
      let place = 0;
      for (const [id, value] of this.#undelivered) {
        this.#ids.set(value, { id, place });
        place += 1;
      }
    }
    return this.#ids;
  }

  #findInFlight(): readonly InFlight[] {
    const network = this.#state[this.#variables.indexOf('network')];
    if (!(network instanceof FunctionValue)) return [];
    return network.shape.keys
      .flatMap((value) => {
        const fields = fieldsOf(value);
        if (textIn(fields, 'to') !== this.server) return [];
        const known = this.#sent.get(value);
        const type = textIn(fields, 'type') ?? '';
        return [{ id: known?.id, place: known?.place ?? -1, type, value }];
      })
      .sort((a, b) => b.place - a.place);
  }
}
