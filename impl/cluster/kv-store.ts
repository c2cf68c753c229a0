/** What a client asks of the key-value store. */
export type Operation =
  | { readonly kind: 'set'; readonly key: string; readonly value: string }
  | { readonly kind: 'append'; readonly key: string; readonly value: string }
  | { readonly kind: 'get'; readonly key: string };

/** A request that a client makes once, though it may send it often: its serial numbers count up from 1. */
export interface ClientCommand {
  readonly client: string;
  readonly serial: number;
  readonly operation: Operation;
}

/** The key's value after the operation; a key that was never set is empty. */
export interface CommandResult {
  readonly client: string;
  readonly serial: number;
  readonly value: string;
}

/** A command as it stands in the log, readable in a trace: `c1:17 set x 5`. */
export function formatCommand({ client, serial, operation }: ClientCommand): string {
  const value = operation.kind === 'get' ? '' : ` ${operation.value}`;
  return `${client}:${serial} ${operation.kind} ${operation.key}${value}`;
}

const COMMAND = /^(\w+):(\d+) (?:(set|append) (\w+) (.*)|get (\w+))$/s;

/** The reverse of formatCommand; `undefined` for a text that is no command. */
export function parseCommand(text: string): ClientCommand | undefined {
  const [, client, digits, kind, key, value, readKey] = COMMAND.exec(text) ?? [];
  const serial = Number(digits);
  if (client === undefined || !Number.isSafeInteger(serial)) return undefined;
  if (readKey !== undefined) return { client, serial, operation: { kind: 'get', key: readKey } };
  if ((kind !== 'set' && kind !== 'append') || key === undefined || value === undefined) return undefined;
  return { client, serial, operation: { kind, key, value } };
}

/**
 * The replicated state machine: a map from names to texts. It remembers each client's last request and its result,
 * so that a request that a client repeats after a timeout is executed once (thesis section 6.3).
 */
export class KvStore {
  readonly #values = new Map<string, string>();
  readonly #lastResults = new Map<string, CommandResult>();

  /**
   * Executes a committed command. Commands must come in the order of the log.
   *
   * @returns `undefined` where the entry is not of a client's making
   */
  apply(text: string): CommandResult | undefined {
    const command = parseCommand(text);
    if (command === undefined) return undefined;
    const last = this.#lastResults.get(command.client);
    if (last !== undefined && command.serial <= last.serial) return last;
    const { client, serial } = command;
    const result = { client, serial, value: this.#execute(command.operation) };
    this.#lastResults.set(client, result);
    return result;
  }

  #execute(operation: Operation): string {
    const old = this.#values.get(operation.key) ?? '';
    if (operation.kind === 'get') return old;
    const value = operation.kind === 'set' ? operation.value : old + operation.value;
    this.#values.set(operation.key, value);
    return value;
  }
}
